import { type Kysely, sql } from 'kysely'

/**
 * What the register of persons tells: where somebody lives, readable because it routes; the rest sealed under the registration's own
 * data key. Both stand beside the content of a version, which never changes. And the events that still wait for their turn, sealed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const registration = () => db.schema.alterTable('registration')
  await registration().addColumn('residence', 'text').execute()
  await registration().addColumn('residenceSince', 'text').execute()
  await registration().addColumn('facts', 'blob').execute()
  await db.schema
    .createTable('life_event')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .modifyEnd(sql`without rowid`)
    .execute()
}
