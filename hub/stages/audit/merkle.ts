import { nodeHash, sha256 } from './tree-hash.mjs'

/**
 * The right edge of a tree: the roots of its complete subtrees, largest first, one for each binary one of `size`.
 * It is all that appending and the root need.
 */
export interface Frontier {
  size: number
  hashes: Uint8Array[]
}

/** A complete subtree: 2^level leaves from leaf `position * 2^level`. */
export interface Subtree {
  level: number
  position: number
}

/** Leaves `start` up to and including `end - 1`. */
export interface Range {
  start: number
  end: number
}

export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] }
}

/** Adds a leaf hash in place; `completed` hears of every inner node that it completes, lowest first. */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array, completed?: (node: Subtree, hash: Uint8Array) => void): void {
  let [level, position, hash] = [0, frontier.size, leaf]
  while (position % 2 === 1) {
    hash = nodeHash(frontier.hashes.pop() as Uint8Array, hash)
    level += 1
    position = (position - 1) / 2
    completed?.({ level, position }, hash)
  }
  frontier.hashes.push(hash)
  frontier.size += 1
}

/** Merkle tree hash, RFC 6962 section 2.1; of the empty tree the hash of nothing. */
export function rootOf(frontier: Frontier): Uint8Array {
  return frontier.hashes.length === 0 ? sha256() : frontier.hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** How many hashes the frontier of a tree of `size` leaves has. */
export function frontierLength(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** The ranges whose hashes are the inclusion proof of the leaf at `index`, in order: PATH of RFC 6962 section 2.1.1. */
export function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = []
  let { start, end } = { start: 0, end: size }
  while (end - start > 1) {
    const middle = start + leftSize(end - start)
    path.unshift(index < middle ? { start: middle, end } : { start, end: middle })
    if (index < middle) end = middle
    else start = middle
  }
  return path
}

/** The ranges whose hashes are the consistency proof between two sizes, in order: PROOF of RFC 6962 section 2.1.2. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (from === 0 || from === to) return []
  const path: Range[] = []
  let { start, end } = { start: 0, end: to }
  while (end > from) {
    const middle = start + leftSize(end - start)
    path.unshift(from <= middle ? { start: middle, end } : { start, end: middle })
    if (from <= middle) end = middle
    else start = middle
  }
  return start === 0 ? path : [{ start, end }, ...path]
}

/** The complete subtrees that a range of a proof consists of, left to right. */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const parts: Subtree[] = []
  for (let at = start; at < end; ) {
    const length = largestPowerWithin(end - at)
    parts.push({ level: Math.log2(length), position: at / length })
    at += length
  }
  return parts
}

/** Hash of a range from the hashes of its complete subtrees. */
export function hashOfRange(range: Range, hashOf: (node: Subtree) => Uint8Array): Uint8Array {
  return rootOf({ size: range.end - range.start, hashes: subtreesOf(range).map(hashOf) })
}

/** Largest power of two below `size` (which is at least 2): where RFC 6962 splits a tree. */
function leftSize(size: number): number {
  return largestPowerWithin(size - 1)
}

function largestPowerWithin(size: number): number {
  let power = 1
  while (power * 2 <= size) power *= 2
  return power
}
