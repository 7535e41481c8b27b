import type { Kysely } from 'kysely'

/**
 * What hubs that share a database share their work by: which registrations one of them is linking and which work is one hub's for now,
 * until when (milliseconds since 1970 by the server's clock); the blind index, where it is a table; and what was erased, for each
 * hub's own list and memory. With SQLite they stay empty.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('linking_claim')
    .addColumn('registration', 'integer', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('lease')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('until', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('blocking_key')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('registration', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('blocking_key_pk', ['key', 'registration'])
    .execute()
  await db.schema
    .createTable('erasure')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .execute()
}
