import type { Logger } from 'pino'
import { HubError } from '../../errors.ts'
import type { KeyIndex } from '../../ports/shared.ts'
import type { Store } from '../../ports.ts'
import { type IndexState, NONE, type StateBook } from './index-state.ts'
import type { Found, IndexTable, KeyEntry } from './index-table.ts'

export interface SharedIndexParts {
  store: Store
  book: StateBook
  table: IndexTable
  /** An index of the store's own, complete as of when it is opened, for while Redis cannot be trusted; null: then linking waits. */
  openStored: (() => KeyIndex) | null
  log: Logger
  /** How long linking waits for a Redis that does not answer, before it goes by the store's own index. */
  patience_ms: number
}

/**
 * The blind index in Redis, shared by all hubs. While Redis cannot be trusted everybody looks in the store's own index, or waits
 * (`tijdelijk-niet-beschikbaar`). Why nothing is missed, whatever Redis loses and whenever:
 *
 * - The keys of a registration are committed with it, before any hub adds it here. So the store finds everything that can be added.
 * - Which generation counts is read from the store with each call, after that commit. A generation becomes whole only after every registration that was
 *   committed before it was begun was filled in, and those that hubs took since were added by them, or it was given up.
 * - Who cannot add to Redis gives the generation up before the addition counts as done, or does not count it as done.
 * - A bucket that lost anything has lost its mark too (index-scripts.ts), and answers nothing.
 */
export function sharedKeyIndex(parts: SharedIndexParts): KeyIndex {
  const { store, book, table } = parts
  const { ask, giveUp } = trustIn(parts)
  const stored = storedBeside(parts.openStored)
  const change = async (how: 'add' | 'remove', entries: KeyEntry[]): Promise<IndexState> => {
    for (;;) {
      const state = await book.read()
      if (state.kind === 'whole') stored.drop()
      else if (how === 'add' || parts.openStored) await stored.change(how, entries)
      if (state.kind === 'none') return state
      if (await ask(state, how, () => table[how](state.generation, entries))) return state
    }
  }
  return {
    add: async (entries) => void (await change('add', entries)),
    /** Asked in the middle of a transaction too: so it neither reads the store nor waits for it. */
    async find(keys) {
      const state = await book.read()
      if (state.kind !== 'whole') return stored.find(keys)
      stored.drop()
      const found = await table.find(state.generation, keys).catch(() => undefined)
      if (found === null) void giveUp(state).catch(() => {})
      return found ?? notNow()
    },
    /** What another hub added since, for a newer version of the registration, goes with it and is put back. */
    async remove(entries) {
      const state = await change('remove', entries)
      const back = await standing(store, entries)
      if (state.kind === 'none' || back.length === 0) return
      if (state.kind === 'building' && parts.openStored) await stored.change('add', back)
      if (!(await table.add(state.generation, back).catch(() => null))) await giveUp(state)
    },
  }
}

function notNow(): never {
  throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'De sleutelindex wordt opnieuw gevuld.' })
}

/** The store's own index, kept as long as it is told of everything that is added. */
function storedBeside(openStored: SharedIndexParts['openStored']) {
  let kept: { index: KeyIndex; isRead: boolean } | undefined
  const keep = () => {
    kept ??= { index: openStored ? openStored() : notNow(), isRead: false }
    return kept
  }
  const change = async (how: 'add' | 'remove', entries: KeyEntry[]) => {
    const own = keep()
    await own.index[how](entries)
    own.isRead = true
  }
  return {
    change,
    /** One that is not read yet is read for the next who asks: it cannot be while a transaction has the store. */
    async find(keys: string[]): Promise<Found> {
      const { index, isRead } = keep()
      if (isRead) return index.find(keys)
      void change('add', []).catch(() => {})
      return notNow()
    },
    drop() {
      kept = undefined
    },
  }
}

/** Of these entries what the store holds now. */
export async function standing(store: Store, entries: KeyEntry[]): Promise<KeyEntry[]> {
  const now = await store.read((tx) => tx.registrations.keysOf(entries.map(({ seq }) => seq)))
  const keysOf = new Map(now.map(({ seq, keys }) => [seq, new Set(keys)]))
  return entries.flatMap(({ seq, keys }) => {
    const kept = keys.filter((key) => keysOf.get(seq)?.has(key))
    return kept.length > 0 ? [{ seq, keys: kept }] : []
  })
}

interface Trust {
  /** Whether Redis did it. When not, the generation was given up; throws `tijdelijk-niet-beschikbaar` as long as Redis is waited for. */
  ask(state: IndexState, how: 'add' | 'remove', work: () => Promise<Found | true | null>): Promise<boolean>
  giveUp(state: IndexState): Promise<void>
}

function trustIn({ book, log, patience_ms, openStored }: SharedIndexParts): Trust {
  let awaySince: number | undefined
  /** A generation that became whole meanwhile too. */
  const giveUp = async (given: IndexState) => {
    for (let state = given; state.kind !== 'none'; state = await book.read()) {
      if (given.kind === 'none' || state.generation !== given.generation) return
      if (await book.move(state, NONE)) log.warn({ was: state.kind }, 'redis: de sleutelindex is niet te vertrouwen')
    }
  }
  /** A registration that changed or went is not held up: what cannot be removed goes with the generation. */
  const isWaitedFor = (state: IndexState, how: 'add' | 'remove') =>
    how === 'add' && (openStored === null || (state.kind === 'whole' && performance.now() - (awaySince ?? 0) < patience_ms))
  return {
    giveUp,
    async ask(state, how, work) {
      try {
        const done = await work()
        awaySince = undefined
        if (done !== null) return true
      } catch (cause) {
        awaySince ??= performance.now()
        if (isWaitedFor(state, how)) throw new HubError('tijdelijk-niet-beschikbaar', { cause })
      }
      await giveUp(state)
      return false
    },
  }
}
