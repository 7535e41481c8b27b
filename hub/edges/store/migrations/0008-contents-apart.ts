import { type Kysely, sql } from 'kysely'

interface Before {
  registration: { seq: number; envelope: Uint8Array; blockingKeys: string }
  blocking_key: { key: string; registration: number }
}

/**
 * What is large and seldom changes apart from what is small and changes with every step: the envelope and the linking tokens each in
 * a table of their own, so that a look at a thousand registrations reads a few pages. A registration's blocking keys stand
 * beside it, written in its order of coming in; a table in the order of the keys cost a page for every key. An envelope from before
 * holds its tokens too; they are made again from what it says when they are asked for.
 */
export async function up(db: Kysely<Before>): Promise<void> {
  for (const table of ['envelope', 'profile'])
    await db.schema
      .createTable(table)
      .addColumn('registration', 'integer', (column) => column.primaryKey())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
  await sql`insert into envelope (registration, sealed) select seq, envelope from registration`.execute(db)
  await db.schema
    .alterTable('registration')
    .addColumn('blockingKeys', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  const keys = await db.selectFrom('blocking_key').selectAll().execute()
  for (const [seq, own] of Map.groupBy(keys, (row) => row.registration))
    await db
      .updateTable('registration')
      .set({ blockingKeys: own.map((row) => row.key).join(' ') })
      .where('seq', '=', seq)
      .execute()
  await db.schema.alterTable('registration').dropColumn('envelope').execute()
  await db.schema.dropTable('blocking_key').execute()
  await addIndexes(db)
}

/** For questions that read the whole table until now: who points at a person, one's own in order, and those that wait. */
async function addIndexes(db: Kysely<Before>): Promise<void> {
  await sql`create index person_by_redirect on person (redirect) where redirect is not null`.execute(db)
  await db.schema.createIndex('registration_by_organisation_seq').on('registration').columns(['organisation', 'seq']).execute()
  await sql`create index registration_waiting_own on registration (organisation, seq) where state = 'ontvangen'`.execute(db)
}
