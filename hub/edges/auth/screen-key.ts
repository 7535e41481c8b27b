import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../../errors.ts'
import type { PrivateKey } from './demo-keys.ts'

/**
 * The private key (JWK with `kid` and `alg`) with which the screens prove themselves to the issuer, from
 * `KEYS_DIR/scherm.json`; null when there is none, and then there are no screens. Throws `configuratie` when it is no key.
 */
export function readScreenKey(keysDir: string): PrivateKey | null {
  const path = join(keysDir, 'scherm.json')
  if (!existsSync(path)) return null
  try {
    const key = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof key.kid === 'string' && typeof key.alg === 'string' && typeof key.d === 'string') return key
  } catch {}
  throw new HubError('configuratie', { detail: `${path}: geef een privésleutel als JWK, met kid en alg.` })
}
