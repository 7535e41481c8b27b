import { type Kysely, sql } from 'kysely'

/**
 * When a registration was last renewed, since when it is in the archive, and whether an objection froze it; and what the calendar has
 * told already, as keyed hashes: a readable date would be a birthday.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const registration = () => db.schema.alterTable('registration')
  await registration()
    .addColumn('renewedOn', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await registration().addColumn('archivedOn', 'text').execute()
  await registration()
    .addColumn('frozen', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update registration set "renewedOn" = substr("receivedAt", 1, 10)`.execute(db)
  await db.schema
    .createTable('calendar_mark')
    .addColumn('mark', 'blob', (column) => column.notNull())
    .addColumn('registration', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('calendar_mark_key', ['mark', 'registration'])
    .modifyEnd(sql`without rowid`)
    .execute()
}
