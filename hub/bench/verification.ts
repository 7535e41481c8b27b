import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Kysely } from 'kysely'
import { appendLines } from '../edges/store/access-log/append.ts'
import { makeCheckpoint } from '../edges/store/access-log/checkpoints.ts'
import { storeIn, verifyStoredLog } from '../edges/store/access-log/stored-log.ts'
import type { AccessLogTables } from '../edges/store/access-log/tables.ts'
import { migrate } from '../edges/store/migrate.ts'
import { openSqlite } from '../edges/store/sqlite.ts'
import { storeFile } from '../edges/store/store-file.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { logKey } from '../stages/audit/log-key.ts'

const BATCH = 5000

/** Writes a log of so many lines and verifies it as `verify-log` does; progress on stderr. */
export async function verification(root: string, lines: number) {
  const key = logKey('verwijsindex/bench', generateKeyPairSync('ed25519').privateKey)
  const path = storeFile(join(root, 'log'))
  mkdirSync(dirname(path), { recursive: true })
  const wrote = await fill(path, lines, key)
  const cpu = process.cpuUsage()
  const from = performance.now()
  let peak_mib = 0
  const verdict = await verifyStoredLog(storeIn(path), key, async () => ({ note: null, earlier: [] }), {
    progress(done, total) {
      peak_mib = Math.max(peak_mib, process.memoryUsage.rss() / 2 ** 20)
      if (done % 100_000 === 0) process.stderr.write(`verified ${done} of ${total}\n`)
    },
  })
  if (!verdict.heel || verdict.omvang !== lines) throw new Error(`the log is not whole: ${JSON.stringify(verdict)}`)
  const { user, system } = process.cpuUsage(cpu)
  const size_mib = Math.round(statSync(path).size / 2 ** 20)
  return {
    wrote,
    size_mib,
    seconds: (performance.now() - from) / 1000,
    cpu_s: (user + system) / 1e6,
    peak_mib: Math.round(peak_mib),
  }
}

/** Answers lines per second. */
async function fill(path: string, lines: number, key: ReturnType<typeof logKey>): Promise<number> {
  const { db } = openSqlite<AccessLogTables>(path)
  await migrate(db as unknown as Kysely<unknown>)
  const from = performance.now()
  for (let at = 0; at < lines; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, lines - at) }, (_, i) =>
      hubLine({ actie: 'lezen', uitkomst: 'toegestaan', persoon: `p_${(at + i) % 997}`, object: `m_${at + i}` }),
    )
    await db.transaction().execute((tx) => appendLines(tx, key, batch, new Date()))
    if (at % 100_000 === 0) process.stderr.write(`wrote ${at} of ${lines}\n`)
  }
  await makeCheckpoint(db, key, new Date())
  await db.destroy()
  return Math.round(lines / ((performance.now() - from) / 1000))
}
