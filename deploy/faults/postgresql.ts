// npm run faults:postgresql -- [--hubs 2] [--persons 500] [--kills 10] [--times 3] [--seed 1] [--only TEXT]
// What befalls the server while senders are at work on one hub, and several hubs on one database that are killed, also with a Redis that is emptied, paused and
// killed meanwhile; then what is lost, double or missed is counted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chanceOf } from '../../hub/bench/linking/random.ts'
import { makeSite, runCommand, startHub } from '../../hub/faults/child-hub.ts'
import { newDatabases } from '../engines/databases.ts'
import { postgresql } from '../engines/postgresql.ts'
import { redis } from '../engines/redis.ts'
import { startEngine } from '../engines/running.ts'
import { playServerFault, SERVER_FAULTS } from './postgresql-server.ts'
import { disturbRedis } from './redis.ts'
import { playSeveralHubs } from './several-hubs.ts'

const text = { type: 'string' } as const
const options = { hubs: text, persons: text, kills: text, times: text, seed: text, only: text }
const { values } = parseArgs({ options })
const seed = Number(values.seed ?? 1)
const { url = '' } = await startEngine(postgresql)

async function severalHubs(root: string, settings: Record<string, string> = {}): Promise<[string, boolean]> {
  const sizes = { hubs: Number(values.hubs ?? 2), persons: Number(values.persons ?? 500), kills: Number(values.kills ?? 10) }
  const { seconds, refused, kills, registrations, hubs, persons, ...wrong } = await playSeveralHubs(
    root,
    url,
    { ...sizes, seed },
    settings,
  )
  const counts = Object.entries(wrong).flatMap(([name, count]) => (typeof count === 'number' ? [`${name} ${count}`] : []))
  const result = `${hubs} hubs, ${kills} kills, ${registrations} registrations of ${persons} persons in ${Math.round(seconds)} s; ${counts.join(', ')}, refused ${refused.length}`
  for (const each of refused.slice(0, 10)) process.stderr.write(`${each}\n`)
  return [result, refused.length === 0 && counts.every((count) => count.endsWith(' 0') || count.startsWith('seed'))]
}

async function hubsWithRedis(root: string): Promise<[string, boolean]> {
  const { url: REDIS_URL = '' } = await startEngine(redis)
  const ending = new AbortController()
  const disturbing = disturbRedis(REDIS_URL, chanceOf(seed + 2), ending.signal)
  const [result, good] = await severalHubs(root, { REDIS_URL }).finally(() => ending.abort())
  const { emptied, paused, killed } = await disturbing
  return [`${result}; Redis emptied ${emptied}, paused ${paused}, killed ${killed} times`, good]
}

async function serverFault(root: string, fault: string): Promise<[string, boolean]> {
  const databases = await newDatabases(url)
  const { url: store, keysUrl } = databases.settings
  const site = await makeSite(root, { DATABASE_URL: store, KEYS_DATABASE_URL: keysUrl })
  const hub = await startHub(site)
  const report = await playServerFault(site, url, { fault, times: Number(values.times ?? 3), seed })
  await hub.stop()
  const { code } = await runCommand(site, ['verify-log'])
  await databases.drop()
  const { lost, unexpected, twice, otherId, refused, changedIds, acknowledged, attempts } = report
  const bad = [...lost, ...unexpected, ...twice, ...otherId, ...refused]
  for (const each of bad.slice(0, 10)) process.stderr.write(`${each}\n`)
  const counts = `lost ${lost.length}, unexpected ${unexpected.length}, twice ${twice.length}, other id ${otherId.length + changedIds}, refused ${refused.length}`
  const result = `${values.times ?? 3} times; ${acknowledged} of ${attempts} acknowledged; ${counts}; log ${code === 0 ? 'whole' : 'BROKEN'}`
  return [result, bad.length === 0 && changedIds === 0 && code === 0]
}

const plays: [string, (root: string) => Promise<[string, boolean]>][] = [
  ...SERVER_FAULTS.map((fault): (typeof plays)[number] => [fault, (root) => serverFault(root, fault)]),
  ['several hubs', (root) => severalHubs(root)],
  ['hubs with a Redis that fails', hubsWithRedis],
]
for (const [name, play] of plays.filter(([each]) => each.includes(values.only ?? ''))) {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const from = performance.now()
  const [result, good] = await play(root).finally(() => rmSync(root, { recursive: true, force: true }))
  const seconds = String(Math.round((performance.now() - from) / 1000)).padStart(4)
  process.stdout.write(`${good ? 'good' : 'BAD '}  ${name.padEnd(34)} ${seconds} s  ${result}\n`)
  if (!good) process.exitCode = 1
}
