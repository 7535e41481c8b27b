import { type Kysely, sql } from 'kysely'
import type { KeyIndex } from '../../../ports/shared.ts'
import type { Database } from '../database.ts'
import { among, insertRows } from '../sets.ts'

/** A block longer than this is cut: it says more about an institution or a fashion than about one person. */
const BLOCK_MAX = 200
const PAGE = 2_000
/** Where it stands how far the table was filled; of this table only. */
export const FILLED = 'sleutelindex.gevuld-tot'

/**
 * The blind index as a table that the hubs share. What is added is committed before `add` resolves, in a transaction of its own, so
 * that every later look-up by any hub sees it. `db` has connections of its own: whoever looks up is in the middle of a transaction.
 */
export function tableKeyIndex(db: Kysely<Database>): KeyIndex {
  return {
    async add(entries) {
      const rows = entries.flatMap(({ seq, keys }) => [...new Set(keys)].map((key) => ({ key, registration: seq })))
      // In one order, so that two hubs never wait for each other.
      rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.registration - b.registration))
      await db.transaction().execute((tx) => insertRows(tx, 'blocking_key', rows, { ifAbsent: true }))
    },
    async find(keys) {
      const wanted = [...new Set(keys)]
      const { rows } = await sql<{ key: string; registration: number }>`select wanted.key, held.registration
        from unnest(${wanted}::text[]) as wanted (key) cross join lateral (
          select registration from blocking_key where blocking_key.key = wanted.key collate "C"
          order by registration limit ${sql.lit(BLOCK_MAX + 1)}) held`.execute(db)
      const blocks = new Map<string, number[]>()
      for (const { key, registration } of rows) blocks.set(key, [...(blocks.get(key) ?? []), registration])
      const cut = new Set([...blocks].flatMap(([key, seqs]) => (seqs.length > BLOCK_MAX ? [key] : [])))
      for (const [key, seqs] of blocks) blocks.set(key, seqs.slice(0, BLOCK_MAX))
      return { blocks, cut }
    },
    async remove(entries) {
      for (const { seq, keys } of entries)
        await among(keys, (list) =>
          db.deleteFrom('blocking_key').where('key', 'in', list).where('registration', '=', seq).execute(),
        )
    },
  }
}

/** For hubs whose index is elsewhere: what is in the table grows old, and would be found again after a move back. */
export async function emptyKeyTable(db: Kysely<Database>): Promise<void> {
  const filled = await db.deleteFrom('hub_state').where('name', '=', FILLED).executeTakeFirst()
  if (filled.numDeletedRows > 0) await sql`truncate table blocking_key`.execute(db)
}

/**
 * Fills the table from the registrations' own keys where that was not done before: after a move from another engine. In pages, so that it
 * goes on where it was cut off; what comes in meanwhile is added by who links it.
 */
export async function fillKeyTable(db: Kysely<Database>): Promise<void> {
  const state = () => db.selectFrom('hub_state').select('value').where('name', '=', FILLED)
  for (;;) {
    const from = (await state().executeTakeFirst())?.value ?? '0'
    if (from === 'alles') return
    const rows = await db
      .selectFrom('registration')
      .select(['seq', 'blockingKeys'])
      .where('seq', '>', Number(from))
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    const entries = rows.map(({ seq, blockingKeys }) => ({ seq, keys: blockingKeys.split(' ').filter((key) => key !== '') }))
    await tableKeyIndex(db).add(entries)
    const value = rows.length === 0 ? 'alles' : String(rows.at(-1)?.seq)
    await db
      .insertInto('hub_state')
      .values({ name: FILLED, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  }
}
