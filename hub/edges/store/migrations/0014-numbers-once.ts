import { type Kysely, SqliteAdapter, sql } from 'kysely'

/**
 * A registration's number is never given out again: meldingen, cases and hand-overs keep it when the registration is destroyed, and
 * would else be about the next child that comes in. A follower's own reference of the person, sealed. Cases found by what they began with.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) await numberOnce(db)
  await db.schema.alterTable('follower').addColumn('sealed', 'blob').execute()
  await db.schema
    .createIndex('case_registration_by_registration')
    .on('case_registration')
    .columns(['registration', 'begin'])
    .execute()
}

/** SQLite gives the highest number out again once its row is gone, unless the table says otherwise when it is made. */
async function numberOnce(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_master where tbl_name = 'registration' and sql is not null`.execute(db)
  const table = rows.find(({ type }) => type === 'table')?.sql ?? ''
  const made = table
    .replace('"registration"', '"registration_new"')
    .replace('"seq" integer primary key', '"seq" integer primary key autoincrement')
  await sql.raw(made).execute(db)
  await sql`insert into registration_new select * from registration`.execute(db)
  await sql`drop table registration`.execute(db)
  await sql`alter table registration_new rename to registration`.execute(db)
  for (const { sql: index } of rows.filter(({ type }) => type === 'index')) await sql.raw(index).execute(db)
}
