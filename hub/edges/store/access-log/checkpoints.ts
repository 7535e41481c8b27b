import type { Kysely } from 'kysely'
import { type LogKeys, signCheckpoint } from '../../../stages/audit/log-key.ts'
import { rootOf } from '../../../stages/audit/merkle.ts'
import { decodeFrontier } from './append.ts'
import { candidates, keyAfter } from './key-after.ts'
import type { AccessLogTables } from './tables.ts'

export interface Checkpoint {
  size: number
  note: string
}

/** Signs a checkpoint over every committed line and keeps it; answers the one that is there when no line came since. */
export async function makeCheckpoint(db: Kysely<AccessLogTables>, keys: LogKeys, at: Date): Promise<Checkpoint> {
  const head = await db.selectFrom('log_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
  const size = Number(head.size)
  const last = await lastCheckpoint(db)
  if (last && last.size >= size) return last
  const key = await keyAfter(db, candidates(keys), size)
  const note = signCheckpoint(key, size, rootOf(decodeFrontier(size, head.frontier)))
  await keep(db, { size, note }, at.toISOString().slice(0, 13))
  return { size, note }
}

/** The newest checkpoint of the store; undefined before the first. */
export async function lastCheckpoint(db: Kysely<AccessLogTables>): Promise<Checkpoint | undefined> {
  const row = await db.selectFrom('log_checkpoint').select(['size', 'note']).orderBy('size', 'desc').limit(1).executeTakeFirst()
  return row && { size: Number(row.size), note: row.note }
}

/** Of an hour only its last checkpoint stays: one a second would outgrow the lines themselves. */
async function keep(db: Kysely<AccessLogTables>, { size, note }: Checkpoint, hour: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('log_checkpoint').where('hour', '=', hour).where('size', '<', size).execute()
    await tx
      .insertInto('log_checkpoint')
      .values({ size, hour, note })
      .onConflict((conflict) => conflict.column('size').doNothing())
      .execute()
  })
}
