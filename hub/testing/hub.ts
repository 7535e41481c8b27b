import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Hub } from '../context.ts'
import { createLog } from '../edges/log.ts'
import { storeFile } from '../edges/store/store-file.ts'
import { onFile } from '../edges/store/testing/on-file.ts'
import { openHub } from '../hub.ts'
import { startServer } from '../server.ts'
import { expectConform } from './conforms.ts'
import { type Answer, type Ask, sendRequest } from './request.ts'
import { type TokenOptions, tokensOf } from './tokens.ts'

/** A hub in this process, on a port of its own and with folders of its own, in demo mode and without any registration. */
export interface TestHub {
  /** `http://127.0.0.1:PORT`. */
  baseUrl: string
  config: Config
  /** The inside, for what no request shows. */
  hub: Hub
  /** What its store is in. */
  engine: 'sqlite' | 'postgresql'
  /** What one statement on the store answers, from outside the hub. Whole numbers of PostgreSQL come as text. */
  onStore(statement: string): Promise<Record<string, unknown>[]>
  /** An access token of a demo client; the same one as long as the options are the same. */
  token(client: string, options?: TokenOptions): Promise<string>
  /** One request to `/v1` + path as a demo client (null: without token); its answer is held against the OpenAPI document. */
  ask(client: string | null, method: string, path: string, ask?: Ask): Promise<Answer>
  /** Resolves when nothing waits to be linked: every match and event of what was sent is there. */
  untilProcessed(): Promise<void>
  /** Stops the hub and starts it anew on the same folders, on another port. */
  restart(): Promise<void>
  /** Stops the hub and removes its folders. */
  stop(): Promise<void>
}

export interface TestHubOptions {
  /** Where the domain's calendar starts. */
  clock?: string
  /** Id or path of a region or a policy other than the example's. */
  region?: string
  policy?: string
  logLevel?: string
  host?: string
  requestsPerSecond?: number
  personsPerHour?: number
  loginsPerMinute?: number
  pagesPerMinute?: number
  trustedProxies?: Config['trustedProxies']
  tokenBinding?: Config['tokenBinding']
  tls?: Config['tls']
  /** Another identity provider than the demo's own. */
  issuer?: string
  kafka?: Config['kafka']
  /** PostgreSQL instead of SQLite. */
  database?: () => Promise<TestDatabases>
  redis?: Config['redis']
}

/** Databases of PostgreSQL for one hub. */
export interface TestDatabases {
  settings: Config['database']
  rows(statement: string): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

/** What holds for every hub of a run of tests: databases for each, where it is to be another engine than SQLite. */
export const testDefaults: { database?: () => Promise<TestDatabases> } = {}

/** Starts a hub for a test. `stop` it in an `after`. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const own = await (options.database ?? testDefaults.database)?.()
  const config = testConfig(root, options, own?.settings ?? null)
  let running = await start(config)
  const test: TestHub = {
    get baseUrl() {
      return running.baseUrl
    },
    config,
    engine: own ? 'postgresql' : 'sqlite',
    onStore: async (statement) => own?.rows(statement) ?? onFile(storeFile(config.dataDir), statement),
    get hub() {
      return running.hub
    },
    token: (client, options) => running.token(client, options),
    async ask(client, method, path, ask = {}) {
      const token = client === null ? null : await running.token(client)
      const answer = await sendRequest(`${running.baseUrl}/v1${path}`, method, token, ask)
      expectConform(method, path, answer)
      return answer
    },
    untilProcessed: () => untilProcessed(running.hub),
    async restart() {
      await running.stop()
      running = await start(config)
    },
    async stop() {
      await running.stop()
      await own?.drop()
      rmSync(root, { recursive: true, force: true })
    },
  }
  return test
}

async function start(config: Config) {
  const log = createLog(config.logLevel)
  const { hub, close } = await openHub(config, 'test', log)
  const server = await startServer(hub, config, log)
  const stop = async () => {
    await server.stop()
    await close()
  }
  return { hub, baseUrl: server.baseUrl, token: tokensOf(hub, config, server.baseUrl), stop }
}

async function untilProcessed(hub: Hub): Promise<void> {
  const waits = () =>
    hub.store.read(async (tx) => (await tx.registrations.waiting(1)).length + (await tx.lifeEvents.oldest(1)).length)
  while ((await waits()) > 0) await wait(5)
}

function testConfig(
  root: string,
  {
    clock,
    region,
    policy,
    logLevel,
    host,
    requestsPerSecond,
    personsPerHour,
    loginsPerMinute,
    pagesPerMinute,
    trustedProxies,
    tokenBinding,
    tls,
    issuer,
    kafka,
    redis,
  }: TestHubOptions,
  database: Config['database'],
): Config {
  return {
    host: host ?? '127.0.0.1',
    port: 0,
    dataDir: join(root, 'data'),
    keysDir: join(root, 'keys'),
    stateDir: join(root, 'state'),
    database,
    issuer: issuer ?? null,
    audience: 'urn:verwijsindex:api',
    tokenBinding: tokenBinding ?? 'none',
    tls: tls ?? null,
    policy: policy ?? null,
    region: region ?? 'voorbeeld',
    demo: true,
    logLevel: logLevel ?? 'silent',
    clock: clock === undefined ? null : new Date(clock),
    inboxDir: null,
    kafka: kafka ?? null,
    redis: redis ?? null,
    fhirSources: [],
    metricsPort: null,
    requestsPerSecond: requestsPerSecond ?? 1000,
    personsPerHour: personsPerHour ?? 50_000,
    loginsPerMinute: loginsPerMinute ?? 6000,
    pagesPerMinute: pagesPerMinute ?? 12_000,
    trustedProxies: trustedProxies ?? [],
    publicUrl: null,
  }
}
