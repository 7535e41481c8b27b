/**
 * Which registrations carry a key, in memory: twelve bytes an entry in open addressing, so that a million registrations with their nine
 * keys each take some 200 MB and no statement. A key is known by 64 bits of a hash: a chance likeness costs one comparison.
 */
export interface KeyTable {
  /** Adding twice is adding once. */
  add(key: string, seq: number): void
  remove(key: string, seq: number): void
  /** The registrations of a key in the order of coming in; `cut` when there are more than the limit. */
  find(key: string): { seqs: number[]; cut: boolean }
}

interface Shard {
  /** Two halves of the hash and the registration per slot; 0 is free, -1 was removed. */
  slots: Int32Array
  used: number
}

/** Grown one by one, so that no one waits for all of it. */
const SHARDS = 256
const FIRST_SLOTS = 64
const FULL = 0.6
const FREE = 0
const REMOVED = -1

/** A key that more than `max` carry keeps the first of them, and that there are more. */
export function keyTable(max: number): KeyTable {
  const shards: Shard[] = Array.from({ length: SHARDS }, () => ({ slots: new Int32Array(3 * FIRST_SLOTS), used: 0 }))
  const beyond = new Map<string, Set<number>>()
  const shardOf = ([high]: Hash) => shards[high & (SHARDS - 1)] as Shard
  return {
    add(key, seq) {
      const hash = hashOf(key)
      const shard = shardOf(hash)
      const { seqs, free } = walk(shard, hash)
      if (seqs.includes(seq)) return
      if (seqs.length >= max) beyond.set(key, (beyond.get(key) ?? new Set()).add(seq))
      else {
        put(shard, free, hash, seq)
        if (shard.used > (shard.slots.length / 3) * FULL) grow(shard)
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
      const at = slotOf(shard, hash, seq)
      if (at !== undefined) shard.slots[at + 2] = REMOVED
    },
    find(key) {
      const hash = hashOf(key)
      const { seqs } = walk(shardOf(hash), hash)
      return { seqs: seqs.sort((a, b) => a - b), cut: beyond.has(key) }
    },
  }
}

type Hash = readonly [high: number, low: number]

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
  return [high | 0, low | 0]
}

const firstSlot = (slots: Int32Array, [high, low]: Hash) => 3 * (((high >>> 8) ^ low) & (slots.length / 3 - 1))
const nextSlot = (slots: Int32Array, at: number) => (at + 3 === slots.length ? 0 : at + 3)

/** Every registration of a key, and the first slot behind them that was never used. */
function walk({ slots }: Shard, hash: Hash): { seqs: number[]; free: number } {
  const [high, low] = hash
  const seqs: number[] = []
  let at = firstSlot(slots, hash)
  for (; slots[at + 2] !== FREE; at = nextSlot(slots, at))
    if (slots[at] === high && slots[at + 1] === low && slots[at + 2] !== REMOVED) seqs.push(slots[at + 2] as number)
  return { seqs, free: at }
}

function slotOf({ slots }: Shard, hash: Hash, seq: number): number | undefined {
  const [high, low] = hash
  for (let at = firstSlot(slots, hash); slots[at + 2] !== FREE; at = nextSlot(slots, at))
    if (slots[at] === high && slots[at + 1] === low && slots[at + 2] === seq) return at
  return undefined
}

function put(shard: Shard, at: number, [high, low]: Hash, seq: number): void {
  shard.slots[at] = high
  shard.slots[at + 1] = low
  shard.slots[at + 2] = seq
  shard.used += 1
}

/** Twice the slots, and what was removed left out. */
function grow(shard: Shard): void {
  const before = shard.slots
  shard.slots = new Int32Array(2 * before.length)
  shard.used = 0
  for (let from = 0; from < before.length; from += 3) {
    const seq = before[from + 2] as number
    if (seq === FREE || seq === REMOVED) continue
    const hash = [before[from] as number, before[from + 1] as number] as const
    let at = firstSlot(shard.slots, hash)
    while (shard.slots[at + 2] !== FREE) at = nextSlot(shard.slots, at)
    put(shard, at, hash, seq)
  }
}
