import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { exportJWK, generateKeyPair } from 'jose'
import { HubError } from '../../errors.ts'
import { admitSystems } from './admit.ts'
import { localKeys } from './key-source.ts'
import type { RegionClient } from './region-client.ts'
import { createReplayCache } from './replay-cache.ts'
import { createKit } from './testing/attack.ts'
import { CLAIM_ATTACKS } from './testing/claim-attacks.ts'
import { HEADER_ATTACKS } from './testing/header-attacks.ts'
import { sendAttack } from './testing/send-attack.ts'
import { SIGNATURE_ATTACKS } from './testing/signature-attacks.ts'
import { TRANSPORT_ATTACKS } from './testing/transport-attacks.ts'
import { createTokenVerifier } from './verify-token.ts'

const SCOPE = 'registratie:schrijven match:lezen'
const ISSUER = 'http://127.0.0.1:8080/oidc'
const AUDIENCE = 'urn:verwijsindex:api'
const CLIENT: RegionClient = {
  id: 'noordzorg',
  organisatie: 'noordzorg',
  rol: 'organisatie',
  scopes: SCOPE.split(' '),
  gemeenten: ['1894'],
}

const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const key = { ...(await exportJWK(privateKey)), kid: 'sleutel-1', alg: 'ES256', use: 'sig' }
const kit = createKit({ key, issuer: ISSUER, audience: AUDIENCE, client: CLIENT.id, scope: SCOPE })
let clients = [CLIENT]
let skew_ms = 0

const verifier = createTokenVerifier({
  issuer: ISSUER,
  audience: AUDIENCE,
  keys: localKeys(async () => ({ keys: [kit.publicKey] })),
  binding: 'none',
  replays: createReplayCache(),
  admits: admitSystems(() => clients),
  now_ms: () => Date.now() + skew_ms,
})

/** The verifier behind real HTTP: answers who asks, or 401 with what the outside may know. */
function serve(): Promise<Server> {
  const server = createServer({ maxHeaderSize: 2 * 1024 * 1024 }, async (incoming, answer) => {
    const request = { method: incoming.method ?? '', url: `http://127.0.0.1${incoming.url}` }
    try {
      const principal = await verifier.verify(incoming.rawHeaders, request, { traceId: '0'.repeat(32), origin: 'api' })
      answer.end(JSON.stringify({ ...principal, scopes: [...principal.scopes] }))
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      answer.writeHead(error.code === 'token-ongeldig' ? 401 : 500, { 'x-reason': String(error.cause) }).end(error.detail)
    }
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe('token verification', () => {
  let server: Server
  let url: string
  const send = (make: () => Promise<string>) =>
    sendAttack({ name: '', reason: '', send: async () => ({ headers: { authorization: `Bearer ${await make()}` } }) }, kit, url)

  before(async () => {
    server = await serve()
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/matches`
  })
  after(() => server.close())
  afterEach(() => {
    clients = [CLIENT]
    skew_ms = 0
  })

  it('accepts a good token and takes client, organisation, role, municipalities and scopes from it', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600
    const { status, body } = await send(() => kit.sign({ exp }))
    expect(status).to.equal(200)
    expect(JSON.parse(body)).to.deep.equal({
      tokenEndsAt_ms: exp * 1000,
      client: 'noordzorg',
      subject: 'noordzorg',
      organisation: 'noordzorg',
      role: 'organisatie',
      municipalities: ['1894'],
      scopes: SCOPE.split(' '),
      traceId: '0'.repeat(32),
      origin: 'api',
    })
  })

  for (const [kind, attacks] of Object.entries({
    signature: SIGNATURE_ATTACKS,
    header: HEADER_ATTACKS,
    claims: CLAIM_ATTACKS,
    transport: TRANSPORT_ATTACKS,
  })) {
    describe(`refuses (${kind})`, () => {
      for (const attack of attacks)
        it(attack.name, async () => {
          const { status, body, headers } = await sendAttack(attack, kit, url)
          expect(status).to.equal(401)
          expect(headers['x-reason']).to.equal(attack.reason)
          expect(body).to.equal((await sendAttack(TRANSPORT_ATTACKS[0]!, kit, url)).body)
        })
    })
  }

  it('refuses a client that was withdrawn after its token was made', async () => {
    const token = await kit.sign()
    expect((await send(async () => token)).status).to.equal(200)
    clients = []
    expect((await send(async () => token)).status).to.equal(401)
  })

  it('accepts ten seconds of clock difference, and no more', async () => {
    const now_s = Math.floor(Date.now() / 1000)
    expect((await send(() => kit.sign({ iat: now_s + 8, exp: now_s + 300, nbf: now_s + 8 }))).status).to.equal(200)
    expect((await send(() => kit.sign({ iat: now_s - 300, exp: now_s - 5 }))).status).to.equal(200)
    expect((await send(() => kit.sign({ iat: now_s - 300, exp: now_s - 15 }))).status).to.equal(401)
  })

  it('refuses fresh tokens while its clock is ten minutes behind, and short ones while it is ten minutes ahead', async () => {
    const now_s = Math.floor(Date.now() / 1000)
    skew_ms = -600_000
    expect((await send(() => kit.sign())).status).to.equal(401)
    skew_ms = 600_000
    expect((await send(() => kit.sign({ exp: now_s + 300 }))).status).to.equal(401)
  })
})
