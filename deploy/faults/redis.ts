import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Chance } from '../../hub/bench/linking/random.ts'
import { redis } from '../engines/redis.ts'
import { signalEngine, startEngine } from '../engines/running.ts'

const REST_MS = { least: 200, most: 4000 }
const PAUSE_MS_MAX = 1500

/** What befalls Redis, by how often it did. */
export type RedisFaults = Record<'emptied' | 'paused' | 'killed', number>

/** Empties, pauses and kills the Redis at `url` at random moments until `ended`. */
export async function disturbRedis(url: string, chance: Chance, ended: AbortSignal): Promise<RedisFaults> {
  const done: RedisFaults = { emptied: 0, paused: 0, killed: 0 }
  while (!ended.aborted) {
    const kind = chance.pick(['emptied', 'emptied', 'paused', 'killed'] as const)
    if (kind === 'killed') {
      signalEngine(redis, 'SIGKILL')
      await wait(chance.below(PAUSE_MS_MAX))
      await startEngine(redis)
    } else
      await order(url, (admin) => (kind === 'emptied' ? admin.flushall() : admin.client('PAUSE', chance.below(PAUSE_MS_MAX))))
    done[kind]++
    await wait(REST_MS.least + chance.below(REST_MS.most - REST_MS.least), undefined, { signal: ended }).catch(() => {})
  }
  return done
}

async function order(url: string, give: (admin: Redis) => Promise<unknown>): Promise<void> {
  const admin = new Redis(url)
  admin.on('error', () => {})
  try {
    await give(admin)
  } finally {
    admin.disconnect()
  }
}
