import type { Override } from './case.ts'
import { beginOf_ms, endOf_ms } from './moment.ts'

const HOUR_MS = 3_600_000

/**
 * From when (inclusive) until when (exclusive) an override runs, in milliseconds since 1970. It ends by itself after the policy's
 * hours, whatever end it names; one that names neither begin nor end never runs.
 */
export function overrideRuns_ms(override: Override, hours: number): { from: number; until: number } {
  const begin = override.vanaf ?? override.begin
  const from = begin ? beginOf_ms(begin) : Number.NEGATIVE_INFINITY
  const ends = override.tot ? endOf_ms(override.tot) : Number.POSITIVE_INFINITY
  const until = Math.min(ends, from + hours * HOUR_MS)
  if (begin) return { from, until }
  return { from, until: override.tot ? ends : Number.NEGATIVE_INFINITY }
}
