import type { Kysely } from 'kysely'

/** The W3C trace id of the request that brought a registration's newest version, and of what an event came of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('registration').addColumn('traceId', 'text').execute()
  await db.schema.alterTable('event').addColumn('traceId', 'text').execute()
}
