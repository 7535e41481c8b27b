import { type Kysely, sql } from 'kysely'
import { type Frontier, rootOf } from '../../../stages/audit/merkle.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import type { Pruning } from '../../../stages/audit/pruned.ts'
import { sameHash } from '../../../stages/audit/tree-hash.mjs'
import type { StateEvidence } from '../../checkpoint-file.ts'
import { readPrunings } from './read-prunings.ts'
import { type Era, sealKeys } from './seal-keys.ts'
import type { AccessLogTables } from './tables.ts'

/** What is wrong with the log, at the first number where it shows; 0 when it is about the log as a whole. */
export interface Finding {
  nummer: number
  /** Dutch. */
  reden: string
}

/** How far the rows were found good. */
export interface Walk {
  frontier: Frontier
  /** Seal of the last row that was found good. */
  seal: Uint8Array
  /** Which of the log's keys, oldest first, the next line stands under. */
  era: number
  /** The oldest of them that may have signed a checkpoint over the rows so far. */
  signer: number
}

/** What the rows are held against. */
export interface Book {
  /** The rows of the head: one, unless others wrote there. */
  heads: AccessLogTables['log_head'][]
  /** That row. */
  head: AccessLogTables['log_head'] | undefined
  /** How many rows the log has, as the database counts them. */
  rows: number
  /** Stored inner nodes by `level/position`; those found again are taken out. */
  nodes: Map<string, Uint8Array>
  /** Roots by size, of the checkpoints that are signed well. */
  roots: Map<number, Signed[]>
  /** Size of the state folder's checkpoint. */
  stateSize: number
  /** Size of the largest checkpoint of the state folder, earlier ones included, under which the rows were found to lie. */
  stateAgrees: number
  /** Sizes of the checkpoints in the database. */
  kept: number[]
  /** Sizes of the checkpoints that the state folder knows of. */
  stateKnows: Set<number>
  /** What lines say to have pruned, of those that are sound in themselves. */
  prunings: Pruning[]
  /** The first row that has no number of the log. */
  stray?: Finding
  /** A checkpoint that cannot be read, when there is one. */
  finding?: Finding
}

interface Signed {
  root: Uint8Array
  whose: Whose
  /** The newest of the log's keys that signed it. */
  signer: number
}

type Whose = 'in STATE_DIR' | 'in de database'

/** Stands for a checkpoint without a good signature: no tree has it as its root. */
const NO_ROOT = new Uint8Array()
const HOUR = /^\d{4}-\d\d-\d\dT\d\d$/

/** Reads all that the rows are held against, but the rows. */
export async function readBook(
  db: Kysely<AccessLogTables>,
  eras: readonly Era[],
  { note, earlier }: StateEvidence,
): Promise<Book> {
  const heads = await db.selectFrom('log_head').selectAll().execute()
  const nodes = await db.selectFrom('log_node').selectAll().execute()
  const kept = await db.selectFrom('log_checkpoint').selectAll().orderBy('size').execute()
  const count = await db.selectFrom('access_log').select(sql<number>`count(*)`.as('rows')).executeTakeFirstOrThrow()
  const book: Book = {
    heads,
    head: heads[0],
    rows: Number(count.rows),
    nodes: new Map(nodes.map(({ level, position, hash }) => [`${level}/${position}`, hash])),
    roots: new Map(),
    stateSize: 0,
    stateAgrees: 0,
    kept: kept.map(({ size }) => Number(size)),
    stateKnows: new Set(earlier.map(({ size }) => size)),
    prunings: await readPrunings(db, await sealKeys(db, { ...(eras.at(-1) as Era), earlier: eras.slice(0, -1) })),
  }
  const state = note === null ? undefined : openBy(note, eras)
  if (note !== null && !state)
    return {
      ...book,
      finding: { nummer: 0, reden: 'het controlepunt in STATE_DIR draagt geen geldige handtekening van dit log' },
    }
  if (state) {
    book.stateSize = state.size
    addRoot(book, state.size, { root: state.root, whose: 'in STATE_DIR', signer: state.signer })
    for (const { size, root } of earlier)
      if (size < state.size) addRoot(book, size, { root, whose: 'in STATE_DIR', signer: state.signer })
  }
  for (const { size, hour, note } of kept) {
    const checkpoint = openBy(String(note), eras)
    const isSound = checkpoint?.size === size && HOUR.test(String(hour))
    const signed = isSound ? checkpoint : { root: NO_ROOT, signer: 0 }
    addRoot(book, Number(size), { root: signed.root, whose: 'in de database', signer: signed.signer })
  }
  return book
}

function addRoot(book: Book, size: number, signed: Signed): void {
  book.roots.set(size, [...(book.roots.get(size) ?? []), signed])
}

/** A checkpoint with the newest of the log's keys that signed it. */
function openBy(note: string, eras: readonly Era[]) {
  for (let signer = eras.length - 1; signer >= 0; signer--) {
    const opened = openCheckpoint(note, (eras[signer] as Era).vkey)
    if (opened) return { ...opened, signer }
  }
}

/** Whether the root so far is the one under every checkpoint of this size. */
export function checkRoots(book: Book, { frontier, signer }: Walk): Finding | undefined {
  const { size } = frontier
  const checkpoints = book.roots.get(size)
  if (!checkpoints) return undefined
  const root = rootOf(frontier)
  const other = checkpoints.find((checkpoint) => !sameHash(checkpoint.root, root))
  book.roots.delete(size)
  const outdated = checkpoints.find((checkpoint) => checkpoint.signer < signer)
  if (!other && outdated)
    return { nummer: size, reden: `het controlepunt ${outdated.whose} is getekend met een sleutel die toen niet meer gold` }
  if (!other) {
    if (checkpoints.some(({ whose }) => whose === 'in STATE_DIR')) book.stateAgrees = size
    return undefined
  }
  const reden = `het log tot en met regel ${size} is niet dat van het controlepunt ${other.whose}`
  // Up to the checkpoint before it was the same log: the first line after that is of another.
  if (other.whose === 'in STATE_DIR' && book.stateAgrees > 0) return { nummer: book.stateAgrees + 1, reden }
  return { nummer: size, reden }
}

/** What must hold when all rows are good: nothing is missing behind them, nothing else is stored. */
export function compareEnd(book: Book, { frontier, seal }: Walk): Finding | undefined {
  const { size } = frontier
  const { head } = book
  if (book.stateSize > size) return missingBehind(book, size)
  if (book.stray) return book.stray
  if (book.rows !== size)
    return { nummer: size, reden: `het log heeft ${book.rows} rijen bij ${size} regels: er zijn rijen dubbel` }
  if (head?.id !== 1 || book.heads.length !== 1) return { nummer: size, reden: 'de kop van het log ontbreekt of is er vaker' }
  if (!Number.isSafeInteger(head.size)) return { nummer: size, reden: 'de kop van het log bevat een waarde van een andere soort' }
  if (head.size > size) return { nummer: size + 1, reden: `deze regel ontbreekt: het log telde ${head.size} regels` }
  if (head.size < size) return { nummer: head.size + 1, reden: `deze regel is toegevoegd buiten het log om` }
  const [beyond] = [...book.roots.keys()].sort((a, b) => a - b)
  if (beyond !== undefined)
    return { nummer: size + 1, reden: `deze regel ontbreekt: een controlepunt in de database omvat ${beyond} regels` }
  if (book.nodes.size > 0) return { nummer: size, reden: 'de boom heeft knopen die bij geen regel horen' }
  const lastKept = Math.max(0, ...book.kept)
  if (lastKept < book.stateSize) return { nummer: lastKept + 1, reden: 'in de database ontbreken controlepunten' }
  const isHead = isSame(head.frontier, Buffer.concat(frontier.hashes)) && isSame(head.zegel, seal)
  return isHead ? undefined : { nummer: size, reden: 'de kop van het log past niet bij de regels' }
}

/**
 * Fewer rows than the state folder's checkpoint covers: an end that was cut off. Or another log of the same key, that begins alike: a
 * checkpoint of its own, after the last one in which both agree, gives it away.
 */
function missingBehind(book: Book, size: number): Finding {
  const isOther =
    book.stateAgrees > 0 && book.kept.some((kept) => kept > book.stateAgrees && kept <= size && !book.stateKnows.has(kept))
  if (isOther)
    return {
      nummer: book.stateAgrees + 1,
      reden: 'vanaf deze regel is het een ander log dan dat van het controlepunt in STATE_DIR',
    }
  return { nummer: size + 1, reden: `deze regel ontbreekt: het controlepunt in STATE_DIR omvat ${book.stateSize} regels` }
}

/** Whether a stored value is these bytes; in a database that was written by others it may be anything. */
export function isSame(stored: unknown, bytes: Uint8Array): boolean {
  return stored instanceof Uint8Array && sameHash(stored, bytes)
}
