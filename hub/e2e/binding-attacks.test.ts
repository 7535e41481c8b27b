import { hash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { exportJWK, generateKeyPair } from 'jose'
import { type Certificate, makeCertificate } from '../edges/auth/certificate.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { type AttackKit, createKit, type SentHeaders } from '../edges/auth/testing/attack.ts'
import { type DpopSender, makeSender, type ProofChanges } from '../edges/auth/testing/dpop-sender.ts'
import { type AttackAnswer, sendAttack } from '../edges/auth/testing/send-attack.ts'
import { expectDocumented, type Outcome, refusedOnce } from '../testing/attack-outcome.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const now_s = () => Math.floor(Date.now() / 1000)

async function kitFor(test: TestHub): Promise<AttackKit> {
  const key = await demoProviderKey(test.config.keysDir)
  const names = { issuer: `${test.baseUrl}/oidc`, audience: test.config.audience, client: 'mee' }
  return createKit({ key, ...names, scope: 'match:lezen' })
}

describe('attacks on tokens that are bound to a key (DPoP), against a running hub', () => {
  let test: TestHub
  let kit: AttackKit
  let sender: DpopSender
  let token: string
  const outcomes: Outcome[] = []
  before(async () => {
    test = await startTestHub({ tokenBinding: 'dpop' })
    kit = await kitFor(test)
    sender = await makeSender('GET', `${test.baseUrl}/v1/matches`)
    token = await kit.sign({ cnf: { jkt: sender.jkt } })
  })
  after(() => test.stop())

  const send = (headers: SentHeaders, query?: string) =>
    sendAttack(
      { name: '', reason: '', send: async () => ({ headers, ...(query ? { query } : {}) }) },
      kit,
      `${test.baseUrl}/v1/matches`,
    )
  const refuse = async (name: string, headers: SentHeaders) => {
    outcomes.push(await refusedOnce(test, name, () => send(headers)))
  }
  const bound = (proof: string | string[]): SentHeaders => ({ authorization: `DPoP ${token}`, dpop: proof })

  it('lets a good proof through, once, also with a query', async () => {
    expect((await send(bound(await sender.prove(token)), 'status=open')).status).to.equal(200)
  })

  it('names the scheme that it wants', async () => {
    const { headers } = await send({})
    expect(headers['www-authenticate']).to.equal('DPoP algs="PS256 ES256 EdDSA"')
  })

  const changed: [string, () => ProofChanges][] = [
    ['DPoP htm of another method', () => ({ claims: { htm: 'POST' } })],
    ['DPoP htm in lower case', () => ({ claims: { htm: 'get' } })],
    ['DPoP htu of another path', () => ({ claims: { htu: `${test.baseUrl}/v1/registraties` } })],
    ['DPoP htu of another host', () => ({ claims: { htu: 'https://elders.example/v1/matches' } })],
    ['DPoP htu with a slash at its end', () => ({ claims: { htu: `${test.baseUrl}/v1/matches/` } })],
    ['DPoP ath of another token', () => ({ claims: { ath: hash('sha256', 'x', 'base64url') } })],
    ['DPoP ath missing', () => ({ claims: { ath: undefined } })],
    ['DPoP stale', () => ({ claims: { iat: now_s() - 120 } })],
    ['DPoP from the future', () => ({ claims: { iat: now_s() + 60 } })],
    ['DPoP iat missing', () => ({ claims: { iat: undefined } })],
    ['DPoP jti missing', () => ({ claims: { jti: undefined } })],
    ['DPoP typ of a plain JWT', () => ({ header: { typ: 'JWT' } })],
    ['DPoP with a kid', () => ({ header: { kid: 'x' } })],
    ['DPoP with a private key in it', () => ({ jwk: { ...sender.jwk, d: 'AA' } })],
    ['DPoP with a symmetric key in it', () => ({ jwk: { kty: 'oct', k: 'AA' } })],
  ]
  for (const [name, changes] of changed) it(name, async () => refuse(name, bound(await sender.prove(token, changes()))))

  it('DPoP replay', async () => {
    const proof = await sender.prove(token)
    expect((await send(bound(proof))).status).to.equal(200)
    await refuse('DPoP replay', bound(proof))
  })

  it('jti replay: another proof with an id that was used', async () => {
    const jti = 'een-id-dat-tweemaal-komt'
    expect((await send(bound(await sender.prove(token, { claims: { jti } })))).status).to.equal(200)
    await refuse('jti replay', bound(await sender.prove(token, { claims: { jti, iat: now_s() - 5 } })))
  })

  it('DPoP of another key', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    await refuse('DPoP of another key', bound(await sender.prove(token, { pair, jwk: await exportJWK(pair.publicKey) })))
    await refuse('DPoP signed by another key than it shows', bound(await sender.prove(token, { pair })))
  })

  it('DPoP left out, doubled, or huge', async () => {
    await refuse('DPoP left out', { authorization: `DPoP ${token}` })
    await refuse('DPoP twice', bound([await sender.prove(token), await sender.prove(token)]))
    await refuse('DPoP of 1 MB', bound('x'.repeat(1_000_000)))
    await refuse('bound token as plain bearer', { authorization: `Bearer ${token}`, dpop: await sender.prove(token) })
  })

  it('a token that is bound to nothing', async () => {
    const plain = await kit.sign()
    await refuse('unbound token as bearer', { authorization: `Bearer ${plain}` })
    await refuse('unbound token with a proof', { authorization: `DPoP ${plain}`, dpop: await sender.prove(plain) })
  })

  it('as docs/security.md tells', () => expectDocumented('dpop', outcomes, process.env.UPDATE_DOCS === '1'))
})

describe('attacks on tokens that are bound to a certificate (mTLS), against a running hub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const authority = makeCertificate('CA van de regio')
  const server = makeCertificate('127.0.0.1')
  const own = makeCertificate('mee', authority)
  const other = makeCertificate('rubicon', authority)
  const stranger = makeCertificate('vreemd')
  const outcomes: Outcome[] = []
  let test: TestHub
  let kit: AttackKit
  let token: string
  before(async () => {
    const files = { certificate: join(folder, 'hub.crt'), key: join(folder, 'hub.key'), clientCas: [join(folder, 'ca.crt')] }
    writeFileSync(files.certificate, server.certPem)
    writeFileSync(files.key, server.keyPem)
    writeFileSync(join(folder, 'ca.crt'), authority.certPem)
    test = await startTestHub({ tokenBinding: 'mtls', tls: files })
    kit = await kitFor(test)
    token = await kit.sign({ cnf: thumbprintOf(own) })
  })
  after(async () => {
    await test.stop()
    rmSync(folder, { recursive: true })
  })

  const thumbprintOf = ({ der }: Certificate) => ({ 'x5t#S256': hash('sha256', der, 'base64url') })

  const send = (bearer: string, shown: Certificate | null): Promise<AttackAnswer> =>
    new Promise((resolve, reject) => {
      const identity = shown ? { cert: shown.certPem, key: shown.keyPem } : {}
      const options = { headers: { authorization: `Bearer ${bearer}` }, ca: server.certPem, agent: false as const, ...identity }
      const sent = request(`${test.baseUrl}/v1/matches`, options, async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers })
      })
      sent.on('error', reject).end()
    })
  const refuse = async (name: string, bearer: string, shown: Certificate | null) => {
    outcomes.push(await refusedOnce(test, name, () => send(bearer, shown)))
  }

  it('lets a token through with the certificate that it is bound to', async () => {
    expect((await send(token, own)).status).to.equal(200)
  })

  it('mTLS thumbprint of another certificate', () => refuse('mTLS thumbprint of another certificate', token, other))
  it('mTLS without a certificate', () => refuse('mTLS without a certificate', token, null))
  it('mTLS with an unbound token', async () => refuse('mTLS with an unbound token', await kit.sign(), own))
  it('mTLS with a certificate that the region’s CA did not sign', async () => {
    const bound = await kit.sign({ cnf: thumbprintOf(stranger) })
    await refuse('mTLS with a certificate that the region’s CA did not sign', bound, stranger)
  })
  it('mTLS thumbprint by SHA-1', async () => {
    const cnf = { x5t: hash('sha1', own.der, 'base64url') }
    await refuse('mTLS thumbprint by SHA-1', await kit.sign({ cnf }), own)
  })
  it('a token that is bound to a key instead', async () => {
    const sender = await makeSender('GET', `${test.baseUrl}/v1/matches`)
    await refuse('a token that is bound to a key where a certificate is asked', await kit.sign({ cnf: { jkt: sender.jkt } }), own)
  })

  it('as docs/security.md tells', () => expectDocumented('mtls', outcomes, process.env.UPDATE_DOCS === '1'))
})
