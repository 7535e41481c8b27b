import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { FIRST_SEAL } from '../../../stages/audit/entry.ts'
import { emptyFrontier, rootOf } from '../../../stages/audit/merkle.ts'
import type { StateEvidence } from '../../checkpoint-file.ts'
import { isOfTheMoment } from '../sqlite.ts'
import { type Book, checkRoots, compareEnd, type Finding, readBook, type Walk } from './book.ts'
import { checkRow } from './check-row.ts'
import type { Era } from './seal-keys.ts'
import type { AccessLogTable, AccessLogTables } from './tables.ts'

export type Verdict = { heel: true; omvang: number; wortel: string } | { heel: false; eersteFout: Finding }

export interface VerifyOptions {
  vkey: string
  /** Without it the rows are held against the tree and the checkpoints only. */
  sealKey: KeyObject | null
  /** The log's keys before that one, oldest first; the log itself must say where it went over. */
  keysBefore?: readonly Era[]
  /** Of all keys in that order, the first under which the log may end; none: the last. */
  endsUnder?: number
  /** The checkpoint of the state folder, read before the store is; null when there is none. */
  stateNote: string | null
  /** What earlier checkpoints of the state folder said. */
  earlier?: StateEvidence['earlier']
  /** Hears after every few thousand rows how many are done, and how many there are. */
  progress?: (done: number, total: number) => void
}

const PAGE_ROWS = [2_000, 50, 1]

/**
 * Recomputes the whole log from its rows, in one snapshot: every line's leaf and seal, every stored node, the head, and the root
 * under every checkpoint, the state folder's included. Names the first line that was changed, removed, added or moved.
 * Throws `tijdelijk-niet-beschikbaar` when the database cannot be read for reasons of its own.
 */
export async function verifyLog(db: Kysely<AccessLogTables>, options: VerifyOptions): Promise<Verdict> {
  const eras: Era[] = [...(options.keysBefore ?? []), { vkey: options.vkey, sealKey: options.sealKey }]
  const walk: Walk = { frontier: emptyFrontier(), seal: FIRST_SEAL, era: 0, signer: 0 }
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        const book = await readBook(tx, eras, { note: options.stateNote, earlier: options.earlier ?? [] })
        const before = book.finding ?? checkRoots(book, walk)
        const finding =
          before ?? (await walkRows(tx, options, eras, book, walk)) ?? compareEnd(book, walk) ?? lastEra(options, eras, walk)
        if (finding) return { heel: false, eersteFout: finding }
        return { heel: true, omvang: walk.frontier.size, wortel: Buffer.from(rootOf(walk.frontier)).toString('hex') }
      })
  } catch (error) {
    return { heel: false, eersteFout: findingOf(error, walk.frontier.size + 1) }
  }
}

const BUSY = 'De database is nu niet te lezen (bezet, geen geheugen of een schijffout); probeer het opnieuw.'

/** What an error says of a database that others may have written to; throws `tijdelijk-niet-beschikbaar` when it is of the moment. */
export function findingOf(error: unknown, nummer: number): Finding {
  if (error instanceof HubError) throw error
  if (isOfTheMoment(error)) throw new HubError('tijdelijk-niet-beschikbaar', { detail: BUSY, cause: error })
  return { nummer, reden: `de database is hier niet leesbaar (${error instanceof Error ? error.message : error})` }
}

/** A log whose end was put back to before a change of key is not the one that these keys are of. */
function lastEra({ endsUnder }: VerifyOptions, eras: readonly Era[], { era, frontier }: Walk): Finding | undefined {
  if (era >= (endsUnder ?? eras.length - 1)) return undefined
  return { nummer: frontier.size + 1, reden: `hier ontbreekt de regel waarmee het log overgaat op ${eras[era + 1]?.vkey}` }
}

async function walkRows(
  db: Kysely<AccessLogTables>,
  { progress }: VerifyOptions,
  eras: readonly Era[],
  book: Book,
  walk: Walk,
): Promise<Finding | undefined> {
  let page: AccessLogTable[]
  let after: number | undefined
  do {
    page = await readPage(db, after)
    for (const row of page) {
      const finding = checkRow(row, eras, book, walk) ?? checkRoots(book, walk)
      if (finding) return finding
    }
    // What is no number sorts before all numbers (null) or behind them (text, bytes).
    const last = page.findLast(({ number }) => typeof number === 'number')
    if (!last && after !== undefined) return undefined
    after = last?.number ?? Number.MIN_SAFE_INTEGER
    progress?.(walk.frontier.size, Number(book.head?.size ?? 0))
  } while (page.length > 0)
  return undefined
}

/** The next rows; where one of them cannot be read at all fewer at a time, so that the rows before it are judged first. */
async function readPage(db: Kysely<AccessLogTables>, after: number | undefined): Promise<AccessLogTable[]> {
  const rows = db.selectFrom('access_log').selectAll().orderBy('number')
  const next = after === undefined ? rows : rows.where('number', '>', after)
  for (const limit of PAGE_ROWS) {
    const page = await next
      .limit(limit)
      .execute()
      .catch((error) => {
        if (limit === 1 || error instanceof HubError || isOfTheMoment(error)) throw error
      })
    if (page) return page
  }
  return []
}
