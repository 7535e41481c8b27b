import { type Kysely, sql } from 'kysely'

/**
 * The access log: one row a line (an ordinary rowid table, every column covered by the tree), the right edge of the tree, the inner
 * nodes that proofs start from, and the signed checkpoints. docs/access-log.md has the bytes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createLines(db)
  await db.schema
    .createTable('log_head')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('frontier', 'blob', (c) => c.notNull())
    .addColumn('zegel', 'blob', (c) => c.notNull())
    .execute()
  await sql`INSERT INTO log_head (id, size, frontier, zegel) VALUES (1, 0, ${new Uint8Array()}, ${new Uint8Array(32)})`.execute(
    db,
  )
  await db.schema
    .createTable('log_node')
    .addColumn('level', 'integer', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('hash', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('log_node_pk', ['level', 'position'])
    .execute()
  await db.schema
    .createTable('log_checkpoint')
    .addColumn('size', 'integer', (c) => c.primaryKey())
    .addColumn('hour', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .execute()
}

async function createLines(db: Kysely<unknown>): Promise<void> {
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
    .addColumn('zegel', 'blob', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('access_log_persoon')
    .on('access_log')
    .columns(['persoon'])
    .where('persoon', 'is not', null)
    .execute()
  await db.schema.createIndex('access_log_tijdstip').on('access_log').column('tijdstip').execute()
}
