import type { IncomingMessage } from 'node:http'
import { HubError } from '../errors.ts'
import type { Allowances, Refill } from '../ports/shared.ts'

/**
 * Kinds of request, each with a bucket of its own, so that a busy sender can still read. Counted per client: `lezen`, `schrijven`, `zoeken`; per
 * address: `onbekend` (what is no operation of the API), `inloggen` (a step of logging in); per person: `account` (a login that was proven); per session:
 * `scherm`; per client that is named and address: `token`, and `mislukt` (a proof of a client that failed).
 */
export type RequestKind = 'lezen' | 'schrijven' | 'zoeken' | 'onbekend' | 'inloggen' | 'account' | 'scherm' | 'token' | 'mislukt'

/** Counts requests; both throw `te-veel-verzoeken` when there are too many. */
export interface RateLimit {
  /** Answers whether this was the last one that is allowed now. */
  count(asker: string, kind: RequestKind): Promise<boolean>
  /** Looks whether one more is allowed, and counts nothing. */
  check(asker: string, kind: RequestKind): Promise<void>
  /** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) for who asks, by what its last request left. */
  headers(asker: string, kind: RequestKind): Record<string, string>
}

/** What counts who asks for anything beside the API's operations. */
export interface Gate {
  limit: RateLimit
  /** Where a request comes from, for counting. */
  addressOf(request: IncomingMessage): string
  /** Counts a refusal for the metrics. */
  refused(error: unknown): void
}

interface Left {
  left: number
  at_ms: number
}

const ASKERS_MAX = 10_000
/** What is left is told in steps, rounded: whoever asks little sees the same on every answer, whatever was asked. */
const STEPS = 20
/** A client whose proofs fail: so many at once, then one every two seconds. */
const FAILURES: Refill = { perSecond: 0.5, burst: 60 }
/** One person logs in far less often than everyone at an address. */
const ACCOUNT_SHARE = 10

/** How the buckets fill, from the settings: twice the rate of a second at once, or that of a whole minute. */
export function refillsOf(settings: {
  requestsPerSecond: number
  loginsPerMinute: number
  pagesPerMinute: number
}): Record<RequestKind, Refill> {
  const requests = { perSecond: settings.requestsPerSecond, burst: settings.requestsPerSecond * 2 }
  const perMinute = (count: number) => ({ perSecond: count / 60, burst: count })
  return {
    lezen: requests,
    schrijven: requests,
    zoeken: requests,
    onbekend: requests,
    token: requests,
    mislukt: FAILURES,
    inloggen: perMinute(settings.loginsPerMinute),
    account: perMinute(Math.ceil(settings.loginsPerMinute / ACCOUNT_SHARE)),
    scherm: perMinute(settings.pagesPerMinute),
  }
}

/** A token bucket per asker and kind. */
export function rateLimit(
  refills: Record<RequestKind, Refill>,
  allowances: Allowances,
  now_ms: () => number = performance.now.bind(performance),
): RateLimit {
  const known = new Map<string, Left>()
  const nameOf = (asker: string, kind: RequestKind) => `${kind} ${asker}`
  const leftNow = (name: string, { perSecond, burst }: Refill) => {
    const { left, at_ms } = known.get(name) ?? { left: burst, at_ms: 0 }
    return Math.min(burst, left + ((now_ms() - at_ms) / 1000) * perSecond)
  }
  const heed = (name: string, { perSecond }: Refill, answer: number) => {
    known.delete(name)
    known.set(name, { left: answer < 0 ? answer + 1 : answer, at_ms: now_ms() })
    if (known.size > ASKERS_MAX) known.delete(known.keys().next().value as string)
    if (answer < 0) throw new HubError('te-veel-verzoeken', { retryAfter_s: Math.ceil(-answer / perSecond) })
  }
  return {
    async count(asker, kind) {
      const name = nameOf(asker, kind)
      const answer = await allowances.take(name, refills[kind])
      heed(name, refills[kind], answer)
      return answer < 1
    },
    async check(asker, kind) {
      const left = await allowances.left(nameOf(asker, kind), refills[kind])
      if (left < 1) heed(nameOf(asker, kind), refills[kind], left - 1)
    },
    headers(asker, kind) {
      const { perSecond, burst } = refills[kind]
      const left = leftNow(nameOf(asker, kind), refills[kind])
      const told = left < 1 ? 0 : Math.round((left / burst) * STEPS) * (burst / STEPS)
      return {
        'RateLimit-Policy': `"${kind}";q=${burst};w=${Math.round(burst / perSecond)}`,
        RateLimit: `"${kind}";r=${Math.round(told)};t=${left < 1 ? Math.ceil((1 - left) / perSecond) : 0}`,
      }
    },
  }
}
