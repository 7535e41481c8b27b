import type { Kysely } from 'kysely'
import { type Frontier, rootOf } from '../../../stages/audit/merkle.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { sameHash } from '../../../stages/audit/tree-hash.mjs'
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
}

/** What the rows are held against. */
export interface Book {
  head: AccessLogTables['log_head'] | undefined
  /** Stored inner nodes by `level/position`; those found again are taken out. */
  nodes: Map<string, Uint8Array>
  /** Roots by size, of the checkpoints that are signed well. */
  roots: Map<number, { root: Uint8Array; whose: string }[]>
  /** Size of the state folder's checkpoint. */
  stateSize: number
  /** A checkpoint that cannot be read, when there is one. */
  finding?: Finding
}

/** Stands for a checkpoint without a good signature: no tree has it as its root. */
const NO_ROOT = new Uint8Array()

/** Reads all that the rows are held against, but the rows. `stateNote` is the state folder's checkpoint. */
export async function readBook(db: Kysely<AccessLogTables>, vkey: string, stateNote: string | null): Promise<Book> {
  const head = await db.selectFrom('log_head').selectAll().executeTakeFirst()
  const nodes = await db.selectFrom('log_node').selectAll().execute()
  const kept = await db.selectFrom('log_checkpoint').selectAll().orderBy('size').execute()
  const book: Book = {
    head,
    nodes: new Map(nodes.map(({ level, position, hash }) => [`${level}/${position}`, hash])),
    roots: new Map(),
    stateSize: 0,
  }
  const state = stateNote === null ? undefined : openCheckpoint(stateNote, vkey)
  if (stateNote !== null && !state)
    return {
      ...book,
      finding: { nummer: 0, reden: 'het controlepunt in STATE_DIR draagt geen geldige handtekening van dit log' },
    }
  if (state) book.stateSize = state.size
  if (state) addRoot(book, state, 'in STATE_DIR')
  for (const { size, note } of kept) {
    const checkpoint = openCheckpoint(String(note), vkey)
    addRoot(book, { size: Number(size), root: checkpoint?.size === Number(size) ? checkpoint.root : NO_ROOT }, 'in de database')
  }
  return book
}

function addRoot(book: Book, { size, root }: { size: number; root: Uint8Array }, whose: string): void {
  book.roots.set(size, [...(book.roots.get(size) ?? []), { root, whose }])
}

/** Whether the root so far is the one under every checkpoint of this size. */
export function checkRoots(book: Book, frontier: Frontier): Finding | undefined {
  const checkpoints = book.roots.get(frontier.size)
  if (!checkpoints) return undefined
  const root = rootOf(frontier)
  const other = checkpoints.find((checkpoint) => !sameHash(checkpoint.root, root))
  book.roots.delete(frontier.size)
  return (
    other && { nummer: frontier.size, reden: `het log tot en met deze regel is niet dat van het controlepunt ${other.whose}` }
  )
}

/** What must hold when all rows are good: nothing is missing behind them, nothing else is stored. */
export function compareEnd(book: Book, { frontier, seal }: Walk): Finding | undefined {
  const { size } = frontier
  const { head } = book
  if (book.stateSize > size)
    return { nummer: size + 1, reden: `deze regel ontbreekt: het controlepunt in STATE_DIR omvat ${book.stateSize} regels` }
  if (!head) return { nummer: size, reden: 'de kop van het log ontbreekt' }
  if (Number(head.size) > size) return { nummer: size + 1, reden: `deze regel ontbreekt: het log telde ${head.size} regels` }
  if (Number(head.size) < size) return { nummer: Number(head.size) + 1, reden: `deze regel is toegevoegd buiten het log om` }
  const [beyond] = [...book.roots.keys()].sort((a, b) => a - b)
  if (beyond !== undefined)
    return { nummer: size + 1, reden: `deze regel ontbreekt: een controlepunt in de database omvat ${beyond} regels` }
  if (book.nodes.size > 0) return { nummer: size, reden: 'de boom heeft knopen die bij geen regel horen' }
  const isHead = isSame(head.frontier, Buffer.concat(frontier.hashes)) && isSame(head.zegel, seal)
  return isHead ? undefined : { nummer: size, reden: 'de kop van het log past niet bij de regels' }
}

/** Whether a stored value is these bytes; in a database that was written by others it may be anything. */
export function isSame(stored: unknown, bytes: Uint8Array): boolean {
  return stored instanceof Uint8Array && sameHash(stored, bytes)
}
