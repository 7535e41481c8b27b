import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { entryBytes, FIRST_SEAL, isPlainRow, sealOf } from '../../../stages/audit/entry.ts'
import { appendLeaf, emptyFrontier, type Frontier, rootOf } from '../../../stages/audit/merkle.ts'
import { commitment, leafHash, sameHash } from '../../../stages/audit/tree-hash.mjs'
import { isOfTheMoment } from '../sqlite.ts'
import { type Book, checkRoots, compareEnd, type Finding, isSame, readBook, type Walk } from './book.ts'
import { type AccessLogTable, type AccessLogTables, LEVEL_STEP } from './tables.ts'

export type Verdict = { heel: true; omvang: number; wortel: string } | { heel: false; eersteFout: Finding }

export interface VerifyOptions {
  vkey: string
  /** Without it the rows are held against the tree and the checkpoints only. */
  sealKey: KeyObject | null
  /** The checkpoint of the state folder, read before the store is; null when there is none. */
  stateNote: string | null
  /** Hears after every few thousand rows how many are done, and how many there are. */
  progress?: (done: number, total: number) => void
}

const PAGE_ROWS = 2_000

/**
 * Recomputes the whole log from its rows, in one snapshot: every line's leaf and seal, every stored node, the head, and the root
 * under every checkpoint, the state folder's included. Names the first line that was changed, removed, added or moved.
 * Throws `tijdelijk-niet-beschikbaar` when the database cannot be read for reasons of its own.
 */
export async function verifyLog(db: Kysely<AccessLogTables>, options: VerifyOptions): Promise<Verdict> {
  const walk = { frontier: emptyFrontier(), seal: FIRST_SEAL }
  try {
    return await db.transaction().execute(async (tx) => {
      const book = await readBook(tx, options.vkey, options.stateNote)
      const before = book.finding ?? checkRoots(book, walk.frontier)
      const finding = before ?? (await walkRows(tx, options, book, walk)) ?? compareEnd(book, walk)
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

async function walkRows(
  db: Kysely<AccessLogTables>,
  { sealKey, progress }: VerifyOptions,
  book: Book,
  walk: Walk,
): Promise<Finding | undefined> {
  let page: AccessLogTable[]
  let after: number | undefined
  do {
    const rows = db.selectFrom('access_log').selectAll().orderBy('number').limit(PAGE_ROWS)
    page = await (after === undefined ? rows : rows.where('number', '>', after)).execute()
    for (const row of page) {
      const finding = checkRow(row, sealKey, book, walk) ?? checkRoots(book, walk.frontier)
      if (finding) return finding
    }
    after = page.at(-1)?.number
    progress?.(walk.frontier.size, Number(book.head?.size ?? 0))
  } while (page.length === PAGE_ROWS)
  return undefined
}

function checkRow(row: AccessLogTable, sealKey: KeyObject | null, book: Book, walk: Walk): Finding | undefined {
  const nummer = walk.frontier.size + 1
  if (row.number < nummer) return { nummer: Number(row.number), reden: 'deze regel hoort niet in het log' }
  if (row.number > nummer) return { nummer, reden: 'deze regel ontbreekt' }
  const { zout, blad, zegel, ...entry } = row
  if (!isPlainRow(entry) || ![zout, blad, zegel].every((value) => value instanceof Uint8Array))
    return { nummer, reden: 'deze regel is gewijzigd: een kolom bevat een waarde van een andere soort' }
  if (zout.length !== 16 || !sameHash(leafHash(commitment(zout, entryBytes(entry))), blad))
    return { nummer, reden: 'deze regel is gewijzigd: de inhoud past niet bij het blad' }
  if (sealKey && !sameHash(sealOf(sealKey, walk.seal, blad), zegel))
    return { nummer, reden: 'deze regel is gewijzigd, verplaatst of toegevoegd: het zegel klopt niet' }
  walk.seal = zegel
  return grow(book, walk.frontier, blad)
}

/** Adds the leaf; every inner node that it completes must be the stored one. */
function grow(book: Book, frontier: Frontier, leaf: Uint8Array): Finding | undefined {
  let finding: Finding | undefined
  appendLeaf(frontier, leaf, ({ level, position }, hash) => {
    if (level % LEVEL_STEP !== 0) return
    const name = `${level}/${position}`
    const stored = book.nodes.get(name)
    if (!isSame(stored, hash))
      finding ??= { nummer: position * 2 ** level + 1, reden: `knoop ${name} van de boom is niet die van de regels` }
    book.nodes.delete(name)
  })
  return finding
}
