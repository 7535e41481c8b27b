import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROUNDS = 5
const PARALLEL = 64

interface Served {
  child: ChildProcess
  baseUrl: string
  token: string
  paths: string[]
}

/**
 * Reads of one registration each, 64 at a time, of a hub that logs each durably before it answers, and of one that logs nothing: in
 * turns, so that whatever else the machine does weighs on both alike.
 */
export async function loggedReads(root: string, seconds: number): Promise<{ logged: number; unlogged: number; ratio: number }> {
  const hubs = [
    await startReading(join(root, 'gelogd'), 'gelogd'),
    await startReading(join(root, 'ongelogd'), 'ongelogd'),
  ] as const
  const answers = [0, 0]
  for (const hub of hubs) await readFor(hub, 1000)
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, hub] of hubs.entries()) answers[i] = (answers[i] ?? 0) + (await readFor(hub, (seconds * 1000) / ROUNDS))
  for (const { child } of hubs) {
    child.stdin?.end()
    await once(child, 'close')
  }
  const [logged = 0, unlogged = 0] = answers.map((count) => count / seconds)
  return { logged: Math.round(logged), unlogged: Math.round(unlogged), ratio: logged / unlogged }
}

async function startReading(root: string, mode: string): Promise<Served> {
  const dirs = { DATA_DIR: join(root, 'data'), KEYS_DIR: join(root, 'keys'), STATE_DIR: join(root, 'state') }
  const env = { ...dirs, PORT: '0', DEMO: '1', REQUESTS_PER_SECOND: '100000' }
  const script = fileURLToPath(new URL('./reading-hub.ts', import.meta.url))
  const child = spawn(process.execPath, [script, mode], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ...JSON.parse(line) }
}

/** Answers how many reads were answered within the time. */
async function readFor({ baseUrl, token, paths }: Served, duration_ms: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL })
  const until = performance.now() + duration_ms
  let count = 0
  const reader = async () => {
    while (performance.now() < until) {
      await readOne(baseUrl + paths[count % paths.length], token, agent)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, reader))
  agent.destroy()
  return count
}

function readOne(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`))))
    })
    request.on('error', reject)
  })
}
