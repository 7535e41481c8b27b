import { hash } from 'node:crypto'
import { expect } from 'chai'
import { exportJWK, generateKeyPair } from 'jose'
import type { HubError } from '../../errors.ts'
import { localKeys } from './key-source.ts'
import { createReplayCache } from './replay-cache.ts'
import { createKit } from './testing/attack.ts'
import { makeSender, type ProofChanges } from './testing/dpop-sender.ts'
import { createTokenVerifier } from './verify-token.ts'

const ISSUER = { issuer: 'http://127.0.0.1/oidc', audience: 'urn:x' }
const REQUEST = { method: 'GET', url: 'http://127.0.0.1:8080/v1/matches?limiet=5' }
const HTU = 'http://127.0.0.1:8080/v1/matches'

const issuerPair = await generateKeyPair('ES256', { extractable: true })
const key = { ...(await exportJWK(issuerPair.privateKey)), kid: 'k', use: 'sig' }
const kit = createKit({ key, ...ISSUER, client: 'a', scope: 'x' })
const sender = await makeSender('GET', HTU)
const { jkt, prove } = sender
const now_s = () => Math.floor(Date.now() / 1000)

function verifierFor(binding: 'none' | 'dpop' | 'mtls') {
  const keys = localKeys(async () => ({ keys: [kit.publicKey] }))
  return createTokenVerifier({ ...ISSUER, keys, binding, replays: createReplayCache(), admits: () => true })
}

async function outcome(verifier: ReturnType<typeof verifierFor>, headers: string[], certificate?: Buffer): Promise<unknown> {
  const request = certificate ? { ...REQUEST, certificate } : REQUEST
  const answer = verifier.verify(headers, request, { traceId: '', origin: 'api' })
  return answer.then(
    (principal) => principal.client,
    (error: HubError) => error.cause,
  )
}

describe('DPoP (RFC 9449)', () => {
  const refused: [string, string, () => ProofChanges][] = [
    ['proof for another method', 'dpop-htm', () => ({ claims: { htm: 'POST' } })],
    ['proof for another path', 'dpop-htu', () => ({ claims: { htu: `${HTU}/m_1` } })],
    ['proof for another host', 'dpop-htu', () => ({ claims: { htu: 'http://127.0.0.2:8080/v1/matches' } })],
    ['proof without an address', 'dpop-htu', () => ({ claims: { htu: 'matches' } })],
    ['proof for another token', 'dpop-ath', () => ({ claims: { ath: hash('sha256', 'x', 'base64url') } })],
    ['proof without token hash', 'dpop-ath', () => ({ claims: { ath: undefined } })],
    ['stale proof', 'dpop-stale', () => ({ claims: { iat: now_s() - 120 } })],
    ['proof from the future', 'dpop-stale', () => ({ claims: { iat: now_s() + 60 } })],
    ['proof without time', 'dpop-stale', () => ({ claims: { iat: undefined } })],
    ['proof without id', 'dpop-jti', () => ({ claims: { jti: undefined } })],
    ['proof of another kind', 'dpop-header-member', () => ({ header: { typ: 'JWT' } })],
    ['proof with kid', 'dpop-header-member', () => ({ header: { kid: 'k' } })],
    ['proof with a private key in it', 'dpop-key', () => ({ jwk: { ...sender.jwk, d: 'AA' } })],
  ]
  for (const [name, reason, changes] of refused)
    it(`refuses: ${name}`, async () => {
      const token = await kit.sign({ cnf: { jkt } })
      const headers = ['Authorization', `DPoP ${token}`, 'DPoP', await prove(token, changes())]
      expect(await outcome(verifierFor('dpop'), headers)).to.equal(reason)
    })

  it('accepts a good proof once, and refuses it the second time', async () => {
    const verifier = verifierFor('dpop')
    const token = await kit.sign({ cnf: { jkt } })
    const headers = ['Authorization', `DPoP ${token}`, 'DPoP', await prove(token)]
    expect(await outcome(verifier, headers)).to.equal('a')
    expect(await outcome(verifier, headers)).to.equal('dpop-replay')
  })

  it('ignores what else an issuer says of the key, but for a method that it cannot check', async () => {
    const verifier = verifierFor('dpop')
    for (const [cnf, expected] of [
      [{ jkt, 'kc-jkt-type': 'DPoP' }, 'a'],
      [{ jkt, jwk: sender.jwk }, 'cnf'],
    ] as const) {
      const token = await kit.sign({ cnf })
      expect(await outcome(verifier, ['Authorization', `DPoP ${token}`, 'DPoP', await prove(token)])).to.equal(expected)
    }
  })

  it('refuses: proof by another key', async () => {
    const token = await kit.sign({ cnf: { jkt } })
    const other = await generateKeyPair('ES256', { extractable: true })
    const own = await prove(token, { pair: other, jwk: await exportJWK(other.publicKey) })
    expect(await outcome(verifierFor('dpop'), ['Authorization', `DPoP ${token}`, 'DPoP', own])).to.equal('dpop-other-key')
    const stolen = await prove(token, { pair: other })
    expect(await outcome(verifierFor('dpop'), ['Authorization', `DPoP ${token}`, 'DPoP', stolen])).to.equal('dpop-signature')
  })

  it('refuses: two proofs, none, and a bound token as plain bearer', async () => {
    const token = await kit.sign({ cnf: { jkt } })
    const [one, two] = [await prove(token), await prove(token)]
    expect(await outcome(verifierFor('dpop'), ['Authorization', `DPoP ${token}`, 'DPoP', one, 'DPoP', two])).to.equal(
      'dpop-header',
    )
    expect(await outcome(verifierFor('dpop'), ['Authorization', `DPoP ${token}`])).to.equal('dpop-header')
    expect(await outcome(verifierFor('dpop'), ['Authorization', `Bearer ${token}`, 'DPoP', one])).to.equal('scheme')
  })

  it('is needed where the setting asks for it, and honoured where it does not', async () => {
    const plain = await kit.sign()
    expect(await outcome(verifierFor('dpop'), ['Authorization', `Bearer ${plain}`])).to.equal('not-bound')
    const bound = await kit.sign({ cnf: { jkt } })
    const headers = ['Authorization', `DPoP ${bound}`, 'DPoP', await prove(bound)]
    expect(await outcome(verifierFor('none'), headers)).to.equal('a')
  })
})

describe('mTLS (RFC 8705)', () => {
  const certificate = Buffer.from('certificate in DER')
  const cnf = { 'x5t#S256': hash('sha256', certificate, 'base64url') }

  it('accepts a token only with the certificate that it is bound to', async () => {
    const headers = ['Authorization', `Bearer ${await kit.sign({ cnf })}`]
    expect(await outcome(verifierFor('mtls'), headers, certificate)).to.equal('a')
    expect(await outcome(verifierFor('mtls'), headers, Buffer.from('another'))).to.equal('certificate')
    expect(await outcome(verifierFor('mtls'), headers)).to.equal('certificate')
    expect(await outcome(verifierFor('mtls'), ['Authorization', `Bearer ${await kit.sign()}`], certificate)).to.equal('not-bound')
  })
})
