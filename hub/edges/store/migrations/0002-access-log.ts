import type { Kysely } from 'kysely'

/** The access log: one row a line (an ordinary rowid table, every column covered by the tree), and the signed checkpoints. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_log')
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('tijdstip', 'text', (c) => c.notNull())
    .addColumn('actie', 'text', (c) => c.notNull())
    .addColumn('client', 'text', (c) => c.notNull())
    .addColumn('gebruiker', 'text')
    .addColumn('rol', 'text')
    .addColumn('organisatie', 'text')
    .addColumn('namens', 'text')
    .addColumn('persoon', 'text')
    .addColumn('object', 'text')
    .addColumn('reglement', 'text')
    .addColumn('regel', 'text')
    .addColumn('uitkomst', 'text', (c) => c.notNull())
    .addColumn('controles', 'text', (c) => c.notNull())
    .addColumn('herkomst', 'text', (c) => c.notNull())
    .addColumn('trace_id', 'text', (c) => c.notNull())
    .addColumn('zout', 'blob', (c) => c.notNull())
    .addColumn('blad', 'blob', (c) => c.notNull())
    .execute()
}
