import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Chance } from '../../hub/bench/linking/random.ts'
import { redis } from '../engines/redis.ts'
import { signalEngine, startEngine } from '../engines/running.ts'
import type { Course } from './course.ts'

const PAUSE_MS_MAX = 1500
/** So often it is struck again at once: while it is being filled. */
const AGAIN_SHARE = 0.3
const AGAIN_MS_MAX = 1000

/** What befalls Redis, by how often it did. */
export type RedisFaults = Record<'emptied' | 'paused' | 'killed', number>

/** Empties, pauses and kills the Redis at `url` so many times, over the whole course. */
export async function disturbRedis(url: string, times: number, course: Course, chance: Chance): Promise<RedisFaults> {
  const done: RedisFaults = { emptied: 0, paused: 0, killed: 0 }
  for (let time = 0; time < times; time++) {
    if (chance.happens(AGAIN_SHARE)) await wait(chance.below(AGAIN_MS_MAX))
    else await course.reaches((time + chance.next()) / (times + 1))
    const kind = chance.pick(['emptied', 'emptied', 'paused', 'killed'] as const)
    if (kind === 'killed') {
      signalEngine(redis, 'SIGKILL')
      await wait(chance.below(PAUSE_MS_MAX))
      await startEngine(redis)
    } else
      await order(url, (admin) => (kind === 'emptied' ? admin.flushall() : admin.client('PAUSE', chance.below(PAUSE_MS_MAX))))
    done[kind]++
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
