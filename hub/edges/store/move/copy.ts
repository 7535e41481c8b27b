import { sql } from 'kysely'
import { HubError } from '../../../errors.ts'
import { FILLED } from '../postgres/key-index.ts'
import { insertRows } from '../sets.ts'
import { type AnyStore, countOn } from './numbers.ts'
import { MOVED, OF_THE_MOMENT } from './tables.ts'

export interface CopyOptions {
  /** Names the source; what was copied from another goes with nothing. */
  source: string
  /** Hears of each table when it is done, and how many rows it has. */
  progress: (table: string, rows: number) => void
}

const PAGE = 1000
/** While a copy is under way its target is no store: who opens it refuses. */
const MARK = 'verhuizing'

/**
 * Copies every row of a store that nobody writes to into another that holds nothing, in pages that are each a transaction with how far it came; cut off,
 * it goes on there. When it resolves every table has as many rows as its source, and no number is given out that either gave out before. Answers the counts.
 * Throws `configuratie` when the target holds anything of another source.
 */
export async function copyStore(
  from: AnyStore,
  to: AnyStore,
  { source, progress }: CopyOptions,
): Promise<Record<string, number>> {
  await begin(to, source)
  const counts: Record<string, number> = {}
  for (const [table, key] of Object.entries(MOVED)) {
    await copyTable(from, to, table, key)
    counts[table] = await countRows(from, table)
    progress(table, counts[table])
  }
  await refuseDifferences(from, to)
  await countOn(from, to)
  return counts
}

/** The target is a store from here on. Called once all else was found to be good. */
export async function finishCopy(to: AnyStore): Promise<void> {
  await to
    .deleteFrom('hub_state')
    .where((e) => e.or([e('name', '=', MARK), e('name', 'like', `${MARK}/%`)]))
    .execute()
}

/** Throws `configuratie` for a database into which a copy was begun and not finished. */
export async function refuseHalfCopied(db: AnyStore): Promise<void> {
  if ((await stateOf(db, MARK)) !== undefined)
    throw new HubError('configuratie', {
      detail: 'Deze database is nog niet helemaal gevuld; draai `verwijsindex migrate --from` of `restore` nog eens.',
    })
}

/** Makes a store a target that holds nothing. */
export async function emptyStore(to: AnyStore): Promise<void> {
  await to.transaction().execute(async (tx) => {
    for (const table of [...Object.keys(MOVED), ...OF_THE_MOMENT]) await tx.deleteFrom(table).execute()
  })
}

async function begin(to: AnyStore, source: string): Promise<void> {
  const mark = await stateOf(to, MARK)
  if (mark === source) return
  if (mark !== undefined || (await countRows(to, 'registration')) + (await countRows(to, 'access_log')) > 0)
    throw new HubError('configuratie', { detail: 'In de database staat al iets anders; geef een lege.' })
  await to.transaction().execute(async (tx) => {
    await tx.deleteFrom('log_head').execute()
    await setState(tx, MARK, source)
  })
}

async function copyTable(from: AnyStore, to: AnyStore, table: string, key: readonly string[]): Promise<void> {
  const name = `${MARK}/${table}`
  const kept = await stateOf(to, name)
  let after = kept === undefined ? undefined : readKey(kept)
  for (;;) {
    const rows = await pageOf(from, table, key, after)
    const last = rows.at(-1)
    if (!last) return
    after = key.map((column) => last[column])
    const reached = writeKey(after)
    await to.transaction().execute(async (tx) => {
      if (table === 'hub_state') for (const { name: own, value } of rows) await setState(tx, String(own), String(value))
      else await insertRows(tx, table, rows)
      await setState(tx, name, reached)
    })
  }
}

type Row = Record<string, unknown>

function pageOf(from: AnyStore, table: string, key: readonly string[], after: unknown[] | undefined): Promise<Row[]> {
  let page = from.selectFrom(table).selectAll().limit(PAGE)
  for (const column of key) page = page.orderBy(column)
  if (table === 'hub_state') page = page.where('name', 'not like', `${MARK}%`).where('name', '<>', FILLED)
  if (after) page = page.where(sql<boolean>`(${sql.join(key.map((each) => sql.ref(each)))}) > (${sql.join(after)})`)
  return page.execute()
}

/** A key as text: bytes as hexadecimal, marked as such. */
function writeKey(key: unknown[]): string {
  return JSON.stringify(key.map((part) => (part instanceof Uint8Array ? { hex: Buffer.from(part).toString('hex') } : part)))
}

function readKey(text: string): unknown[] {
  const parts = JSON.parse(text) as (number | string | { hex: string })[]
  return parts.map((part) => (typeof part === 'object' ? Buffer.from(part.hex, 'hex') : part))
}

async function refuseDifferences(from: AnyStore, to: AnyStore): Promise<void> {
  const tables = Object.keys(MOVED).filter((table) => table !== 'hub_state')
  for (const table of tables) {
    const [wanted, found] = [await countRows(from, table), await countRows(to, table)]
    if (wanted !== found)
      throw new HubError('interne-fout', { cause: new Error(`copy of ${table}: ${found} rows instead of ${wanted}`) })
  }
}

async function countRows(db: AnyStore, table: string): Promise<number> {
  const row = await db.selectFrom(table).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

async function stateOf(db: AnyStore, name: string): Promise<string | undefined> {
  return (await db.selectFrom('hub_state').select('value').where('name', '=', name).executeTakeFirst())?.value
}

async function setState(tx: AnyStore, name: string, value: string): Promise<void> {
  const row = tx.insertInto('hub_state').values({ name, value })
  await row.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute()
}
