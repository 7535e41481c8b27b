import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { createLog } from '../edges/log.ts'
import { storeFile } from '../edges/store/store-file.ts'
import { openHub } from '../hub.ts'
import { accept, processWaiting } from '../pipeline.ts'
import { checkRegistration } from '../stages/ingest/check.ts'
import { profileOf } from '../stages/link/profile.ts'
import { subjectOf } from '../stages/link/subject.ts'
import { deliveryOf } from './deliveries.ts'
import type { Sent } from './registrations.ts'

const BATCH_ROWS = 1000
const LINK_BATCH = 200

/** Microseconds per registration of each step, in this process, and the rows that each table has per registration afterwards. */
export async function steps(root: string, rows: Sent[]): Promise<{ times: [string, number][]; tables: [string, number][] }> {
  const dirs = { DATA_DIR: join(root, 'd'), KEYS_DIR: join(root, 'k'), STATE_DIR: join(root, 's') }
  const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'bench', createLog('error'))
  const spent = new Map<string, number>()
  const timed = { ...hub, index: timePort(hub.index, 'index', spent), dataKeys: timePort(hub.dataKeys, 'data keys', spent) }
  measure(spent, 'check by schema and rules', () =>
    rows.forEach(({ registration }) => void checkRegistration(registration, { magBsn: true }, '2026-11-22')),
  )
  measure(spent, 'tokens of a profile', () =>
    rows.forEach(({ registration }) => void profileOf(subjectOf(registration), hub.keys.link.now().current)),
  )
  await measureAsync(spent, 'accept, whole', () => acceptAll(timed, rows))
  await measureAsync(spent, 'link, match, consent, tell, whole', async () => {
    while ((await processWaiting(timed, LINK_BATCH)) > 0);
  })
  await close()
  return {
    times: [...spent].map(([name, ms]) => [name, (ms / rows.length) * 1000]),
    tables: tableRows(dirs.DATA_DIR, rows.length),
  }
}

async function acceptAll(hub: Hub, rows: Sent[]): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH_ROWS)
    await accept(
      hub,
      rows.slice(at, at + BATCH_ROWS).map(({ client, registration }) => deliveryOf(client, registration)),
    )
}

function measure(spent: Map<string, number>, name: string, work: () => void): void {
  const from = performance.now()
  work()
  spent.set(name, performance.now() - from)
}

async function measureAsync(spent: Map<string, number>, name: string, work: () => Promise<void>): Promise<void> {
  const from = performance.now()
  await work()
  spent.set(name, performance.now() - from)
}

/** The same port, with the time that each of its questions takes. */
function timePort<P extends object>(port: P, name: string, spent: Map<string, number>): P {
  const wrap = ([method, run]: [string, (...args: unknown[]) => Promise<unknown>]) => {
    const key = `  of which ${name}: ${method}`
    return [
      method,
      async (...args: unknown[]) => {
        const from = performance.now()
        const answer = await run(...args)
        spent.set(key, (spent.get(key) ?? 0) + performance.now() - from)
        return answer
      },
    ]
  }
  return Object.fromEntries((Object.entries(port) as [string, (...args: unknown[]) => Promise<unknown>][]).map(wrap)) as P
}

function tableRows(dataDir: string, count: number): [string, number][] {
  const db = new DatabaseSync(storeFile(dataDir), { readOnly: true })
  const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%kysely%'").all()
  const tables = names.map(({ name }): [string, number] => {
    const row = db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()
    return [String(name), Number(row?.n) / count]
  })
  db.close()
  return tables.filter(([, share]) => share >= 0.005).sort(([, a], [, b]) => b - a)
}
