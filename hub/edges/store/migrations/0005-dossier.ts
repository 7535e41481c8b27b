import type { Kysely } from 'kysely'

/**
 * What is recorded beside a registration and its answers: who was informed, decisions not to share, requests of the persons concerned;
 * sealed under the registration's data key. And since when a match is the coördinatiepunt's, where organisations come first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dossier')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('registration', 'integer', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('dueOn', 'text')
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addColumn('createdBy', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'text', (column) => column.notNull())
    .addColumn('closedAt', 'text')
    .execute()
  await db.schema.createIndex('dossier_by_registration').on('dossier').column('registration').execute()
  await db.schema.createIndex('dossier_by_kind').on('dossier').columns(['kind', 'id']).execute()
  await db.schema.alterTable('match').addColumn('escalatedAt', 'text').execute()
}
