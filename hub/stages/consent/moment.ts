import { addDays, type Day, dayOf, msOf, startOfDay } from '../calendar.ts'

/** A stretch of time, both ends included: one millisecond for an instant, a whole day for a day. */
export interface Moment {
  readonly day: Day
  readonly from_ms: number
  readonly to_ms: number
}

const CACHE_MAX = 50_000
const cache = new Map<string, Moment>()

/** Reads a day or an RFC 3339 instant. Throws `ongeldige-invoer`. Cases share their dates, so what was read is remembered. */
export function momentOf(text: string): Moment {
  const known = cache.get(text)
  if (known) return known
  const made = read(text)
  if (cache.size >= CACHE_MAX) cache.clear()
  cache.set(text, made)
  return made
}

/** The first millisecond of a beginning: a day begins at its midnight. */
export function beginOf_ms(text: string): number {
  return momentOf(text).from_ms
}

/** The first millisecond after an end: a day is included, an instant is not. */
export function endOf_ms(text: string): number {
  const moment = momentOf(text)
  return moment.from_ms === moment.to_ms ? moment.to_ms : moment.to_ms + 1
}

function read(text: string): Moment {
  const day = dayOf(text)
  if (text.length !== 10) {
    const at_ms = msOf(text)
    return { day, from_ms: at_ms, to_ms: at_ms }
  }
  return { day, from_ms: startOfDay(day).getTime(), to_ms: startOfDay(addDays(day, 1)).getTime() - 1 }
}
