import { randomFillSync } from 'node:crypto'
import { monotonicFactory, ulid } from 'ulid'
import type { Clock, Ids } from '../ports/machine.ts'

/** Real time, and a domain calendar that may start elsewhere and runs on from there (`CLOCK`, demo only). */
export function clockFrom(start: Date | null): Clock {
  const shift_ms = start ? start.getTime() - Date.now() : 0
  return { real: () => new Date(), domain: () => new Date(Date.now() + shift_ms) }
}

/** ULIDs in series by prefix and reader, each in the order in which they were made; a timeless one has zero for its time. */
export function ulidIds(): Ids {
  const series = new Map<string, () => string>()
  return {
    next(prefix, reader = '') {
      const name = `${prefix} ${reader}`
      const ordered = series.get(name) ?? monotonicFactory(randomByte)
      series.set(name, ordered)
      return `${prefix}_${ordered()}`
    },
    timeless: (prefix) => `${prefix}_${'0'.repeat(10)}${ulid(undefined, randomByte).slice(10)}`,
  }
}

/** Random bytes from a pool that is filled now and then: an id takes sixteen of them. */
const pool = Buffer.alloc(8192)
let used = pool.length

/** A fraction in 256 steps, as `ulid` wants it: it takes one of 32 letters by it, so all are equally likely. */
function randomByte(): number {
  if (used >= pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool[used++]! / 256
}
