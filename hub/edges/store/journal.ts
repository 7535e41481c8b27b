import { type Kysely, sql } from 'kysely'

/** Copies the WAL into the file and cuts it to nothing; `busy` says that a reader beside this process held it up. */
export async function emptyJournal<T>(db: Kysely<T>): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
  return rows[0]?.busy === 0
}
