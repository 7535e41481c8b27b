import { HubError } from '../../errors.ts'

/** Kinds of request, each with a bucket of its own, so that a busy sender can still read. `onbekend`: what is no route at all. */
export type RequestKind = 'lezen' | 'schrijven' | 'zoeken' | 'onbekend'

/** Counts a request of a client (for `onbekend`: of an address); throws `te-veel-verzoeken` when it asks too much. */
export interface RateLimit {
  count(asker: string, kind: RequestKind): void
  /** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) for who asks. */
  headers(asker: string, kind: RequestKind): Record<string, string>
}

interface Bucket {
  left: number
  at_ms: number
}

const ASKERS_MAX = 10_000
/** What is left is told in steps, rounded: whoever asks little sees the same on every answer, whatever was asked. */
const STEPS = 20

/**
 * A token bucket per asker and kind: `perSecond` on average, twice that at once. In process; forgotten on a restart. When there are more
 * askers than can be remembered, those that asked longest ago start anew.
 */
export function rateLimit(perSecond: number, now_ms: () => number = performance.now.bind(performance)): RateLimit {
  const burst = perSecond * 2
  const buckets = new Map<string, Bucket>()
  const bucketOf = (asker: string, kind: RequestKind) => {
    const name = `${kind} ${asker}`
    const at_ms = now_ms()
    const bucket = buckets.get(name) ?? { left: burst, at_ms }
    bucket.left = Math.min(burst, bucket.left + ((at_ms - bucket.at_ms) / 1000) * perSecond)
    bucket.at_ms = at_ms
    buckets.delete(name)
    buckets.set(name, bucket)
    if (buckets.size > ASKERS_MAX) buckets.delete(buckets.keys().next().value as string)
    return bucket
  }
  return {
    count(asker, kind) {
      const bucket = bucketOf(asker, kind)
      if (bucket.left < 1) throw new HubError('te-veel-verzoeken', { retryAfter_s: Math.ceil((1 - bucket.left) / perSecond) })
      bucket.left -= 1
    },
    headers(asker, kind) {
      const { left } = bucketOf(asker, kind)
      const told = left < 1 ? 0 : Math.round((left / burst) * STEPS) * (burst / STEPS)
      return {
        'RateLimit-Policy': `"${kind}";q=${burst};w=2`,
        RateLimit: `"${kind}";r=${Math.round(told)};t=${left < 1 ? 1 : 0}`,
      }
    },
  }
}
