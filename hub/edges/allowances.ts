import type { Allowances, Refill } from '../ports/shared.ts'

interface Bucket {
  left: number
  at_ms: number
}

interface Things {
  since_ms: number
  counted: Set<string>
}

const NAMES_MAX = 10_000

/** In this process; forgotten on a restart. Of more names than can be remembered, those that asked longest ago start anew. */
export function localAllowances(now_ms: () => number = performance.now.bind(performance)): Allowances {
  const buckets = new Map<string, Bucket>()
  const things = new Map<string, Things>()
  const bucketNow = (name: string, { perSecond, burst }: Refill): Bucket => {
    const at_ms = now_ms()
    const { left, at_ms: before_ms } = buckets.get(name) ?? { left: burst, at_ms }
    return { left: Math.min(burst, left + ((at_ms - before_ms) / 1000) * perSecond), at_ms }
  }
  return {
    left: async (name, refill) => bucketNow(name, refill).left,
    async take(name, refill) {
      const bucket = bucketNow(name, refill)
      remember(buckets, name, bucket)
      if (bucket.left < 1) return bucket.left - 1
      bucket.left -= 1
      return bucket.left
    },
    async countOnce(name, thing, { max, period_ms }) {
      const known = things.get(name)
      const current = known && now_ms() - known.since_ms < period_ms ? known : { since_ms: now_ms(), counted: new Set<string>() }
      remember(things, name, current)
      if (current.counted.has(thing)) return 0
      if (current.counted.size >= max) return period_ms - (now_ms() - current.since_ms)
      current.counted.add(thing)
      return 0
    },
  }
}

function remember<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
  if (map.size > NAMES_MAX) map.delete(map.keys().next().value as string)
}
