/** A seeded source of chance: the same seed gives the same sequence on every machine. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from 0 up to `below`. */
  below(below: number): number
  /** True in a share of the cases. */
  happens(share: number): boolean
  pick<T>(values: readonly T[]): T
  /** Early values more often than late ones, as with names. */
  pickEarly<T>(values: readonly T[]): T
}

/** The generator mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    happens: (share) => next() < share,
    pick: (values) => values[below(values.length)]!,
    pickEarly: (values) => values[Math.floor(next() ** 1.8 * values.length)]!,
  }
}
