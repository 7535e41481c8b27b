/**
 * Which registrations carry a key, in memory: eight bytes an entry in open addressing, so that a million registrations with their ten
 * keys each take some 150 MB and no statement. A key is known by 40 bits of a hash: a chance likeness, one in 100,000 look-ups then, costs one
 * comparison.
 */
export interface KeyTable {
  /** Adding twice is adding once. */
  add(key: string, seq: number): void
  remove(key: string, seq: number): void
  /** The registrations of a key in the order of coming in; `cut` when there are more than the limit. */
  find(key: string): { seqs: number[]; cut: boolean }
}

interface Shard {
  /** The hash and the registration per slot; 0 is free, -1 was removed. */
  slots: Int32Array
  used: number
}

/** Grown one by one, so that no one waits for all of it. */
const SHARDS = 256
const FIRST_SLOTS = 64
const FULL = 0.66
const GROWTH = 1.5
const FREE = 0
const REMOVED = -1

/** A key that more than `max` carry keeps the first of them, and that there are more. */
export function keyTable(max: number): KeyTable {
  const shards: Shard[] = Array.from({ length: SHARDS }, () => ({ slots: new Int32Array(2 * FIRST_SLOTS), used: 0 }))
  const beyond = new Map<string, Set<number>>()
  const shardOf = ({ shard }: Hash) => shards[shard] as Shard
  return {
    add(key, seq) {
      const hash = hashOf(key)
      const shard = shardOf(hash)
      const { seqs, free } = walk(shard, hash.low)
      if (seqs.includes(seq)) return
      if (seqs.length >= max) beyond.set(key, (beyond.get(key) ?? new Set()).add(seq))
      else {
        put(shard, free, hash.low, seq)
        shard.used += 1
        if (shard.used > (shard.slots.length / 2) * FULL) grow(shard)
      }
    },
    remove(key, seq) {
      const more = beyond.get(key)
      if (more?.delete(seq)) {
        if (more.size === 0) beyond.delete(key)
        return
      }
      const hash = hashOf(key)
      const shard = shardOf(hash)
      const at = slotOf(shard, hash.low, seq)
      if (at !== undefined) shard.slots[at + 1] = REMOVED
    },
    find(key) {
      const hash = hashOf(key)
      const { seqs } = walk(shardOf(hash), hash.low)
      return { seqs: seqs.sort((a, b) => a - b), cut: beyond.has(key) }
    },
  }
}

interface Hash {
  shard: number
  low: number
}

/** Two multiplicative hashes (after cyrb53, public domain): keys are HMACs already, so this need only spread, not resist. */
function hashOf(key: string): Hash {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return { shard: high & (SHARDS - 1), low: low | 0 }
}

/** Where a hash is looked for first: in proportion, so that any number of slots will do. */
const firstSlot = (slots: Int32Array, low: number) => 2 * Math.floor(((low >>> 0) / 2 ** 32) * (slots.length / 2))
const nextSlot = (slots: Int32Array, at: number) => (at + 2 === slots.length ? 0 : at + 2)

/** Every registration of a key, and the first slot behind them that was never used. */
function walk({ slots }: Shard, low: number): { seqs: number[]; free: number } {
  const seqs: number[] = []
  let at = firstSlot(slots, low)
  for (; slots[at + 1] !== FREE; at = nextSlot(slots, at))
    if (slots[at] === low && slots[at + 1] !== REMOVED) seqs.push(slots[at + 1] as number)
  return { seqs, free: at }
}

function firstFree(slots: Int32Array, low: number): number {
  let at = firstSlot(slots, low)
  while (slots[at + 1] !== FREE) at = nextSlot(slots, at)
  return at
}

function slotOf({ slots }: Shard, low: number, seq: number): number | undefined {
  for (let at = firstSlot(slots, low); slots[at + 1] !== FREE; at = nextSlot(slots, at))
    if (slots[at] === low && slots[at + 1] === seq) return at
  return undefined
}

function put({ slots }: Shard, at: number, low: number, seq: number): void {
  slots[at] = low
  slots[at + 1] = seq
}

/** Half as many slots again, and what was removed left out. */
function grow(shard: Shard): void {
  const before = shard.slots
  shard.slots = new Int32Array(2 * Math.ceil((before.length / 2) * GROWTH))
  shard.used = 0
  for (let from = 0; from < before.length; from += 2) {
    const [low, seq] = [before[from] as number, before[from + 1] as number]
    if (seq === FREE || seq === REMOVED) continue
    put(shard, firstFree(shard.slots, low), low, seq)
    shard.used += 1
  }
}
