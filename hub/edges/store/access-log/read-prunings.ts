import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { isSoundRow } from '../../../stages/audit/entry.ts'
import { type Pruning, pruningOf } from '../../../stages/audit/pruned.ts'
import type { AccessLogTables } from './tables.ts'

/**
 * What the log's own lines say to have pruned, of the lines that are sound in themselves: content, leaf and a seal that only the
 * log's key makes. That none was moved is for the walk over all rows.
 */
export async function readPrunings(
  db: Kysely<AccessLogTables>,
  sealKeyOf: (number: number) => KeyObject | null,
): Promise<Pruning[]> {
  const lines = db.selectFrom('access_log').selectAll().where('regel', '=', 'bewaartermijn-logregels').orderBy('number')
  const prunings: Pruning[] = []
  // What cannot be read here is met again, and named, when the rows are walked.
  for (const line of await lines.execute().catch(() => [])) {
    const pruning = pruningOf(line)
    const before = db
      .selectFrom('access_log')
      .select('zegel')
      .where('number', '=', line.number - 1)
    const seal = pruning && (await before.executeTakeFirst())?.zegel
    if (pruning && seal instanceof Uint8Array && isSoundRow(line, seal, sealKeyOf(line.number))) prunings.push(pruning)
  }
  return prunings
}
