/**
 * Digests of 53 bits, by which what is equal is found within one process: among ten million of them hardly two that differ are one. Two
 * multiplicative hashes side by side.
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

/** The digest of up to seven whole numbers, of which the low 32 bits count; an absent one is 0. */
export function digestOfNumbers(a: number, b: number, c = 0, d = 0, e = 0, f = 0, g = 0): number {
  let one = Math.imul(Math.imul(Math.imul(0xdeadbeef ^ a, ONE) ^ b, ONE) ^ c, ONE)
  one = Math.imul(Math.imul(Math.imul(Math.imul(one ^ d, ONE) ^ e, ONE) ^ f, ONE) ^ g, ONE)
  let other = Math.imul(Math.imul(Math.imul(0x41c6ce57 ^ a, OTHER) ^ b, OTHER) ^ c, OTHER)
  other = Math.imul(Math.imul(Math.imul(Math.imul(other ^ d, OTHER) ^ e, OTHER) ^ f, OTHER) ^ g, OTHER)
  return finished(one, other)
}

const WORD = 2 ** 32
const ONE = 2654435761
const OTHER = 1597334677

function finished(one: number, other: number): number {
  const low = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  const high = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return WORD * (high & 0x1fffff) + (low >>> 0)
}
