import type { Kysely } from 'kysely'
import { FIRST_SEAL, sealOf } from '../../../stages/audit/entry.ts'
import { keyChangeOf } from '../../../stages/audit/key-change.ts'
import type { LogKey, LogKeys } from '../../../stages/audit/log-key.ts'
import { sameHash } from '../../../stages/audit/tree-hash.mjs'
import type { AccessLogTables } from './tables.ts'

/**
 * Under which of these keys, oldest first, the line after the first `size` stands. The log says so itself, by its last line: a change of key, or a seal of one of
 * them; so nothing beside the log has to agree with it, whatever was put back or cut off.
 */
export async function keyAfter(db: Kysely<AccessLogTables>, keys: readonly LogKey[], size: number): Promise<LogKey> {
  const [oldest, newest] = [keys[0] as LogKey, keys.at(-1) as LogKey]
  if (keys.length === 1 || size === 0) return oldest
  const rows = db
    .selectFrom('access_log')
    .selectAll()
    .where('number', '>=', size - 1)
  const [before, last] = await rows.where('number', '<=', size).orderBy('number').execute()
  const line = size === 1 ? before : last
  if (!line) return newest
  const change = keyChangeOf(line)
  if (change) return keys.find(({ vkey }) => vkey === change.to) ?? newest
  const seal = size === 1 ? FIRST_SEAL : (before?.zegel ?? FIRST_SEAL)
  return keys.find(({ sealKey }) => sameHash(sealOf(sealKey, seal, line.blad), line.zegel)) ?? newest
}

/** The keys among which a log can be at this moment: more than one only while it goes over. */
export function candidates({ now, next }: LogKeys): readonly LogKey[] {
  return next ? [now, next] : [now]
}
