import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../sets.ts'
import { COUNTED } from './tables.ts'

// biome-ignore lint/suspicious/noExplicitAny: every table in turn
export type AnyStore = Kysely<any>

/** Of these SQLite remembers the highest number ever given, also when its row is gone (0014-numbers-once.ts). */
const REMEMBERED = ['registration']

/**
 * The target gives out numbers behind all that source or target ever gave, also to what was erased since: meldingen, cases and hand-overs keep the
 * number of a registration that is gone.
 */
export async function countOn(from: AnyStore, to: AnyStore): Promise<void> {
  for (const [table, column] of Object.entries(COUNTED)) {
    const highest = Math.max(...(await Promise.all([from, to].map((db) => highestOf(db, table, column)))))
    if (isPostgres(to))
      // Of a sequence that gave nothing yet the first number is 1.
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${Math.max(highest, 1)}::bigint, ${highest > 0})`.execute(
        to,
      )
    else if (REMEMBERED.includes(table)) await remember(to, table, highest)
  }
}

async function highestOf(db: AnyStore, table: string, column: string): Promise<number> {
  const { rows } = await sql<{
    n: number | string
  }>`select coalesce(max(${sql.ref(column)}), 0) as n from ${sql.table(table)}`.execute(db)
  return Math.max(Number(rows[0]?.n), await givenBy(db, table, column))
}

async function givenBy(db: AnyStore, table: string, column: string): Promise<number> {
  const given = isPostgres(db)
    ? sql<{ n: number | null }>`select pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass) as n`
    : sql<{ n: number | null }>`select seq as n from sqlite_sequence where name = ${table}`
  return Number((await given.execute(db)).rows[0]?.n ?? 0)
}

async function remember(db: AnyStore, table: string, highest: number): Promise<void> {
  await sql`delete from sqlite_sequence where name = ${table}`.execute(db)
  await sql`insert into sqlite_sequence (name, seq) values (${table}, ${highest})`.execute(db)
}
