import { hash, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose'

/** What differs from a good proof. */
export interface ProofChanges {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  /** Signs in place of the sender's own key. */
  pair?: GenerateKeyPairResult
  /** Stands in the proof in place of the sender's own public key. */
  jwk?: JWK
}

/** A sender of requests with DPoP (RFC 9449): its key, and proofs that are good but for the given changes. */
export interface DpopSender {
  jwk: JWK
  /** For the token's `cnf`. */
  jkt: string
  prove(token: string, changes?: ProofChanges): Promise<string>
}

/** A sender that asks `method` of `htu`, an address without a query. */
export async function makeSender(method: string, htu: string): Promise<DpopSender> {
  const own = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(own.publicKey)
  return {
    jwk,
    jkt: await calculateJwkThumbprint(jwk),
    async prove(token, { claims, header, pair = own, jwk: shown = jwk } = {}) {
      const iat = Math.floor(Date.now() / 1000)
      const ath = hash('sha256', token, 'base64url')
      const content = { htm: method, htu, iat, jti: randomBytes(16).toString('hex'), ath, ...claims }
      return new SignJWT(content)
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: shown, ...header })
        .sign(pair.privateKey)
    },
  }
}
