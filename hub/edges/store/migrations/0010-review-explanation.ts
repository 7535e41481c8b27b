import type { Kysely } from 'kysely'

/** Why an override was judged as it was, sealed as its maker's explanation is; null where nothing was said. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('override').addColumn('reviewSealed', 'blob').execute()
}
