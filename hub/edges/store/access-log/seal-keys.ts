import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { KEY_CHANGE, keyChangeOf } from '../../../stages/audit/key-change.ts'
import type { AccessLogTables } from './tables.ts'

/** The keys of a log, oldest first, as far as holding lines against them asks; without a seal key seals are passed over. */
export interface Era {
  vkey: string
  sealKey: KeyObject | null
}

/**
 * Which key sealed which line, by the lines in which the log goes over to another. That those lines are sound themselves is for the walk over all rows. A log that
 * never had another key is not looked through.
 */
export async function sealKeys(
  db: Kysely<AccessLogTables>,
  { earlier, ...newest }: Era & { earlier?: readonly Era[] | undefined },
): Promise<(number: number) => KeyObject | null> {
  if (!earlier || earlier.length === 0) return () => newest.sealKey
  const lines = db.selectFrom('access_log').selectAll().where('object', '=', KEY_CHANGE).orderBy('number')
  const changes = (await lines.execute().catch(() => [])).filter((line) => keyChangeOf(line) !== undefined)
  const eras = [...earlier, newest]
  return (number) => {
    const passed = changes.filter((line) => line.number < number).length
    return (eras[Math.min(passed, eras.length - 1)] as Era).sealKey
  }
}
