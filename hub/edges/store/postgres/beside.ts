import { type Kysely, sql } from 'kysely'
import { openPostgres } from './pool.ts'
import type { DatabaseSettings } from './settings.ts'

/** Works on a database beside whoever uses it, over a connection of its own. */
export async function besidePostgres<DB, T>(
  url: string,
  settings: DatabaseSettings,
  work: (db: Kysely<DB>) => Promise<T>,
): Promise<T> {
  const db = openPostgres<DB>(url, { ...settings, pool_max: 1, command: 'lezen' })
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

export function hasTable(url: string, settings: DatabaseSettings, table: string): Promise<boolean> {
  return besidePostgres<never, boolean>(url, settings, async (db) => {
    const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db)
    return rows[0]?.there === true
  })
}
