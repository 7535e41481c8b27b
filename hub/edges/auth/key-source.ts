import type { CryptoKey } from 'jose'
import { type KeySet, readKeySet } from './key-set.ts'

/** Where the issuer's public keys come from. */
export interface KeySource {
  /** The key for this `kid` and algorithm, or null. Never throws: an issuer that cannot be reached has no keys. */
  find(kid: string, alg: string): Promise<CryptoKey | null>
}

const LOOK_EVERY_MS = 1000

/**
 * The embedded provider's own keys, never fetched: read anew every second, so that a retired key soon counts no more, and for a key that
 * is not there, so that a new one counts from its first token. They lie in a small file of this machine: no flood wears it out.
 */
export function localKeys(read: () => Promise<unknown>, now_ms: () => number = performance.now.bind(performance)): KeySource {
  let keys: KeySet | null = null
  let readAt = Number.NEGATIVE_INFINITY
  return {
    async find(kid, alg) {
      if (!keys?.has(kid) || now_ms() - readAt > LOOK_EVERY_MS) {
        readAt = now_ms()
        keys = readKeySet(await read().catch(() => ({ keys: [] })))
      }
      return keys.find(kid, alg)
    },
  }
}
