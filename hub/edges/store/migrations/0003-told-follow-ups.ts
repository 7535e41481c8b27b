import { type Kysely, sql } from 'kysely'

/**
 * To whom each follow-up was told when it was recorded, and the instants within a day at which time alone changes what may be told
 * of a registration (an override that ends, a consent with an hour).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('follow_up_told')
    .addColumn('receiver', 'text', (column) => column.notNull())
    .addColumn('disclosure', 'text', (column) => column.notNull())
    .addColumn('followUp', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('follow_up_told_key', ['receiver', 'disclosure', 'followUp'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await db.schema
    .createTable('turn')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('registration', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('turn_key', ['at', 'registration'])
    .modifyEnd(sql`without rowid`)
    .execute()
}
