// @ts-check
import { HASH_BYTES, nodeHash, sameHash } from './tree-hash.mjs'

/**
 * Whether `leaf` is the leaf at `index` (from 0) of the tree with `size` leaves and this root: RFC 9162 section 2.1.3.2.
 * Indexes and sizes beyond 2^53-1 are refused.
 * @param {{ index: number, size: number, leaf: Uint8Array, path: readonly Uint8Array[], root: Uint8Array }} proof
 * @returns {boolean}
 */
export function verifyInclusion({ index, size, leaf, path, root }) {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  if (leaf.length !== HASH_BYTES || path.some((step) => step.length !== HASH_BYTES)) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const step of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(step, hash)
      while (node % 2 === 0 && node !== 0) {
        node = node / 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && sameHash(hash, root)
}
