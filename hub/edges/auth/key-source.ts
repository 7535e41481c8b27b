import type { CryptoKey } from 'jose'
import { type KeySet, readKeySet } from './key-set.ts'

/** Where the issuer's public keys come from. */
export interface KeySource {
  /** The key for this `kid` and algorithm, or null. Never throws: an issuer that cannot be reached has no keys. */
  find(kid: string, alg: string): Promise<CryptoKey | null>
}

const LOOK_EVERY_MS = 1000

/**
 * The embedded provider's own keys, never fetched: read anew at most once a second, so that a key that was rotated or retired beside the
 * running hub counts, or counts no more, at once.
 */
export function localKeys(read: () => Promise<unknown>, now_ms: () => number = performance.now.bind(performance)): KeySource {
  let keys: KeySet | null = null
  let readAt = Number.NEGATIVE_INFINITY
  return {
    async find(kid, alg) {
      if (!keys || now_ms() - readAt > LOOK_EVERY_MS) {
        readAt = now_ms()
        keys = readKeySet(await read().catch(() => ({ keys: [] })))
      }
      return keys.find(kid, alg)
    },
  }
}
