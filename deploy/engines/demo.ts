// npm run demo:engines -- [--without kafka] [--without keycloak]
// Brings and starts the engines, runs the demo once on one machine's own means and once on all engines, and compares the two reports.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { makeSite, runCommand, type Site } from '../../hub/faults/child-hub.ts'
import { newDatabases } from './databases.ts'
import type { Address, Engine } from './engine.ts'
import { kafka } from './kafka.ts'
import { keycloak } from './keycloak.ts'
import { bringPackages } from './packages.ts'
import { postgresql } from './postgresql.ts'
import { redis } from './redis.ts'
import { findProgram } from './run.ts'
import { folderOf, startEngine } from './running.ts'

interface Report {
  toegangslog: { omvang: number; heel: boolean }
}

/** Which settings an engine comes to; `keysDir` is where the demo keeps its clients' keys. */
const SETTINGS: [Engine, (address: Address, keysDir: string) => Promise<Record<string, string>>][] = [
  [postgresql, async ({ url = '' }) => databasesOn(url)],
  [redis, async ({ url = '' }) => ({ REDIS_URL: url })],
  [kafka, async ({ brokers = '' }) => ({ KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: `demo-${Date.now()}` })],
  [keycloak, async ({ url = '', clients = '' }, keysDir) => providedBy(url, clients, keysDir)],
]

const { values } = parseArgs({ options: { without: { type: 'string', multiple: true, default: [] } } })
const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
const drops: (() => Promise<void>)[] = []
try {
  const wanted = SETTINGS.filter(([{ name }]) => !values.without.includes(name))
  const settings: Record<string, string> = {}
  for (const [engine, settingsOf] of wanted)
    Object.assign(settings, await settingsOf(await started(engine), join(root, 'motoren/keys')))
  const plain = await reportOf(await makeSite(join(root, 'gewoon')))
  const site = await makeSite(join(root, 'motoren'), settings)
  const onEngines = await reportOf(site)
  const isSame = isDeepStrictEqual(compared(plain), compared(onEngines))
  const files = filesOfSqlite(site)
  process.stdout.write(`${JSON.stringify(onEngines, null, 2)}\n`)
  say(`engines: ${wanted.map(([{ name }]) => name).join(', ')}`)
  say(isSame ? 'the report is the same as without engines' : `without engines the report is another: ${JSON.stringify(plain)}`)
  say(files.length === 0 ? 'no file of SQLite was opened' : `files of SQLite: ${files.join(', ')}`)
  process.exitCode = isSame && files.length === 0 ? 0 : 1
} finally {
  for (const drop of drops) await drop()
  rmSync(root, { recursive: true, force: true })
}

async function started(engine: Engine): Promise<Address> {
  bringPackages(engine.needs.filter(({ program }) => !findProgram(program)).flatMap(({ packages }) => packages))
  engine.install(folderOf(engine))
  say(`${engine.name} starts`)
  return startEngine(engine)
}

async function databasesOn(server: string): Promise<Record<string, string>> {
  const { settings, drop } = await newDatabases(server)
  drops.push(drop)
  return { DATABASE_URL: settings.url, KEYS_DATABASE_URL: settings.keysUrl }
}

/** The provider's realm was made with keys of its own, which the demo's clients then have to use. */
async function providedBy(issuer: string, clients: string, keysDir: string): Promise<Record<string, string>> {
  mkdirSync(keysDir, { recursive: true })
  const sleutels = JSON.parse(readFileSync(clients, 'utf8'))
  writeFileSync(join(keysDir, 'demo-clients.json'), JSON.stringify({ demo: 'proef', sleutels }), { mode: 0o600 })
  return { OIDC_ISSUER: issuer, TOKEN_BINDING: 'dpop' }
}

async function reportOf(site: Site): Promise<Report> {
  const { code, stdout, stderr } = await runCommand(site, ['demo', '--once', '--json'])
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${stderr.slice(-3000)}`)
  return JSON.parse(stdout)
}

/** How many lines the log has depends on how often was asked whether all was ready. */
function compared({ toegangslog, ...report }: Report) {
  return { ...report, heel: toegangslog.heel }
}

function filesOfSqlite({ root: folder }: Site): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.sqlite|\.db(-|$)/.test(name))
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
