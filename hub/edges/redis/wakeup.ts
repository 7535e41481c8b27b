import { randomBytes } from 'node:crypto'
import type { Wakeup } from '../../ports.ts'
import type { RedisClient } from './client.ts'

const GATHER_MS = 2

/** A wake-up that the other hubs hear too, a moment later. While Redis is away only this one hears it. */
export function sharedWakeup(local: Wakeup, client: RedisClient, channel: string): Wakeup {
  const self = randomBytes(8).toString('hex')
  let isRung = false
  client.subscribe(channel, (from) => {
    if (from !== self) local.ring()
  })
  return {
    ring() {
      local.ring()
      if (isRung) return
      isRung = true
      setTimeout(() => {
        isRung = false
        client.publish(channel, self).catch(() => {})
      }, GATHER_MS)
    },
    listen: local.listen,
  }
}
