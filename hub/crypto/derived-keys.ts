import { hash, hkdfSync } from 'node:crypto'

/** What stands for a value: a text under a key, or a number that means nothing outside its process. Only equality counts. */
export type Token = string | number

/** Turns values into tokens: equal values give equal tokens, within one field and one epoch only. */
export interface LinkKeys<T extends Token = string> {
  /** The name of the epoch; tokens of two epochs share nothing. */
  readonly epoch: string
  /** The token of a normalised value in a field: 100 bits, 20 consonants. */
  token(field: string, value: string): T
  /** Its first 40 bits: for tokens that are only compared between two candidates, never looked up. */
  shortToken(field: string, value: string): T
  /** How many values of a kind may be kept in memory with what was made of them under these keys. */
  readonly remembered_max: number
}

const KEY_BYTES = 32
/**
 * Thirty-two consonants: no name, number, hexadecimal or base64 text can be read in a row of them by chance, so that a search for a value in
 * millions of tokens finds none.
 */
export const LETTERS = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP'
const SHORT_LETTERS = 8
const BLOCK_BYTES = 64
const HASH_BYTES = 32
const ROOM_BYTES = 256
const CACHED_MAX = 200_000
/** A house, a day or a parent is made of some tokens. */
const TOKENS_OF_ONE = 4
const CACHED_LENGTH_MAX = 24

/** A key for one purpose, by HKDF-SHA-256 (RFC 5869) from a secret of at least 32 bytes; the label names the purpose. */
export function deriveKey(secret: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `verwijsindex/${label}`, KEY_BYTES))
}

/**
 * The keys of the linker: one derived key per field and epoch, HMAC-SHA-256 (RFC 2104) truncated to 100 bits. Tokens of short values,
 * which come back (names, days), are kept in memory, at most `cached_max`, and forgotten together.
 */
export function linkKeys(secret: Uint8Array, epoch: string, cached_max = CACHED_MAX): LinkKeys {
  const fields = new Map<string, FieldKey>()
  let cached = 0
  const fieldOf = (field: string): FieldKey => {
    const known = fields.get(field)
    if (known) return known
    const made = { key: hmacKey(deriveKey(secret, `link/${epoch}/${field}`)), tokens: new Map<string, string>() }
    fields.set(field, made)
    return made
  }
  const token = (field: string, value: string): string => {
    const { key, tokens } = fieldOf(field)
    if (value.length > CACHED_LENGTH_MAX) return lettersOf(hmacText(key, value))
    const known = tokens.get(value)
    if (known !== undefined) return known
    const made = lettersOf(hmacText(key, value))
    if (cached >= cached_max) {
      for (const each of fields.values()) each.tokens.clear()
      cached = 0
    }
    tokens.set(value, made)
    cached += 1
    return made
  }
  return {
    epoch,
    remembered_max: Math.ceil(cached_max / TOKENS_OF_ONE),
    token,
    shortToken: (field, value) => token(field, value).slice(0, SHORT_LETTERS),
  }
}

/** The derived key of a field, and tokens that were made with it. */
interface FieldKey {
  key: HmacKey
  tokens: Map<string, string>
}

/** The two pads of a key of HMAC-SHA-256, each with room behind it for what is hashed after it. */
export interface HmacKey {
  inner: Buffer
  outer: Buffer
}

/** The two pads of HMAC, made once per key: two one-shot hashes are a tenth of the time of a `createHmac` for each value. */
export function hmacKey(key: Uint8Array): HmacKey {
  const padded = (byte: number, room: number): Buffer =>
    Buffer.from(Array.from({ length: BLOCK_BYTES + room }, (_, at) => (at < BLOCK_BYTES ? (key[at] ?? 0) ^ byte : 0)))
  return { inner: padded(0x36, ROOM_BYTES), outer: padded(0x5c, HASH_BYTES) }
}

/** HMAC-SHA-256 (RFC 2104) of a text. */
export function hmac(key: HmacKey, value: string): Buffer {
  return Buffer.from(hmacText(key, value), 'latin1')
}

/** Its bytes as characters: Node makes a string of a hash in a third of the time of a buffer. */
function hmacText(key: HmacKey, value: string): string {
  makeRoom(key, value.length * 3)
  return finished(key, key.inner.write(value, BLOCK_BYTES))
}

/** HMAC-SHA-256 of bytes. */
export function hmacBytes(key: HmacKey, bytes: Uint8Array): Buffer {
  makeRoom(key, bytes.length)
  key.inner.set(bytes, BLOCK_BYTES)
  return Buffer.from(finished(key, bytes.length), 'latin1')
}

function makeRoom(key: HmacKey, length: number): void {
  if (length > key.inner.length - BLOCK_BYTES)
    key.inner = Buffer.concat([key.inner.subarray(0, BLOCK_BYTES), Buffer.alloc(length)])
}

function finished(key: HmacKey, length: number): string {
  const end = BLOCK_BYTES + length
  key.outer.write(hash('sha256', key.inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1')
  return hash('sha256', key.outer, 'binary')
}

const CODES = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0))

/** Twenty letters of five bits each, of bytes as characters, as one flat string: put together letter by letter, it would be taken apart wherever it is hashed or compared first. */
export function lettersOf(bytes: string): string {
  const at = (bit: number): number => {
    const two = (bytes.charCodeAt(bit >> 3) << 8) | bytes.charCodeAt((bit >> 3) + 1)
    return CODES[(two >> (11 - (bit & 7))) & 31] as number
  }
  // biome-ignore format: the bits of a token, ten letters a line
  return String.fromCharCode(
    at(0), at(5), at(10), at(15), at(20), at(25), at(30), at(35), at(40), at(45),
    at(50), at(55), at(60), at(65), at(70), at(75), at(80), at(85), at(90), at(95),
  )
}
