import type { ReplayCache } from '../../ports/shared.ts'

const IDS_MAX = 200_000

/** In this process only. */
export function createReplayCache(idsMax = IDS_MAX): ReplayCache {
  const used = new Map<string, number>()
  return {
    async use(id, { until_s, now_s }) {
      if (used.has(id) && (used.get(id) ?? 0) >= now_s) return false
      if (used.size >= idsMax) for (const [old, end_s] of used) if (end_s < now_s) used.delete(old)
      if (used.size >= idsMax) return false
      used.set(id, until_s)
      return true
    },
  }
}
