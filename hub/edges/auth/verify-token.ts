import { hash } from 'node:crypto'
import { compactVerify } from 'jose'
import type { ReplayCache } from '../../ports/shared.ts'
import type { Principal } from '../../principal.ts'
import type { Admits } from './admit.ts'
import { checkProof } from './dpop-proof.ts'
import type { KeySource } from './key-source.ts'
import { type PresentedToken, readAccessToken } from './read-bearer.ts'
import { refuse } from './refuse.ts'
import { type AccessClaims, readClaims } from './token-claims.ts'
import { readTokenParts } from './token-parts.ts'

const ALGORITHMS = ['PS256', 'ES256', 'EdDSA']
const LIFETIME_CAP_S = 6 * 3600

export interface TokenVerifierSettings {
  /** Exactly as the tokens name it. */
  issuer: string
  audience: string
  keys: KeySource
  binding: 'none' | 'dpop' | 'mtls'
  replays: ReplayCache
  admits: Admits
  /** What the region lets a client do at most; a token narrows that, and never widens it. Absent: what the token says. */
  scopesOf?: (client: string) => ReadonlySet<string>
  /** 900 when absent; never more than six hours. */
  lifetimeMax_s?: number
  /** For an issuer that has nothing better than RS256. */
  allowRs256?: boolean
  /** For tests that move time; tokens otherwise keep real time. */
  now_ms?: () => number
}

/** What of the request a token can be bound to. */
export interface TokenRequest {
  method: string
  /** Absolute, built from the hub's settings, not from the Host header. */
  url: string
  /** DER of the client's TLS certificate, if it showed one. */
  certificate?: Buffer
}

export interface TokenVerifier {
  /** Who asks. Throws `token-ongeldig`; the error's cause is the reason, for the log only. */
  verify(rawHeaders: readonly string[], request: TokenRequest, context: { traceId: string; origin: string }): Promise<Principal>
}

/** The hub as resource server: RFC 9068, RFC 8725, NL GOV OAuth profile. jose does the cryptography and nothing else. */
export function createTokenVerifier(settings: TokenVerifierSettings): TokenVerifier {
  const { now_ms = Date.now, keys, admits } = settings
  const algorithms = settings.allowRs256 ? [...ALGORITHMS, 'RS256'] : ALGORITHMS
  const lifetimeMax_s = Math.min(settings.lifetimeMax_s ?? 900, LIFETIME_CAP_S)
  const rules = { issuer: settings.issuer, audience: settings.audience, lifetimeMax_s, skew_s: 10 }

  return {
    async verify(rawHeaders, request, context) {
      const now_s = now_ms() / 1000
      const presented = readAccessToken(rawHeaders)
      const { alg, kid, claims } = readTokenParts(presented.token, algorithms)
      await checkSignature(presented.token, kid, alg, keys)
      const access = readClaims(claims, rules, now_s)
      if (!admits(access)) refuse('client')
      const proof = { ...request, token: presented.token, algorithms, skew_s: rules.skew_s, now_s, replays: settings.replays }
      await checkBinding(presented, access, settings.binding, rawHeaders, proof)
      const scopes = settings.scopesOf ? access.scopes.intersection(settings.scopesOf(access.client)) : access.scopes
      return { ...toPrincipal(access), scopes, ...context }
    },
  }
}

async function checkSignature(token: string, kid: string, alg: string, keys: KeySource): Promise<void> {
  const key = await keys.find(kid, alg)
  if (!key) refuse('key')
  await compactVerify(token, key, { algorithms: [alg] }).catch(() => refuse('signature'))
}

type Proof = TokenRequest & Omit<Parameters<typeof checkProof>[1], 'jkt'>

/** A token that is bound to a key or certificate is worth nothing without it, also where binding is not required. */
async function checkBinding(
  { scheme }: PresentedToken,
  { confirmation }: AccessClaims,
  required: TokenVerifierSettings['binding'],
  rawHeaders: readonly string[],
  proof: Proof,
): Promise<void> {
  const { jkt, x5t } = confirmation ?? {}
  if (required === 'dpop' && !jkt) refuse('not-bound')
  if (required === 'mtls' && !x5t) refuse('not-bound')
  if ((scheme === 'dpop') !== (jkt !== undefined)) refuse('scheme')
  if (jkt) await checkProof(rawHeaders, { ...proof, jkt })
  if (x5t && (!proof.certificate || x5t !== hash('sha256', proof.certificate, 'base64url'))) refuse('certificate')
}

function toPrincipal({ confirmation: _, ...access }: AccessClaims): Omit<Principal, 'traceId' | 'origin'> {
  return access
}
