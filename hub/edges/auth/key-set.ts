import { type CryptoKey, importJWK, type JWK } from 'jose'

const KEYS_MAX = 100
const RSA_MIN_BITS = 2048

/** Which keys a signature algorithm can use; the only algorithms that this hub knows. */
const KEY_TYPES: Record<string, { kty: string; crv?: string }> = {
  PS256: { kty: 'RSA' },
  RS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
}

/** Public keys by `kid`, each imported at first use per algorithm. */
export interface KeySet {
  has(kid: string): boolean
  /** The key, or null when there is none with this `kid` that may check signatures of this algorithm. */
  find(kid: string, alg: string): Promise<CryptoKey | null>
}

/**
 * The usable keys of a JWKS (RFC 7517). Left out: keys to encrypt with, symmetric and private keys, RSA below 2048
 * bits, and every key whose `kid` occurs twice, because then it is not known which one is meant.
 * Throws `SyntaxError` when it is not a key set at all.
 */
export function readKeySet(document: unknown): KeySet {
  const listed = (document as { keys?: unknown } | null)?.keys
  if (!Array.isArray(listed) || listed.length > KEYS_MAX) throw new SyntaxError('not a JWK set')
  const seen = new Map<string, number>()
  for (const jwk of listed) if (typeof jwk?.kid === 'string') seen.set(jwk.kid, (seen.get(jwk.kid) ?? 0) + 1)
  const usable = new Map<string, JWK>()
  for (const jwk of listed) if (seen.get(jwk?.kid) === 1 && canVerify(jwk)) usable.set(jwk.kid, jwk)

  const imported = new Map<string, Promise<CryptoKey | null>>()
  return {
    has: (kid) => usable.has(kid),
    async find(kid, alg) {
      const jwk = usable.get(kid)
      if (!jwk || !fits(jwk, alg)) return null
      const name = `${alg} ${kid}`
      const key = imported.get(name) ?? importPublic(jwk, alg)
      imported.set(name, key)
      return key
    },
  }
}

/** Whether this key alone may check a signature of this algorithm; also for the key inside a DPoP proof. */
export function fits(jwk: JWK, alg: string): boolean {
  const type = KEY_TYPES[alg]
  if (!type || !canVerify(jwk)) return false
  return jwk.kty === type.kty && (type.crv === undefined || jwk.crv === type.crv) && (jwk.alg === undefined || jwk.alg === alg)
}

/** Imports only the public members; null when the key is not what it says. */
export async function importPublic({ kty, crv, x, y, n, e }: JWK, alg: string): Promise<CryptoKey | null> {
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined)
  try {
    const key = await importJWK(Object.fromEntries(members), alg)
    return key instanceof Uint8Array ? null : key
  } catch {
    return null
  }
}

function canVerify(jwk: JWK): boolean {
  if (jwk.d !== undefined || jwk.k !== undefined) return false
  if (jwk.use !== undefined && jwk.use !== 'sig') return false
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify'))) return false
  return jwk.kty !== 'RSA' || bits(jwk.n) >= RSA_MIN_BITS
}

function bits(modulus: unknown): number {
  if (typeof modulus !== 'string') return 0
  const hex = Buffer.from(modulus, 'base64url').toString('hex').replace(/^0+/, '')
  return hex === '' ? 0 : BigInt(`0x${hex}`).toString(2).length
}
