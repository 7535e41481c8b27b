import { createHmac, hkdfSync } from 'node:crypto'

/** Turns values into tokens: equal values give equal tokens, within one field and one epoch only. */
export interface LinkKeys {
  /** The name of the epoch; tokens of two epochs share nothing. */
  readonly epoch: string
  /** The token of a normalised value in a field: 128 bits, base64url (22 characters). */
  token(field: string, value: string): string
}

const KEY_BYTES = 32
const TOKEN_BYTES = 16
const CACHED_MAX = 200_000

/** A key for one purpose, by HKDF-SHA-256 (RFC 5869) from a secret of at least 32 bytes; the label names the purpose. */
export function deriveKey(secret: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `verwijsindex/${label}`, KEY_BYTES))
}

/**
 * The keys of the linker: one derived key per field and epoch, HMAC-SHA-256 (RFC 2104) truncated to 128 bits. Tokens of values
 * that come back (names, days) are kept in memory, at most 200,000, and forgotten together.
 */
export function linkKeys(secret: Uint8Array, epoch: string): LinkKeys {
  const fieldKeys = new Map<string, Buffer>()
  const cache = new Map<string, string>()
  const keyOf = (field: string): Buffer => {
    const known = fieldKeys.get(field)
    if (known) return known
    const key = deriveKey(secret, `link/${epoch}/${field}`)
    fieldKeys.set(field, key)
    return key
  }
  const token = (field: string, value: string): string => {
    const name = `${field}\0${value}`
    const known = cache.get(name)
    if (known !== undefined) return known
    const made = createHmac('sha256', keyOf(field)).update(value).digest().toString('base64url', 0, TOKEN_BYTES)
    if (cache.size >= CACHED_MAX) cache.clear()
    cache.set(name, made)
    return made
  }
  return { epoch, token }
}
