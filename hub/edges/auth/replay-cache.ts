/** Remembers ids that may be used once. */
export interface ReplayCache {
  /** True the first time; false when the id was used before, or when it cannot be remembered (full: refuse, not forget). */
  use(id: string, until_s: number, now_s: number): boolean
}

const IDS_MAX = 200_000

/** In this process only; with several processes a shared cache takes its place. */
export function createReplayCache(idsMax = IDS_MAX): ReplayCache {
  const used = new Map<string, number>()
  return {
    use(id, until_s, now_s) {
      if (used.has(id) && (used.get(id) ?? 0) >= now_s) return false
      if (used.size >= idsMax) for (const [old, end_s] of used) if (end_s < now_s) used.delete(old)
      if (used.size >= idsMax) return false
      used.set(id, until_s)
      return true
    },
  }
}
