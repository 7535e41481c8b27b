import { HubError } from '../../errors.ts'

/** Counts a request of a client; throws `te-veel-verzoeken` when it asks too much. */
export type RateLimit = (client: string) => void

/**
 * A token bucket per client: `perSecond` on average, `burst` at once. In process; forgotten on a restart. Only clients of the region
 * come this far, so there are never many.
 */
export function rateLimit(
  limits: { perSecond: number; burst: number },
  now_ms: () => number = performance.now.bind(performance),
): RateLimit {
  const buckets = new Map<string, { left: number; at_ms: number }>()
  return (client) => {
    const at_ms = now_ms()
    const bucket = buckets.get(client) ?? { left: limits.burst, at_ms }
    bucket.left = Math.min(limits.burst, bucket.left + ((at_ms - bucket.at_ms) / 1000) * limits.perSecond)
    bucket.at_ms = at_ms
    buckets.set(client, bucket)
    if (bucket.left < 1)
      throw new HubError('te-veel-verzoeken', { retryAfter_s: Math.ceil((1 - bucket.left) / limits.perSecond) })
    bucket.left -= 1
  }
}
