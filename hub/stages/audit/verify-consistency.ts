import { HASH_BYTES, nodeHash, sameHash } from './tree-hash.mjs'

export interface ConsistencyProof {
  from: number
  to: number
  fromRoot: Uint8Array
  toRoot: Uint8Array
  path: readonly Uint8Array[]
}

/**
 * Whether the tree of `to` leaves begins with the tree of `from` leaves: RFC 9162 section 2.1.4.2.
 * The empty tree proves nothing: `from` 0 is refused, as are sizes beyond 2^53-1.
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, path }: ConsistencyProof): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false
  if (path.some((step) => step.length !== HASH_BYTES)) return false
  if (from === to) return path.length === 0 && sameHash(fromRoot, toRoot)
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...path] : path
  if (first === undefined) return false
  return climb(from - 1, to - 1, first, rest, { fromRoot, toRoot })
}

function climb(
  fromLast: number,
  toLast: number,
  first: Uint8Array,
  path: readonly Uint8Array[],
  roots: { fromRoot: Uint8Array; toRoot: Uint8Array },
): boolean {
  let [node, last] = [fromLast, toLast]
  const up = () => {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  while (node % 2 === 1) up()
  let [oldHash, newHash] = [first, first]
  for (const step of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(step, oldHash)
      newHash = nodeHash(step, newHash)
      while (node % 2 === 0 && node !== 0) up()
    } else {
      newHash = nodeHash(newHash, step)
    }
    up()
  }
  return last === 0 && sameHash(oldHash, roots.fromRoot) && sameHash(newHash, roots.toRoot)
}

function isPowerOfTwo(value: number): boolean {
  while (value > 1 && value % 2 === 0) value /= 2
  return value === 1
}
