import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { HubError } from '../../../errors.ts'
import { entryBytes, rowOf, sealOf } from '../../../stages/audit/entry.ts'
import type { AuditLine } from '../../../stages/audit/line.ts'
import type { LogKey, LogKeys } from '../../../stages/audit/log-key.ts'
import { appendLeaf, type Frontier, frontierLength } from '../../../stages/audit/merkle.ts'
import { commitment, HASH_BYTES, leafHash } from '../../../stages/audit/tree-hash.mjs'
import { insertRows } from '../sets.ts'
import { candidates, keyAfter } from './key-after.ts'
import { type AccessLogTable, type AccessLogTables, LEVEL_STEP } from './tables.ts'

const SALT_BYTES = 16

/**
 * Appends lines within the transaction of what they record, in order, and answers the size of the log with them. The first
 * statement takes the head row, so of several hubs on one database one appends at a time, each upon what the other committed;
 * a transaction that is rolled back takes its lines, nodes and head along. Call it late: the head stays taken until the commit.
 */
export async function appendLines(
  tx: Kysely<AccessLogTables>,
  keys: LogKeys,
  lines: readonly AuditLine[],
  at: Date,
): Promise<number> {
  const head = await tx
    .updateTable('log_head')
    .set((column) => ({ size: column('size', '+', lines.length) }))
    .where('id', '=', 1)
    .returning(['size', 'frontier', 'zegel'])
    .executeTakeFirstOrThrow()
  const size = Number(head.size)
  const frontier = decodeFrontier(size - lines.length, head.frontier)
  const key = await keyAfter(tx, candidates(keys), frontier.size)
  const { rows, nodes, seal } = extend(frontier, head.zegel, key, lines, at)
  await insertRows(tx, 'access_log', rows)
  await refuseUnwritten(tx, size, lines.length)
  await insertRows(tx, 'log_node', nodes)
  await tx
    .updateTable('log_head')
    .set({ frontier: Buffer.concat(frontier.hashes), zegel: seal })
    .where('id', '=', 1)
    .execute()
  return size
}

/** A trigger or a rule that others put on the table can swallow rows without an error: what is not there is not logged. */
async function refuseUnwritten(tx: Kysely<AccessLogTables>, size: number, count: number): Promise<void> {
  const rows = tx.selectFrom('access_log').select(sql<number>`count(*)`.as('there'))
  const { there } = await rows
    .where('number', '>', size - count)
    .where('number', '<=', size)
    .executeTakeFirstOrThrow()
  if (Number(there) !== count)
    throw new HubError('tijdelijk-niet-beschikbaar', { cause: new Error('access log: rows not written') })
}

/** The right edge of the tree from its bytes in the head row. */
export function decodeFrontier(size: number, bytes: Uint8Array): Frontier {
  const hashes = Array.from({ length: frontierLength(size) }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))
  return { size, hashes }
}

function extend(frontier: Frontier, lastSeal: Uint8Array, key: LogKey, lines: readonly AuditLine[], at: Date) {
  const salts = randomBytes(SALT_BYTES * lines.length)
  const rows: AccessLogTable[] = []
  const nodes: AccessLogTables['log_node'][] = []
  let seal = lastSeal
  for (const [i, line] of lines.entries()) {
    const row = rowOf(frontier.size + 1, at, line)
    const zout = salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES)
    const blad = leafHash(commitment(zout, entryBytes(row)))
    seal = sealOf(key.sealKey, seal, blad)
    rows.push({ ...row, zout, blad, zegel: seal })
    appendLeaf(frontier, blad, (node, hash) => {
      if (node.level % LEVEL_STEP === 0) nodes.push({ ...node, hash })
    })
  }
  return { rows, nodes, seal }
}
