import { HubError } from '../../errors.ts'
import type { ReplayCache } from '../../ports/shared.ts'
import type { RedisClient, Script } from './client.ts'

/**
 * A bucket is a sorted set: ids by the second until which they count, and below zero its mark, since when it has been whole in this run of the server.
 * Without its mark it has lost something, and begins now. ARGV: id, until, made at the earliest, now (seconds), most ids.
 * Ids are kept two minutes longer than they count, for hubs whose clocks differ. Answers 1 for an id that is new, 0 for one that was used, -1 for one from before the bucket was whole: it may have been used.
 */
const USE: Script = {
  name: 'useOnce',
  lua: `
local bucket, id, now = KEYS[1], ARGV[1], tonumber(ARGV[4])
local mark = 'heel ' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local since = redis.call('ZSCORE', bucket, mark)
if not since then
  redis.call('ZREMRANGEBYSCORE', bucket, '-inf', '(0')
  redis.call('ZADD', bucket, -now, mark)
  since = -now
end
redis.call('ZREMRANGEBYSCORE', bucket, 0, '(' .. now - 120)
if redis.call('ZCARD', bucket) > tonumber(ARGV[5]) then return 0 end
local before = redis.call('ZSCORE', bucket, id)
redis.call('ZADD', bucket, ARGV[2], id)
if before and tonumber(before) >= now then return 0 end
if tonumber(ARGV[3]) <= -tonumber(since) then return -1 end
return 1`,
}

/** Marks a bucket that never was as whole from the start. */
const BEGIN: Script = {
  name: 'useOnceBegin',
  lua: `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return redis.call('ZADD', KEYS[1], -1, 'heel ' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'))`,
}

interface Size {
  buckets: number
  /** Per bucket. */
  ids_max: number
}

const SIZE: Size = { buckets: 16, ids_max: 100_000 }
const RETRY_AFTER_S = 5

/** What was used at any hub; it fails when Redis does not answer. `begin` says that nothing was ever used. */
export function redisReplays(client: RedisClient, prefix: string, { buckets, ids_max }: Size = SIZE) {
  const names = Array.from({ length: buckets }, (_, number) => `${prefix}:gebruikt:{${number}}`)
  return {
    async begin(): Promise<void> {
      await Promise.all(names.map((name) => client.run(BEGIN, [name], [])))
    },
    /** Undefined: from before what is remembered. */
    async use(id: string, { made_s, until_s, now_s }: Parameters<ReplayCache['use']>[1]): Promise<boolean | undefined> {
      const bucket = names[id.charCodeAt(0) % buckets] as string
      const answer = await client.run(USE, [bucket], [id, Math.ceil(until_s), Math.floor(made_s), Math.floor(now_s), ids_max])
      return answer === -1 ? undefined : answer === 1
    },
  }
}

/**
 * An id is used once at all hubs together. Where Redis cannot say, one hub that has the store for itself goes by its own memory; of several
 * none may: the id could have been used at another, so the request is to be made again later, with a new one.
 */
export function sharedReplays(
  shared: Pick<ReturnType<typeof redisReplays>, 'use'>,
  own: ReplayCache,
  isAlone: boolean,
): ReplayCache {
  return {
    async use(id, times) {
      const there = await shared.use(id, times).catch(() => undefined)
      if (there === false) return false
      if (there === undefined && !isAlone)
        throw new HubError('tijdelijk-niet-beschikbaar', {
          detail:
            'Of dit bewijs eerder is gebruikt, is nu niet na te gaan. Probeer het over enkele seconden opnieuw, met een nieuw bewijs.',
          retryAfter_s: RETRY_AFTER_S,
        })
      return own.use(id, times)
    },
  }
}
