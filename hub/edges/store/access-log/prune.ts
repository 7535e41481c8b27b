import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { FIRST_SEAL, isSoundRow } from '../../../stages/audit/entry.ts'
import type { LogKey } from '../../../stages/audit/log-key.ts'
import { PRUNED_ENTRY, prunedBefore, pruningLine } from '../../../stages/audit/pruned.ts'
import { appendLines } from './append.ts'
import type { AccessLogTable, AccessLogTables } from './tables.ts'

const BATCH = 1_000

export interface PruneOptions {
  years: number
  /** Name and version of the policy that says so. */
  policy: string
  /** Real time. */
  at: Date
}

/**
 * Removes the content of the oldest lines that are past their term, up to 1,000, and appends the line that says so; hash and seal stay.
 * Every line is held against its leaf and its seal first: a line whose time somebody set back is not pruned but refused (`interne-fout`),
 * or pruning would clear what was tampered with. Answers how many it pruned, and the size of the log.
 */
export async function pruneLines(
  tx: Kysely<AccessLogTables>,
  key: LogKey,
  { years, policy, at }: PruneOptions,
): Promise<{ pruned: number; size: number | null }> {
  const before = prunedBefore(at, years).toISOString()
  const rows = tx.selectFrom('access_log').selectAll().orderBy('number').where('tijdstip', '<>', '')
  const oldest = await rows.limit(BATCH).execute()
  const kept = oldest.findIndex((row) => row.tijdstip >= before)
  const due = kept < 0 ? oldest : oldest.slice(0, kept)
  const [first, last] = [due[0], due.at(-1)]
  if (!first || !last) return { pruned: 0, size: null }
  await refuseTampered(tx, key, due, first.number)
  await tx
    .updateTable('access_log')
    .set({ ...PRUNED_ENTRY, zout: new Uint8Array() })
    .where('number', '>=', first.number)
    .where('number', '<=', last.number)
    .execute()
  const newest = due.reduce((latest, { tijdstip }) => (tijdstip > latest ? tijdstip : latest), '')
  const line = pruningLine({ from: 1, to: last.number, years, newest }, policy)
  return { pruned: due.length, size: await appendLines(tx, key, [line], at) }
}

async function refuseTampered(tx: Kysely<AccessLogTables>, key: LogKey, rows: AccessLogTable[], first: number): Promise<void> {
  const previous = await tx
    .selectFrom('access_log')
    .select('zegel')
    .where('number', '=', first - 1)
    .executeTakeFirst()
  let seal = first === 1 ? FIRST_SEAL : previous?.zegel
  for (const [i, row] of rows.entries()) {
    if (!seal || row.number !== first + i || !isSoundRow(row, seal, key.sealKey))
      throw new HubError('interne-fout', {
        cause: new Error(`access log: line ${first + i} was tampered with and is not pruned`),
      })
    seal = row.zegel
  }
}
