import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { engineOrSkip } from './needed.ts'
import { keptPassword } from './password.ts'
import { keptPorts } from './ports.ts'
import { redis } from './redis.ts'
import { program, run } from './run.ts'

const READY_MS = 20_000

/** Three nodes of Redis, none with a replica, that divide the keys among them. */
const redisNodes: Engine[] = [1, 2, 3].map((number) => ({
  ...redis,
  name: `redis-cluster/${number}`,
  async prepare(folder) {
    const data = join(folder, 'data')
    mkdirSync(data, { recursive: true })
    const [port, bus] = await keptPorts(folder, 2)
    const password = keptPassword(dirname(folder))
    const memory = { save: '', appendonly: 'no', dir: data, requirepass: password }
    const cluster = { 'cluster-enabled': 'yes', 'cluster-port': String(bus), 'cluster-node-timeout': '2000' }
    const settings = { port: String(port), bind: '127.0.0.1', ...memory, ...cluster }
    return {
      command: program('redis-server'),
      arguments: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      address: { url: `redis://default:${password}@127.0.0.1:${port}` },
    }
  },
}))

/** Every Redis that the hub must get along with: `REDIS_URL` of each, for a suite's `before`; without it the suite is skipped, by name. */
export const REDIS_URLS: Record<string, (context: Mocha.Context) => Promise<string>> = {
  'one Redis': async (context) => (await engineOrSkip(context, redis)).url as string,
  'a cluster of three': clusterOrSkip,
}

/** Starts the nodes, joined to one cluster, answers `REDIS_URL` of it. */
async function clusterOrSkip(context: Mocha.Context): Promise<string> {
  const urls: string[] = []
  for (const node of redisNodes) urls.push((await engineOrSkip(context, node)).url as string)
  const hosts = urls.map((url) => new URL(url).host)
  const cli = (...args: string[]) => run(program('redis-cli'), ['--no-auth-warning', ...args])
  const isReady = (url: string) => cli('-u', url, 'cluster', 'info').includes('cluster_state:ok')
  const isAlone = (url: string) => cli('-u', url, 'cluster', 'info').includes('cluster_known_nodes:1\r')
  const { password } = new URL(urls[0] as string)
  if (urls.every(isAlone)) cli('-a', password, '--cluster', 'create', ...hosts, '--cluster-replicas', '0', '--cluster-yes')
  for (const end = performance.now() + READY_MS; !urls.every(isReady); await wait(100))
    if (performance.now() > end) throw new Error('the cluster is not ready')
  return urls.join(',')
}
