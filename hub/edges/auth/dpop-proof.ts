import { hash } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, type JWK } from 'jose'
import type { ReplayCache } from '../../ports/shared.ts'
import { fits, importPublic } from './key-set.ts'
import { headerValues } from './read-bearer.ts'
import { refuse } from './refuse.ts'
import { decodePart, type JsonObject } from './token-parts.ts'

const PROOF_MAX_BYTES = 4 * 1024
const PROOF_AGE_MAX_S = 60

export interface ProofExpectations {
  method: string
  /** The absolute address that was asked for, by the hub's own settings. */
  url: string
  token: string
  /** Thumbprint of the key that the token is bound to. */
  jkt: string
  algorithms: readonly string[]
  skew_s: number
  now_s: number
  replays: ReplayCache
}

/**
 * Checks the proof that the sender holds the key that its token is bound to (RFC 9449, 4.3): one DPoP header, signed
 * with that key, for this method, address and token, made within the last minute, and never seen before.
 */
export async function checkProof(rawHeaders: readonly string[], expected: ProofExpectations): Promise<void> {
  const proofs = headerValues(rawHeaders, 'dpop')
  const proof = proofs[0] ?? ''
  if (proofs.length !== 1) refuse('dpop-header')
  if (proof.length > PROOF_MAX_BYTES || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(proof)) refuse('dpop-form')
  const [first = '', second = ''] = proof.split('.')
  const jwk = await checkSignature(proof, decodePart(first), expected.algorithms)
  if ((await calculateJwkThumbprint(jwk)) !== expected.jkt) refuse('dpop-other-key')
  await checkContent(decodePart(second), expected)
}

async function checkSignature(proof: string, header: JsonObject, algorithms: readonly string[]): Promise<JWK> {
  const { typ, alg, jwk, ...rest } = header
  if (Object.keys(rest).length > 0 || typ !== 'dpop+jwt') return refuse('dpop-header-member')
  if (typeof alg !== 'string' || !algorithms.includes(alg)) return refuse('dpop-alg')
  if (typeof jwk !== 'object' || jwk === null || !fits(jwk as JWK, alg)) return refuse('dpop-key')
  const key = await importPublic(jwk as JWK, alg)
  if (!key) return refuse('dpop-key')
  await compactVerify(proof, key, { algorithms: [alg] }).catch(() => refuse('dpop-signature'))
  return jwk as JWK
}

async function checkContent(
  proof: JsonObject,
  { method, url, token, jkt, skew_s, now_s, replays }: ProofExpectations,
): Promise<void> {
  if (proof.htm !== method) refuse('dpop-htm')
  if (typeof proof.htu !== 'string' || withoutQuery(proof.htu) !== withoutQuery(url)) refuse('dpop-htu')
  if (proof.ath !== hash('sha256', token, 'base64url')) refuse('dpop-ath')
  const { iat, jti } = proof
  if (typeof iat !== 'number' || iat > now_s + skew_s || iat < now_s - PROOF_AGE_MAX_S - skew_s) refuse('dpop-stale')
  if (typeof jti !== 'string' || jti.length < 8 || jti.length > 255) refuse('dpop-jti')
  const id = hash('sha256', `${jkt} ${jti}`, 'base64url')
  const times = { made_s: iat - skew_s, until_s: iat + PROOF_AGE_MAX_S + skew_s, now_s }
  if (!(await replays.use(id, times))) refuse('dpop-replay')
}

function withoutQuery(address: string): string {
  const url = URL.parse(address) ?? refuse('dpop-htu')
  return `${url.origin}${url.pathname}`
}
