import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { AuditLine } from '../../../../stages/audit/line.ts'
import { logKey } from '../../../../stages/audit/log-key.ts'
import { up } from '../../migrations/0002-access-log.ts'
import { openSqlite } from '../../sqlite.ts'
import { appendLines } from '../append.ts'
import type { AccessLogTables } from '../tables.ts'

// Helps the tests of this folder: logs in a folder of their own, and lines to fill them with.

export const testKey = logKey('verwijsindex/proef', generateKeyPairSync('ed25519').privateKey)

export type TestLog = ReturnType<typeof openLog>

/** A new folder, and what removes it. */
export function testFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-log-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function newLog(path: string) {
  const log = openLog(path)
  await up(log.db as unknown as Kysely<unknown>)
  return log
}

export function openLog(path: string) {
  return openSqlite<AccessLogTables>(path)
}

/** A copy of a closed log, opened. */
export function copyLog(from: string, to: string) {
  for (const name of [to, `${to}-wal`, `${to}-shm`]) rmSync(name, { force: true })
  copyFileSync(from, to)
  return openLog(to)
}

/** A line that differs from its neighbours in every column that may differ. */
export function lineFor(i: number): AuditLine {
  return {
    actie: i % 3 === 0 ? 'zoeken' : 'lezen',
    client: i % 2 === 0 ? 'mee' : 'rubicon',
    gebruiker: i % 4 === 0 ? null : `u-${i % 7}`,
    rol: 'organisatie',
    organisatie: i % 2 === 0 ? 'mee' : 'rubicon',
    namens: i % 5 === 0 ? 'vorkmeer' : null,
    persoon: i % 6 === 0 ? null : `p_${i % 9}`,
    object: `m_${i}`,
    grond: i % 2 === 0 ? { reglement: 'peel-en-maas-1g1p@1', regel: `regel-${i % 4}` } : null,
    uitkomst: i % 8 === 0 ? 'geweigerd' : 'toegestaan',
    controles: 'token,scope',
    herkomst: 'api',
    traceId: i.toString(16).padStart(32, '0'),
  }
}

/** Appends lines `from` up to and including `to` (their numbers, in an otherwise empty log) as one transaction. */
export function append(
  db: Kysely<AccessLogTables>,
  from: number,
  to: number,
  at = new Date('2026-11-22T09:00:00Z'),
): Promise<number> {
  const lines = Array.from({ length: to - from + 1 }, (_, i) => lineFor(from + i))
  return db.transaction().execute((tx) => appendLines(tx, testKey, lines, at))
}
