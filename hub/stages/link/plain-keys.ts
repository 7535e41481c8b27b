import type { LinkKeys } from '../../crypto/derived-keys.ts'

const SHORT_MAX = 24

/**
 * Keys that hide nothing, for linking within one process: nothing made with them is ever stored or sent. Compound values, of which there are
 * millions, are brought down to 64 bits in four characters: a collision there costs one comparison too many, nothing else.
 */
export function plainKeys(): LinkKeys {
  const token = (field: string, value: string): string => (value.length > SHORT_MAX ? digest(field, value) : `${field}|${value}`)
  return { epoch: 'vluchtig', token, shortToken: token }
}

/** Two multiplicative hashes side by side (cyrb53). */
function digest(field: string, value: string): string {
  let one = 0xdeadbeef ^ field.length
  let other = 0x41c6ce57 ^ field.charCodeAt(field.length - 3)
  for (let at = 0; at < value.length; at++) {
    const letter = value.charCodeAt(at)
    one = Math.imul(one ^ letter, 2654435761)
    other = Math.imul(other ^ letter, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return String.fromCharCode(one >>> 16, one & 0xffff, other >>> 16, other & 0xffff)
}
