import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { RedisSettings } from './settings.ts'

/** A script by its name, with its text. */
export interface Script {
  name: string
  lua: string
}

/** A connection to Redis. Nothing waits for it longer than its time: when Redis is away or hangs, a call fails. */
export interface RedisClient {
  isCluster: boolean
  /** Runs a script as one step; in a cluster all its keys must lie in one slot. */
  run(script: Script, keys: string[], args: (string | number)[]): Promise<unknown>
  publish(channel: string, text: string): Promise<void>
  /** Hears what is published from now on; what is published while the connection is broken is lost. */
  subscribe(channel: string, heard: (text: string) => void): void
  close(): void
  /** Resolves when there is a connection, or when there was none for a while. */
  connected: Promise<void>
}

/** After a call that failed nothing is sent for so long, so that a Redis that hangs holds up one call and not every one. */
const REST_MS = 300
const CONNECT_MS = 2000
const RECONNECT_MS_MAX = 1000

type Commands = Record<string, (count: number, ...rest: (string | number)[]) => Promise<unknown>>

/** Redis through ioredis, without its queues: what cannot be sent now fails now, and nothing is sent a second time. */
export function redisClient(settings: RedisSettings, log: Logger, { answer_ms }: { answer_ms: number }): RedisClient {
  const [first] = settings.addresses as [URL]
  const isCluster = settings.addresses.length > 1
  const client = isCluster ? clusterOf(settings) : new Redis(urlOf(first), { ...optionsOf(settings), ...ALONE })
  logFaults(client, log)
  const known = new Set<string>()
  let restsUntil = 0
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    if (performance.now() < restsUntil) throw new Error('Redis does not answer')
    try {
      return await within(answer_ms, work())
    } catch (error) {
      if (!isReply(error)) restsUntil = performance.now() + REST_MS
      if (error instanceof TimedOut) client.disconnect(true)
      throw error
    }
  }
  return {
    isCluster,
    run: ({ name, lua }, keys, args) =>
      attempt(() => {
        if (!known.has(name)) client.defineCommand(name, { lua })
        known.add(name)
        return ((client as unknown as Commands)[name] as Commands[string])(keys.length, ...keys, ...args)
      }),
    publish: async (channel, text) => void (await attempt(() => client.publish(channel, text))),
    subscribe(channel, heard) {
      client.on('message', (from: string, text: string) => from === channel && heard(text))
      const listen = () => void client.subscribe(channel).catch(() => {})
      client.on('ready', listen)
      if (client.status === 'ready') listen()
    },
    close: () => client.disconnect(),
    connected: new Promise((resolve) => {
      const timer = setTimeout(resolve, CONNECT_MS)
      client.once('ready', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
  }
}

const reconnectAfter = (attempts: number) => Math.min(50 * 2 ** Math.min(attempts, 10), RECONNECT_MS_MAX)

/** `subscribe` does it anew by itself: ioredis hears no failure of its own subscribing, which then would end the process (6.0.0). */
const ALONE = {
  ...{ retryStrategy: reconnectAfter, enableOfflineQueue: false, maxRetriesPerRequest: 0 },
  autoResubscribe: false,
} satisfies RedisOptions

function optionsOf({ addresses, ca }: RedisSettings) {
  const isSecret = addresses.some(({ protocol }) => protocol === 'rediss:')
  const common = { connectTimeout: CONNECT_MS, autoResendUnfulfilledCommands: false, connectionName: 'verwijsindex' }
  return { ...common, ...(isSecret ? { tls: ca ? { ca } : {} } : {}) }
}

function clusterOf(settings: RedisSettings): Cluster {
  const { username, password } = settings.addresses[0] as URL
  const credentials = {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  }
  const nodes = settings.addresses.map(({ hostname, port }) => ({ host: hostname, port: Number(port || 6379) }))
  return new Cluster(nodes, {
    enableOfflineQueue: false,
    clusterRetryStrategy: reconnectAfter,
    redisOptions: { ...optionsOf(settings), ...credentials, maxRetriesPerRequest: 0 },
  })
}

function urlOf(address: URL): string {
  return address.href
}

class TimedOut extends Error {}

async function within<T>(limit_ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimedOut(`no answer within ${limit_ms} ms`)), limit_ms)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Whether Redis answered, be it with a refusal. */
function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError'
}

/** Once when it begins and once when it is over; the address stands in no line, a password may be in it. */
function logFaults(client: Redis | Cluster, log: Logger): void {
  let isAway = false
  client.on('error', (error: Error & { code?: string }) => {
    if (!isAway) log.warn({ reden: error.code ?? error.name }, 'redis: niet te bereiken')
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) log.warn('redis: weer te bereiken')
    isAway = false
  })
}
