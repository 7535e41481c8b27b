import type { Kysely } from 'kysely'

/**
 * Under which epochs of the linking keys a registration's keys and tokens are, and each family anchor; `place` tells which anchors of one
 * registration are the same under two epochs. What stood before is of the first epoch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('registration')
    .addColumn('keyEpochs', 'text', (column) => column.notNull().defaultTo('1'))
    .execute()
  await db.schema.createIndex('registration_by_key_epochs').on('registration').columns(['keyEpochs', 'seq']).execute()
  await db.schema
    .alterTable('family_key')
    .addColumn('epoch', 'text', (column) => column.notNull().defaultTo('1'))
    .execute()
  await db.schema
    .alterTable('family_key')
    .addColumn('place', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
