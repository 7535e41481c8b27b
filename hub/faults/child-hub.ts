import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { demoCertificatePath } from '../edges/auth/demo-certificates.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { demoIssuer, signDemoToken } from '../edges/auth/demo-token.ts'
import { tlsFetch } from '../edges/auth/tls-fetch.ts'
import { loadRegion } from '../region.ts'

/** The command line, for who starts it otherwise. */
export const COMMAND = join(import.meta.dirname, '..', 'verwijsindex.mjs')
const HOST = '127.0.0.1'
const READY_MS_MAX = 90_000
const TOKEN_S = 900
const RENEW_AFTER_MS = 600_000

/** A hub of its own under `root`: its folders, its port, and the command line on them, as an outside program would use it. */
export interface Site {
  root: string
  port: number
  baseUrl: string
  env: Record<string, string>
}

export async function makeSite(root: string, settings: Record<string, string> = {}): Promise<Site> {
  mkdirSync(join(root, 'leeg'), { recursive: true })
  const port = await freePort()
  const dirs = { DATA_DIR: join(root, 'data'), KEYS_DIR: join(root, 'keys'), STATE_DIR: join(root, 'state') }
  const env = { HOME: root, HOST, PORT: String(port), LOG_LEVEL: 'warn', ...dirs, ...settings }
  const scheme = settings.TOKEN_BINDING === 'mtls' ? 'https' : 'http'
  return { root, port, baseUrl: `${scheme}://${HOST}:${port}`, env }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a command of the hub on a site until it ends; `input` goes to its stdin. */
export async function runCommand(site: Site, args: string[], input?: string): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: site.env, cwd: site.root })
  const ended = watch(child)
  child.stdin?.end(input)
  return ended
}

/** What a command prints, line by line; throws at its end when it did not end well. */
export async function* linesOfCommand(site: Site, args: string[]): AsyncGenerator<string> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: site.env, cwd: site.root, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  yield* createInterface({ input: child.stdout })
  const [code] = await closed
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}`)
}

function watch(child: ChildProcess, onText: (text: string) => void = () => {}): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
      onText(text)
    })
  return once(child, 'close').then(([code]) => ({ code, ...texts }))
}

export interface RunningHub {
  pid: number
  /** Milliseconds from the start of the process until it took requests. */
  startedIn_ms: number
  /** How it ended, whoever ended it. */
  ended: Promise<Ended>
  kill(): Promise<void>
  /** Asks it to stop, and answers how it ended. */
  stop(): Promise<Ended>
}

/** Starts the demo on an empty region and waits until it takes requests; throws with its own words when it ends before. */
export async function startHub(site: Site, nodeOptions: string[] = []): Promise<RunningHub> {
  const from = performance.now()
  const args = [COMMAND, 'demo', '--dir', join(site.root, 'leeg')]
  const env = { ...site.env, ...(nodeOptions.length > 0 ? { NODE_OPTIONS: nodeOptions.join(' ') } : {}) }
  const child = spawn(process.execPath, args, { env, cwd: site.root, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = watch(child)
  let end: Ended | undefined
  void ended.then((how) => {
    end = how
  })
  while (!(await isReady(site))) {
    if (end) throw new Error(`hub ended with ${end.code}: ${end.stderr.slice(-2000)}`)
    if (performance.now() - from > READY_MS_MAX) {
      child.kill('SIGKILL')
      throw new Error('hub was not ready in time')
    }
    await wait(10)
  }
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    pid: child.pid as number,
    startedIn_ms: performance.now() - from,
    ended,
    kill: async () => void (await kill('SIGKILL')),
    stop: () => kill('SIGTERM'),
  }
}

/** `fetch` to the site's hub, also where it speaks TLS by a certificate of its own; with `client`, showing that client's. */
export function fetchTo({ baseUrl, env }: Site, client?: string): typeof fetch {
  if (baseUrl.startsWith('http:')) return fetch
  const pem = (holder: 'hub' | `client-${string}`) => readFileSync(demoCertificatePath(env.KEYS_DIR as string, holder), 'utf8')
  return tlsFetch(pem('hub'), client && pem(`client-${client}`))
}

async function isReady(site: Site): Promise<boolean> {
  if (site.baseUrl.startsWith('https:') && !existsSync(demoCertificatePath(site.env.KEYS_DIR as string, 'hub'))) return false
  return fetchTo(site)(`${site.baseUrl}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
    async (response) => (await response.text()) !== '' && response.ok,
    () => false,
  )
}

/** Gives each client's token, signed with the demo's key as `verwijsindex token` does; a new one now and then. */
export function tokensOf(site: Site): (client: string) => Promise<string> {
  const region = loadRegion('voorbeeld')
  const known = new Map<string, { token: string; at_ms: number }>()
  return async (id) => {
    const earlier = known.get(id)
    if (earlier && performance.now() - earlier.at_ms < RENEW_AFTER_MS) return earlier.token
    const client = region.clients.find((other) => other.id === id)
    if (!client) throw new Error(`no client ${id}`)
    const issuer = demoIssuer(HOST, site.port)
    const key = await demoProviderKey(site.env.KEYS_DIR as string)
    const token = await signDemoToken(key, client, { issuer, audience: 'urn:verwijsindex:api', scope: null, ttl_s: TOKEN_S })
    known.set(id, { token, at_ms: performance.now() })
    return token
  }
}
