import type { Kysely } from 'kysely'
import type { Bewijs, Consistentie } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { entryBytes } from '../../../stages/audit/entry.ts'
import {
  appendLeaf,
  consistencyRanges,
  emptyFrontier,
  hashOfRange,
  inclusionRanges,
  type Range,
  rootOf,
  type Subtree,
  subtreesOf,
} from '../../../stages/audit/merkle.ts'
import { type AccessLogTables, LEVEL_STEP } from './tables.ts'

/**
 * The proof that line `number` stands in the log of a checkpoint that covers it; `verify-proof` judges it.
 * Throws `niet-gevonden` when there is no such line under that checkpoint, or its content was pruned.
 */
export async function inclusionProof(
  db: Kysely<AccessLogTables>,
  number: number,
  checkpoint: { size: number; note: string },
): Promise<Bewijs> {
  const row = await db.selectFrom('access_log').selectAll().where('number', '=', number).executeTakeFirst()
  if (!row || number > checkpoint.size || row.tijdstip === '') throw new HubError('niet-gevonden')
  return {
    nummer: number,
    boomgrootte: checkpoint.size,
    regel: entryBytes(row).toString('base64'),
    zout: Buffer.from(row.zout).toString('base64'),
    pad: await pathOf(db, inclusionRanges(number - 1, checkpoint.size)),
    controlepunt: checkpoint.note,
  }
}

/** The proof that the log of `to` lines begins with the log of `from` lines; throws `niet-gevonden` for sizes it never had. */
export async function consistencyProof(db: Kysely<AccessLogTables>, from: number, to: number): Promise<Consistentie> {
  const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
  if (from < 1 || from > to || to > Number(size)) throw new HubError('niet-gevonden')
  return { van: from, tot: to, pad: await pathOf(db, consistencyRanges(from, to)) }
}

/** The root that the tree had at `size` lines, computed from the stored nodes; undefined when some are not there. */
export async function rootAt(db: Kysely<AccessLogTables>, size: number): Promise<Uint8Array | undefined> {
  const hashes: Uint8Array[] = []
  for (const node of subtreesOf({ start: 0, end: size })) {
    const hash = await nodeAt(db, node)
    if (!hash) return undefined
    hashes.push(hash)
  }
  return rootOf({ size, hashes })
}

async function pathOf(db: Kysely<AccessLogTables>, ranges: Range[]): Promise<string[]> {
  const nodes = new Map<string, Uint8Array>()
  const name = ({ level, position }: Subtree) => `${level}/${position}`
  for (const node of ranges.flatMap(subtreesOf)) {
    const hash = await nodeAt(db, node)
    if (!hash) throw new HubError('interne-fout', { cause: new Error(`access log: no node ${name(node)}`) })
    nodes.set(name(node), hash)
  }
  const hashOf = (node: Subtree) => nodes.get(name(node)) as Uint8Array
  return ranges.map((range) => Buffer.from(hashOfRange(range, hashOf)).toString('base64'))
}

/** A complete subtree's root, from the stored level at or below it. */
async function nodeAt(db: Kysely<AccessLogTables>, { level, position }: Subtree): Promise<Uint8Array | undefined> {
  const stored = level - (level % LEVEL_STEP)
  const count = 2 ** (level - stored)
  const hashes = await hashesAt(db, stored, position * count, count)
  if (hashes.length !== count) return undefined
  const frontier = emptyFrontier()
  for (const hash of hashes) appendLeaf(frontier, hash)
  return rootOf(frontier)
}

async function hashesAt(db: Kysely<AccessLogTables>, level: number, start: number, count: number): Promise<Uint8Array[]> {
  if (level > 0) {
    const nodes = db.selectFrom('log_node').select('hash').where('level', '=', level).orderBy('position')
    const rows = await nodes
      .where('position', '>=', start)
      .where('position', '<', start + count)
      .execute()
    return rows.map((row) => row.hash)
  }
  const leaves = db.selectFrom('access_log').select('blad').orderBy('number')
  const rows = await leaves
    .where('number', '>', start)
    .where('number', '<=', start + count)
    .execute()
  return rows.map((row) => row.blad)
}
