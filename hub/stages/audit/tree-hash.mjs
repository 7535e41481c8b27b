// @ts-check
import { createHash, timingSafeEqual } from 'node:crypto'

// Plain JavaScript, because `verify-proof` runs these files on any Node from 20, without node_modules.

export const HASH_BYTES = 32

/** @param {...Uint8Array} parts */
export function sha256(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/**
 * Hash of a leaf: SHA-256(0x00 || entry), RFC 6962 section 2.1.
 * @param {Uint8Array} entry
 */
export function leafHash(entry) {
  return sha256(LEAF, entry)
}

/**
 * Hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 section 2.1.
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
export function nodeHash(left, right) {
  return sha256(NODE, left, right)
}

/**
 * What the tree holds of a log line: SHA-256(salt || line). The salt (16 random bytes) keeps the line from being guessed.
 * @param {Uint8Array} salt
 * @param {Uint8Array} line
 */
export function commitment(salt, line) {
  return sha256(salt, line)
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function sameHash(a, b) {
  return a.length === b.length && timingSafeEqual(a, b)
}
