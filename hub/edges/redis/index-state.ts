import { randomBytes } from 'node:crypto'
import type { Store } from '../../ports.ts'

/**
 * Which generation of the index in Redis counts. It stands in the store, where every hub sees the same: `none`, then nobody uses Redis, though one hub
 * may be making room for a generation there; `building`, then everybody adds to it and nobody looks in it; `whole`.
 */
type Standing =
  | { kind: 'none'; room: string | null }
  | { kind: 'building'; generation: string; beat: number }
  | { kind: 'whole'; generation: string }

export type IndexState = { raw: string | undefined } & Standing

export const NONE = { kind: 'none', room: null } as const

export interface StateBook {
  read(): Promise<IndexState>
  /** Moves on from a state that still stands; answers the new one, or null when another was quicker. */
  move(from: IndexState, to: Standing): Promise<IndexState | null>
}

const NAME = 'sleutelindex'

/** For a hub without Redis: what it adds is not in any generation. */
export async function forgetGenerations(store: Store): Promise<void> {
  const book = stateBook(store, false)
  for (let state = await book.read(); state.kind !== 'none'; state = await book.read()) await book.move(state, NONE)
}

/** With `isAlone` nobody else moves it: then it is known, and can be read while a transaction has the store. */
export function stateBook(store: Store, isAlone: boolean): StateBook {
  let known: IndexState | undefined
  return {
    async read() {
      if (known) return known
      const state = parsed(await store.read((tx) => tx.state.get(NAME)))
      if (isAlone) known = state
      return state
    },
    async move(from, to) {
      const raw = written(to)
      if (!(await store.write((tx) => tx.state.advance(NAME, from.raw, raw)))) return null
      const state = { ...to, raw }
      if (isAlone) known = state
      return state
    },
  }
}

export const newGeneration = () => randomBytes(8).toString('hex')

function parsed(raw: string | undefined): IndexState {
  const [word, generation = '', beat] = (raw ?? '').split(' ')
  if (word === 'geldig') return { raw, kind: 'whole', generation }
  if (word === 'bouwt') return { raw, kind: 'building', generation, beat: Number(beat) }
  return { raw, kind: 'none', room: word === 'ruimt' ? generation : null }
}

function written(state: Standing): string {
  if (state.kind === 'none') return state.room === null ? '' : `ruimt ${state.room}`
  return state.kind === 'whole' ? `geldig ${state.generation}` : `bouwt ${state.generation} ${state.beat}`
}
