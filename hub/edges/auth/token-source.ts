import { hash, randomBytes } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import type { PrivateKey } from './demo-keys.ts'

const RENEW_BEFORE_S = 60

/** Gives the headers that let a request through: a token that is good for at least another minute, and a proof where it is bound. */
export type Credentials = (method: string, url: string) => Promise<Record<string, string>>

interface CredentialSettings {
  issuer: string
  clientId: string
  /** With which the client proves itself (`private_key_jwt`). */
  key: PrivateKey
  /** Bind the token to a key of this process and prove it with every request (RFC 9449). */
  dpop: boolean
  /** In place of `fetch`, for who shows a certificate to which the token is bound (RFC 8705). */
  fetch?: typeof fetch
}

/** Tokens of a client at an issuer, by client credentials; asked for when needed and kept until shortly before they end. */
export function createCredentials(settings: CredentialSettings): Credentials {
  let prepared: Promise<Prepared> | undefined
  let token = ''
  let endsAt_ms = 0
  return async (method, url): Promise<Record<string, string>> => {
    prepared ??= prepare(settings)
    const { configuration, sender, handle } = await prepared
    if (Date.now() >= endsAt_ms - RENEW_BEFORE_S * 1000) {
      const answer = await oidc.clientCredentialsGrant(configuration, undefined, handle && { DPoP: handle })
      token = answer.access_token
      endsAt_ms = Date.now() + (answer.expires_in ?? 0) * 1000
    }
    if (!sender) return { authorization: `Bearer ${token}` }
    return { authorization: `DPoP ${token}`, dpop: await proofOf(sender, token, method, url) }
  }
}

/** What the issuer's discovery document says, for a client with a key. Plain http only where the issuer's own address has it. */
export async function discover({ issuer, clientId, key, fetch }: Omit<CredentialSettings, 'dpop'>): Promise<oidc.Configuration> {
  const privateKey = await importJWK(key, key.alg ?? 'ES256')
  if (privateKey instanceof Uint8Array) throw new TypeError('the key of a client is a key pair')
  const execute = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  const metadata = { token_endpoint_auth_signing_alg: key.alg ?? 'ES256' }
  return oidc.discovery(new URL(issuer), clientId, metadata, oidc.PrivateKeyJwt({ key: privateKey, kid: key.kid }), {
    execute,
    ...(fetch && { [oidc.customFetch]: fetch as oidc.CustomFetch }),
  })
}

/** A key pair with which a sender proves its token. */
export interface ProofKey {
  privateKey: CryptoKey
  jwk: JWK
}

interface Prepared {
  configuration: oidc.Configuration
  sender?: ProofKey
  handle?: oidc.DPoPHandle
}

async function prepare(settings: CredentialSettings): Promise<Prepared> {
  const configuration = await discover(settings)
  if (!settings.dpop) return { configuration }
  const pair = await generateKeyPair('ES256')
  return {
    configuration,
    sender: { privateKey: pair.privateKey, jwk: await exportJWK(pair.publicKey) },
    handle: oidc.getDPoPHandle(configuration, pair),
  }
}

/** A proof for one request with one token (RFC 9449, 4.2). */
export function proofOf({ privateKey, jwk }: ProofKey, token: string, method: string, url: string): Promise<string> {
  const { origin, pathname } = new URL(url)
  const ath = hash('sha256', token, 'base64url')
  return new SignJWT({ htm: method, htu: `${origin}${pathname}`, ath, jti: randomBytes(16).toString('base64url') })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt()
    .sign(privateKey)
}
