import type { CryptoKey } from 'jose'
import { readKeySet } from './key-set.ts'

/** Where the issuer's public keys come from. */
export interface KeySource {
  /** The key for this `kid` and algorithm, or null. Never throws: an issuer that cannot be reached has no keys. */
  find(kid: string, alg: string): Promise<CryptoKey | null>
}

/** Keys that lie in this process: the embedded provider's own, never fetched. */
export function localKeys(document: unknown): KeySource {
  return readKeySet(document)
}
