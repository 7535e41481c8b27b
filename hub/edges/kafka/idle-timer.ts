import { createRequire } from 'node:module'

interface RequestQueue {
  pending: unknown[]
  throttledUntil: number
  scheduleCheckPendingRequests(): void
}

const queue: { prototype: RequestQueue } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue')
const schedule = queue.prototype.scheduleCheckPendingRequests
let isQuiet = false

/**
 * kafkajs 2.2.4 wakes up every millisecond for each connection, for ever, to look after requests that wait: a tenth of a processor for
 * nothing. From now on it only does while one waits. Call it before a client is made.
 */
export function quietIdleTimer(): void {
  if (isQuiet) return
  isQuiet = true
  queue.prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}
