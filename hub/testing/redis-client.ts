import { createLog } from '../edges/log.ts'
import { type RedisClient, redisClient } from '../edges/redis/client.ts'
import { type RedisSettings, readRedisSettings } from '../edges/redis/settings.ts'

export function redisSettings(url: string): RedisSettings {
  return readRedisSettings((name) => (name === 'REDIS_URL' ? url : ''), []) as RedisSettings
}

/** A connected client of its own. */
export async function clientOf(url: string, times = { answer_ms: 5000 }): Promise<RedisClient> {
  const client = redisClient(redisSettings(url), createLog('silent'), times)
  await client.connected
  return client
}
