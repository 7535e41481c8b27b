import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Sent } from '../../hub/bench/registrations.ts'
import { makeSite, type RunningHub, type Site, startHub, tokensOf } from '../../hub/faults/child-hub.ts'
import { type Databases, newDatabases } from '../engines/databases.ts'
import { postgresql } from '../engines/postgresql.ts'
import { redis } from '../engines/redis.ts'
import { runningPid, startEngine } from '../engines/running.ts'
import { type CountedLine, countedLine } from './counted-line.ts'
import { cpuSeconds } from './cpu.ts'

export interface HubsFigures {
  /** From the first request until everything is linked. */
  seconds: number
  cpu_s: Record<'hubs' | 'PostgreSQL' | 'Redis', number>
  /** What was asked of the engines, in all. */
  asked: Record<string, number>
}

const BATCH_ROWS = 500

/** Sends registrations to so many hubs on one new database and an empty Redis, each hub with a sender of its own. */
export async function measureHubs(root: string, count: number, sent: readonly Sent[]): Promise<HubsFigures> {
  const [{ url = '' }, { url: REDIS_URL = '' }] = [await startEngine(postgresql), await startEngine(redis)]
  const databases = await newDatabases(url)
  const line = await countedLine(Number(new URL(url).port))
  const admin = new Redis(REDIS_URL)
  await admin.flushall()
  const sites = await sitesOn(root, count, databases, line, REDIS_URL)
  const hubs: RunningHub[] = []
  for (const site of sites) hubs.push(await startHub(site))
  while (!(await databases.count("select count(*) from hub_state where name = 'sleutelindex' and value like 'geldig%'")))
    await wait(50)
  const before = await readMeters(databases, line, admin, hubs)
  const from = performance.now()
  await sendAll(sites, sent)
  while ((await databases.count("select count(*) from registration where state = 'ontvangen'")) > 0) await wait(50)
  const seconds = (performance.now() - from) / 1000
  const after = await readMeters(databases, line, admin, hubs)
  await Promise.all(hubs.map((hub) => hub.stop()))
  admin.disconnect()
  await line.close()
  await databases.drop()
  const spent = <K extends string>(now: Record<K, number>, then: Record<K, number>) =>
    Object.fromEntries(Object.entries(now).map(([name, value]) => [name, (value as number) - then[name as K]])) as Record<
      K,
      number
    >
  return { seconds, cpu_s: spent(after.cpu_s, before.cpu_s), asked: spent(after.asked, before.asked) }
}

async function sitesOn(
  root: string,
  count: number,
  { settings }: Databases,
  { port }: CountedLine,
  REDIS_URL: string,
): Promise<Site[]> {
  const [DATABASE_URL, KEYS_DATABASE_URL] = [settings.url, settings.keysUrl].map(
    (url) => Object.assign(new URL(url), { port: String(port) }).href,
  ) as [string, string]
  const env = { DATABASE_URL, KEYS_DATABASE_URL, REDIS_URL, KEYS_DIR: join(root, 'keys'), REQUESTS_PER_SECOND: '100000' }
  return Promise.all(Array.from({ length: count }, (_, at) => makeSite(join(root, `hub-${at}`), env)))
}

/** Each hub's sender takes the next batch when its last one is in. */
async function sendAll(sites: Site[], sent: readonly Sent[]): Promise<void> {
  const batches = [...Map.groupBy(sent, ({ client }) => client)].flatMap(([client, own]) =>
    Array.from({ length: Math.ceil(own.length / BATCH_ROWS) }, (_, at) => ({
      client,
      rows: own.slice(at * BATCH_ROWS, (at + 1) * BATCH_ROWS),
    })),
  )
  await Promise.all(
    sites.map(async (site) => {
      const token = tokensOf(site)
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const answer = await fetch(`${site.baseUrl}/v1/registraties/_batch`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await token(batch.client)}`, 'content-type': 'application/json' },
          body: JSON.stringify({ registraties: batch.rows.map(({ registration }) => registration) }),
        })
        if (!answer.ok) throw new Error(`a hub answers ${answer.status}`)
        await answer.body?.cancel()
      }
    }),
  )
}

async function readMeters(databases: Databases, { counts }: CountedLine, admin: Redis, hubs: RunningHub[]) {
  const [store] = await databases.rows(
    `select xact_commit, tup_inserted + tup_updated + tup_deleted as written, tup_fetched, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal
      from pg_stat_database where datname = current_database()`,
  )
  const info = await admin.info()
  const meter = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1])
  return {
    cpu_s: {
      hubs: cpuSeconds(hubs.map(({ pid }) => pid)),
      PostgreSQL: cpuSeconds([runningPid(postgresql)]),
      Redis: meter('used_cpu_user') + meter('used_cpu_sys'),
    },
    asked: {
      'PostgreSQL: round trips': counts.roundTrips,
      'PostgreSQL: bytes to it': counts.bytesOut,
      'PostgreSQL: bytes from it': counts.bytesIn,
      'PostgreSQL: commits, of the store': Number(store?.xact_commit),
      'PostgreSQL: rows written, of the store': Number(store?.written),
      'PostgreSQL: rows fetched, of the store': Number(store?.tup_fetched),
      'PostgreSQL: bytes of WAL': Number(store?.wal),
      'Redis: commands, those of scripts included': meter('total_commands_processed'),
      'Redis: bytes to it': meter('total_net_input_bytes'),
      'Redis: bytes from it': meter('total_net_output_bytes'),
    },
  }
}
