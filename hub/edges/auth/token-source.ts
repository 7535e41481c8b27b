import { importJWK } from 'jose'
import * as oidc from 'openid-client'
import type { PrivateKey } from './demo-keys.ts'

const RENEW_BEFORE_S = 60

/** Gives a token that is good for at least another minute. */
export type TokenSource = () => Promise<string>

/**
 * Tokens of a client at an issuer, by client credentials with `private_key_jwt`; asked for when needed and kept until
 * shortly before they end. `clientId` proves itself with `key`.
 */
export function createTokenSource(issuer: string, clientId: string, key: PrivateKey): TokenSource {
  let configuration: Promise<oidc.Configuration> | undefined
  let token = ''
  let endsAt_ms = 0
  return async () => {
    if (Date.now() < endsAt_ms - RENEW_BEFORE_S * 1000) return token
    configuration ??= discover(issuer, clientId, key)
    const answer = await oidc.clientCredentialsGrant(await configuration)
    token = answer.access_token
    endsAt_ms = Date.now() + (answer.expires_in ?? 0) * 1000
    return token
  }
}

/** What the issuer's discovery document says, for a client with a key. Plain http only where the issuer's own address has it. */
export async function discover(issuer: string, clientId: string, key: PrivateKey): Promise<oidc.Configuration> {
  const privateKey = await importJWK(key, key.alg ?? 'ES256')
  if (privateKey instanceof Uint8Array) throw new TypeError('the key of a client is a key pair')
  const execute = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  const metadata = { token_endpoint_auth_signing_alg: key.alg ?? 'ES256' }
  return oidc.discovery(new URL(issuer), clientId, metadata, oidc.PrivateKeyJwt({ key: privateKey, kid: key.kid }), { execute })
}
