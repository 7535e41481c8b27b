import type { Logger } from 'pino'
import type { IndexReport, IndexUpkeep, StoredKeys } from '../../ports/shared.ts'
import type { Store } from '../../ports.ts'
import { type IndexState, NONE, newGeneration, type StateBook } from './index-state.ts'
import type { IndexTable, KeyEntry } from './index-table.ts'
import { standing } from './key-index.ts'

const FILL_ROWS = 500
const LOOK_ROWS = 200
const BEAT_MS = 5000
/** Who builds and shows no sign for so long is gone: another begins anew. */
const SILENCE_MS = 30_000
const REST_MS = { least: 100, most: 2000 }

interface Parts {
  store: Store
  book: StateBook
  table: IndexTable
  log: Logger
}

/** Keeps the index in Redis whole; every hub has one, and one of them builds. */
export function indexKeeper(parts: Parts): IndexUpkeep {
  const { store, book, table, log } = parts
  const silence = silenceWatch()
  const look = looker(store, table)
  let [rest_ms, restsUntil] = [0, 0]
  return {
    async step(stopping) {
      const state = await book.read()
      if (performance.now() < restsUntil) return 0
      if (state.kind === 'whole') {
        const isLost = await look(state.generation).then(
          (report) => report === null || report.missing > 0,
          () => false,
        )
        if (!isLost) return 0
        if (await book.move(state, NONE)) log.warn('redis: de sleutelindex is niet heel')
        return 0
      }
      const isTaken = state.kind === 'building' || state.room !== null
      if (isTaken && !silence.isLong(state)) return 0
      const filled = await build(parts, state, stopping).catch(() => null)
      rest_ms = filled === null ? Math.min(Math.max(2 * rest_ms, REST_MS.least), REST_MS.most) : 0
      restsUntil = performance.now() + rest_ms
      return filled ?? 0
    },
    rebuild: async () => build(parts, await book.read()),
    async check() {
      const state = await book.read()
      const isThere = state.kind === 'whole' && (await table.isWhole(state.generation))
      return isThere ? checkAll(store, table, state.generation) : null
    },
  }
}

/** Fills a new generation from the store. */
async function build({ store, book, table, log }: Parts, before: IndexState, stopping?: AbortSignal): Promise<number | null> {
  const generation = newGeneration()
  await table.isWhole(generation)
  let state = await book.move(before, { kind: 'none', room: generation })
  if (!state) return null
  const giveUp = (from: IndexState) => book.move(from, NONE)
  try {
    await table.begin(generation)
    state = (await book.move(state, { kind: 'building', generation, beat: 0 })) ?? state
    if (state.kind !== 'building') return null
    let [after, filled, beatAt] = [0, 0, performance.now()]
    for (;;) {
      const rows = await store.read((tx) => tx.registrations.keysAfter(after, FILL_ROWS))
      const last = rows.at(-1)
      if (!last) break
      if (stopping?.aborted || !(await fill(store, table, generation, rows))) {
        await giveUp(state)
        return null
      }
      filled += rows.length
      after = last.seq
      if (performance.now() - beatAt < BEAT_MS) continue
      const next = await book.move(state, { kind: 'building', generation, beat: filled })
      if (!next) return null
      state = next
      beatAt = performance.now()
    }
    if (!(await book.move(state, { kind: 'whole', generation }))) return null
    log.info({ registraties: filled }, 'redis: de sleutelindex is gevuld')
    return filled
  } catch (error) {
    await giveUp(state)
    throw error
  }
}

/** Puts a page in, and takes out again what was removed between reading and writing it. */
async function fill(store: Store, table: IndexTable, generation: string, rows: StoredKeys[]): Promise<boolean> {
  if (!(await table.add(generation, rows))) return false
  const kept = new Map((await standing(store, rows)).map(({ seq, keys }) => [seq, new Set(keys)]))
  const gone = rows.flatMap(({ seq, keys }) => {
    const left = keys.filter((key) => !kept.get(seq)?.has(key))
    return left.length > 0 ? [{ seq, keys: left }] : []
  })
  if (gone.length === 0) return true
  return (await table.remove(generation, gone)) === true && (await table.add(generation, await standing(store, gone))) === true
}

/** Looks at the next page, and at every bucket. */
function looker(store: Store, table: IndexTable): (generation: string) => Promise<IndexReport | null> {
  let after = 0
  return async (generation) => {
    if (!(await table.isWhole(generation))) return null
    const rows = await store.read((tx) => tx.registrations.keysAfter(after, LOOK_ROWS))
    after = rows.at(-1)?.seq ?? 0
    return checkRows(store, table, generation, rows)
  }
}

async function checkAll(store: Store, table: IndexTable, generation: string): Promise<IndexReport | null> {
  const total: IndexReport = { registrations: 0, keys: 0, missing: 0, cut: 0 }
  for (let after = 0; ; ) {
    const rows = await store.read((tx) => tx.registrations.keysAfter(after, FILL_ROWS))
    const last = rows.at(-1)
    if (!last) return total
    const report = await checkRows(store, table, generation, rows)
    if (!report) return null
    for (const name of ['registrations', 'keys', 'missing', 'cut'] as const) total[name] += report[name]
    after = last.seq
  }
}

/** What waits is not looked for: the hub that takes it adds it. */
async function checkRows(store: Store, table: IndexTable, generation: string, rows: StoredKeys[]): Promise<IndexReport | null> {
  const linked = rows.filter((row) => row.linked)
  const found = await table.find(
    generation,
    linked.flatMap(({ keys }) => keys),
  )
  if (!found) return null
  const isMissing = (seq: number, key: string) => !found.cut.has(key) && !found.blocks.get(key)?.includes(seq)
  const absent = linked.flatMap(({ seq, keys }): KeyEntry[] => {
    const own = keys.filter((key) => isMissing(seq, key))
    return own.length > 0 ? [{ seq, keys: own }] : []
  })
  const count = (entries: KeyEntry[]) => entries.reduce((sum, { keys }) => sum + keys.length, 0)
  const missing = absent.length === 0 ? 0 : count(await standing(store, absent))
  return { registrations: rows.length, keys: count(rows), missing, cut: found.cut.size }
}

/** Whether a builder has shown no sign for long, by this process's own clock. */
function silenceWatch() {
  let seen: { raw: string | undefined; at_ms: number } = { raw: undefined, at_ms: 0 }
  return {
    isLong({ raw }: IndexState): boolean {
      if (raw !== seen.raw) seen = { raw, at_ms: performance.now() }
      return performance.now() - seen.at_ms > SILENCE_MS
    },
  }
}
