import { HubError } from '../../errors.ts'
import type { Allowances } from '../../ports/shared.ts'

/** Kinds of request, each with a bucket of its own, so that a busy sender can still read. `onbekend`: what is no route at all. */
export type RequestKind = 'lezen' | 'schrijven' | 'zoeken' | 'onbekend'

/** Counts a request of a client (for `onbekend`: of an address); throws `te-veel-verzoeken` when it asks too much. */
export interface RateLimit {
  count(asker: string, kind: RequestKind): Promise<void>
  /** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) for who asks, by what its last request left. */
  headers(asker: string, kind: RequestKind): Record<string, string>
}

interface Left {
  left: number
  at_ms: number
}

const ASKERS_MAX = 10_000
/** What is left is told in steps, rounded: whoever asks little sees the same on every answer, whatever was asked. */
const STEPS = 20

/** A token bucket per asker and kind: `perSecond` on average, twice that at once. */
export function rateLimit(
  perSecond: number,
  allowances: Allowances,
  now_ms: () => number = performance.now.bind(performance),
): RateLimit {
  const burst = perSecond * 2
  const known = new Map<string, Left>()
  const nameOf = (asker: string, kind: RequestKind) => `${kind} ${asker}`
  const leftNow = (name: string) => {
    const { left, at_ms } = known.get(name) ?? { left: burst, at_ms: 0 }
    return Math.min(burst, left + ((now_ms() - at_ms) / 1000) * perSecond)
  }
  return {
    async count(asker, kind) {
      const name = nameOf(asker, kind)
      const answer = await allowances.take(name, { perSecond, burst })
      known.delete(name)
      known.set(name, { left: answer < 0 ? answer + 1 : answer, at_ms: now_ms() })
      if (known.size > ASKERS_MAX) known.delete(known.keys().next().value as string)
      if (answer < 0) throw new HubError('te-veel-verzoeken', { retryAfter_s: Math.ceil(-answer / perSecond) })
    },
    headers(asker, kind) {
      const left = leftNow(nameOf(asker, kind))
      const told = left < 1 ? 0 : Math.round((left / burst) * STEPS) * (burst / STEPS)
      return {
        'RateLimit-Policy': `"${kind}";q=${burst};w=2`,
        RateLimit: `"${kind}";r=${Math.round(told)};t=${left < 1 ? 1 : 0}`,
      }
    },
  }
}
