/**
 * Digests of 53 bits, for keys that only bring lines together: a collision costs one comparison too many, nothing else. Two multiplicative
 * hashes side by side.
 */
export function digestOf(text: string): number {
  let one = 0xdeadbeef ^ text.length
  let other = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    one = Math.imul(one ^ letter, ONE)
    other = Math.imul(other ^ letter, OTHER)
  }
  return finished(one, other)
}

/** The digest of two whole numbers below 2^53, which may be digests themselves. */
export function digestOfTwo(first: number, second: number): number {
  const [firstHigh, secondHigh] = [(first / WORD) | 0, (second / WORD) | 0]
  const one = Math.imul(Math.imul(Math.imul(first ^ 0xdeadbeef, ONE) ^ second, ONE) ^ firstHigh, ONE) ^ secondHigh
  const other = Math.imul(Math.imul(Math.imul(second ^ 0x41c6ce57, OTHER) ^ first, OTHER) ^ secondHigh, OTHER) ^ firstHigh
  return finished(Math.imul(one, ONE), Math.imul(other, OTHER))
}

const WORD = 2 ** 32
const ONE = 2654435761
const OTHER = 1597334677

function finished(one: number, other: number): number {
  const low = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  const high = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return WORD * (high & 0x1fffff) + (low >>> 0)
}
