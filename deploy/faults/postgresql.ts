// npm run faults:postgresql -- [--hubs 2] [--persons 500] [--kills 13] [--times 3] [--seed 1] [--only TEXT]
// What befalls the server while senders are at work on one hub, and several hubs on one database that are killed, so many times at named steps and as often at any moment,
// also with a Redis that is emptied, paused and killed meanwhile; then what is lost, double or missed is counted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeSite, runCommand, startHub } from '../../hub/faults/child-hub.ts'
import { cpuSeconds } from '../bench/cpu.ts'
import { newDatabases } from '../engines/databases.ts'
import { postgresql } from '../engines/postgresql.ts'
import { redis } from '../engines/redis.ts'
import { runningPid, startEngine } from '../engines/running.ts'
import type { KillCounts } from './hub-kills.ts'
import { playServerFault, SERVER_FAULTS } from './postgresql-server.ts'
import { playSeveralHubs } from './several-hubs.ts'

const text = { type: 'string' } as const
const options = { hubs: text, persons: text, kills: text, times: text, seed: text, only: text }
const { values } = parseArgs({ options })
const seed = Number(values.seed ?? 1)
const { url = '' } = await startEngine(postgresql)

async function severalHubs(root: string, redisUrl?: string): Promise<[string, boolean]> {
  const sizes = {
    hubs: Number(values.hubs ?? 2),
    persons: Number(values.persons ?? 500),
    kills: Number(values.kills ?? 13),
    seed,
  }
  const before_s = cpuNow()
  const report = await playSeveralHubs(root, url, { ...sizes, ...(redisUrl ? { redisUrl } : {}) })
  const { seconds, kills, redis: faults, deliveredAgain } = report
  const { refused, ...counts } = report.judgement
  for (const each of refused.slice(0, 10)) process.stderr.write(`${each}\n`)
  process.stdout.write(tableOf(kills))
  const seen = Object.values(kills.atSteps).reduce((sum, step) => sum + step.seen, 0)
  const wrong = Object.entries({ ...counts, refused: refused.length })
  const result = [
    `${sizes.hubs} hubs, ${seen} kills at steps, ${kills.atRandom} at any moment`,
    `${report.registrations} registrations of ${sizes.persons} persons in ${Math.round(seconds)} s, CPU ${Math.round(cpuNow() - before_s)} s`,
    wrong.map(([name, count]) => `${name} ${count}`).join(', '),
    `delivered again ${deliveredAgain}`,
    ...(redisUrl ? [`Redis emptied ${faults.emptied}, paused ${faults.paused}, killed ${faults.killed} times`] : []),
  ]
  return [result.join('; '), wrong.every(([, count]) => count === 0)]
}

/** Of this process, of all that it started, and of PostgreSQL. */
const cpuNow = () => cpuSeconds([process.pid, runningPid(postgresql)])

function tableOf({ atSteps }: KillCounts): string {
  const line = (name: string, wanted: unknown, seen: unknown) =>
    `${name.padEnd(44)} ${String(wanted).padStart(6)} ${String(seen).padStart(6)}\n`
  const lines = Object.entries(atSteps).map(([name, { wanted, seen }]) => line(name, wanted, seen))
  return line('killed at', 'wanted', 'seen') + lines.join('')
}

async function hubsWithRedis(root: string): Promise<[string, boolean]> {
  const { url: redisUrl = '' } = await startEngine(redis)
  return severalHubs(root, redisUrl)
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
