import type { Allowances, Refill } from '../../ports/shared.ts'
import type { RedisClient, Script } from './client.ts'

/** By the clock of Redis, so that every hub counts by the same one. ARGV: tokens a second, tokens of a full bucket. */
const BUCKET = `
local time = redis.call('TIME')
local now, perSecond, burst = time[1] * 1000 + time[2] / 1000, tonumber(ARGV[1]), tonumber(ARGV[2])
local known = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = math.min(burst, (tonumber(known[1]) or burst) + math.max(0, now - (tonumber(known[2]) or now)) / 1000 * perSecond)
`

const LEFT: Script = { name: 'bucketLeft', lua: `${BUCKET}return string.format('%.6f', left)` }

const TAKE: Script = {
  name: 'bucketTake',
  lua: `${BUCKET}
local answer = left - 1
if left >= 1 then left = answer end
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / perSecond * 1000) + 1000)
return string.format('%.6f', answer)`,
}

/** ARGV: thing, most different ones, milliseconds of the period. */
const COUNT_ONCE: Script = {
  name: 'countOnce',
  lua: `
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 0 end
local count = redis.call('SCARD', KEYS[1])
if count >= tonumber(ARGV[2]) then return math.max(1, redis.call('PTTL', KEYS[1])) end
redis.call('SADD', KEYS[1], ARGV[1])
if count == 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 0`,
}

/** Counted in Redis, for all hubs together. `hash`: keyed, so that neither an address nor an id stands there. */
export function redisAllowances(client: RedisClient, prefix: string, hash: (text: string) => string): Allowances {
  const onBucket = async (script: Script, name: string, { perSecond, burst }: Refill) =>
    Number(await client.run(script, [`${prefix}:emmer:${hash(name)}`], [perSecond, burst]))
  return {
    take: (name, refill) => onBucket(TAKE, name, refill),
    left: (name, refill) => onBucket(LEFT, name, refill),
    async countOnce(name, thing, { max, period_ms }) {
      return Number(await client.run(COUNT_ONCE, [`${prefix}:geteld:${hash(name)}`], [hash(thing), max, period_ms]))
    },
  }
}

/**
 * Counted by all hubs together, and by this one alone while they cannot. What is counted once is counted here too, so that a Redis that is away, or
 * forgot, gives nobody a second hour.
 */
export function allowancesWithFallback(shared: Allowances, own: Allowances): Allowances {
  return {
    take: (name, refill) => shared.take(name, refill).catch(() => own.take(name, refill)),
    left: (name, refill) => shared.left(name, refill).catch(() => own.left(name, refill)),
    async countOnce(name, thing, limit) {
      const here = await own.countOnce(name, thing, limit)
      return here > 0 ? here : shared.countOnce(name, thing, limit).catch(() => here)
    },
  }
}
