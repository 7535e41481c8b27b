import type { Kysely } from 'kysely'

/** What was answered to requests with an Idempotency-Key, sealed, for a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reply')
    .addColumn('name', 'blob', (column) => column.primaryKey())
    .addColumn('request', 'blob', (column) => column.notNull())
    .addColumn('reply', 'blob')
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('reply_by_moment').on('reply').column('createdAt').execute()
}
