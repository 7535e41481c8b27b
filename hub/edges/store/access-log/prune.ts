import type { ExpressionBuilder, Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import { FIRST_SEAL, isSoundRow } from '../../../stages/audit/entry.ts'
import { KEY_CHANGE } from '../../../stages/audit/key-change.ts'
import type { LogKey, LogKeys } from '../../../stages/audit/log-key.ts'
import { PRUNED_ENTRY, prunedBefore, pruningLine } from '../../../stages/audit/pruned.ts'
import { appendLines } from './append.ts'
import { candidates } from './key-after.ts'
import { sealKeys } from './seal-keys.ts'
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
  keys: LogKeys,
  { years, policy, at }: PruneOptions,
): Promise<{ pruned: number; size: number | null }> {
  const before = prunedBefore(at, years).toISOString()
  const rows = tx.selectFrom('access_log').selectAll().orderBy('number').where('tijdstip', '<>', '').where(isNoKeyChange)
  const oldest = await rows.limit(BATCH).execute()
  const kept = oldest.findIndex((row) => row.tijdstip >= before)
  const due = kept < 0 ? oldest : oldest.slice(0, kept)
  const [first, last] = [due[0], due.at(-1)]
  if (!first || !last) return { pruned: 0, size: null }
  await refuseTampered(tx, keys, due)
  await tx
    .updateTable('access_log')
    .set({ ...PRUNED_ENTRY, zout: new Uint8Array() })
    .where('number', '>=', first.number)
    .where('number', '<=', last.number)
    .where(isNoKeyChange)
    .execute()
  const newest = due.reduce((latest, { tijdstip }) => (tijdstip > latest ? tijdstip : latest), '')
  const line = pruningLine({ from: 1, to: last.number, years, newest }, policy)
  return { pruned: due.length, size: await appendLines(tx, keys, [line], at) }
}

type Columns = ExpressionBuilder<AccessLogTables, 'access_log'>

/** The lines by which the log says under which key it stands are kept for ever. */
const isNoKeyChange = (column: Columns) => column.or([column('object', 'is', null), column('object', '<>', KEY_CHANGE)])

async function refuseTampered(tx: Kysely<AccessLogTables>, keys: LogKeys, rows: AccessLogTable[]): Promise<void> {
  const first = rows[0]?.number ?? 1
  const stored = tx
    .selectFrom('access_log')
    .select(['number', 'zegel'])
    .where('number', '>=', first - 1)
  const before = await stored.where('number', '<=', rows.at(-1)?.number ?? 1).execute()
  const seals = new Map(before.map(({ number, zegel }) => [Number(number) + 1, zegel]))
  seals.set(1, FIRST_SEAL)
  const sealKeyOf = await sealKeys(tx, candidates(keys).at(-1) as LogKey)
  for (const row of rows) {
    const seal = seals.get(row.number)
    if (!seal || !isSoundRow(row, seal, sealKeyOf(row.number)))
      throw new HubError('interne-fout', {
        cause: new Error(`access log: line ${row.number} was tampered with and is not pruned`),
      })
  }
}
