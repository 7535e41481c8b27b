import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import express from 'express'
import { decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload, SignJWT } from 'jose'
import { gateOf } from '../../testing/gate.ts'
import { admitSystems } from './admit.ts'
import { demoClientKeys, demoProviderKeys, type PrivateKey, publicPart } from './demo-keys.ts'
import { createDemoProvider } from './demo-provider.ts'
import { localKeys } from './key-source.ts'
import type { RegionClient } from './region-client.ts'
import { createReplayCache } from './replay-cache.ts'
import { createCredentials } from './token-source.ts'
import { createTokenVerifier } from './verify-token.ts'

const AUDIENCE = 'urn:verwijsindex:api'
const CLIENTS: RegionClient[] = [
  {
    id: 'noordzorg',
    organisatie: 'noordzorg',
    rol: 'organisatie',
    scopes: ['match:lezen', 'registratie:lezen'],
    gemeenten: ['1894'],
  },
  { id: 'beheer', organisatie: 'beheer', rol: 'beheer', scopes: ['beheer'], gemeenten: ['1894'] },
]
const PAGES = { login: () => '<p>login</p>', error: (code: string) => `<p>${code}</p>`, tooMany: () => '<p>te veel</p>' }

describe('the demo provider', () => {
  let server: Server
  let keysDir: string
  let issuer: string
  let keys: Map<string, PrivateKey>
  let verifier: ReturnType<typeof createTokenVerifier>
  const faults: string[] = []
  const printed: unknown[][] = []
  const original = { warn: console.warn, info: console.info }

  before(async () => {
    console.warn = console.info = (...parts: unknown[]) => void printed.push(parts)
    keysDir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    const app = express()
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    issuer = `${origin}/oidc`
    keys = await demoClientKeys(keysDir, ['noordzorg', 'beheer', 'scherm'])
    const provider = createDemoProvider({
      issuer,
      audience: AUDIENCE,
      clients: CLIENTS,
      providerKeys: await demoProviderKeys(keysDir),
      clientKeys: keys,
      screen: { clientId: 'scherm', redirectUri: `${origin}/terug` },
      binding: 'none',
      certificateOf: () => undefined,
      pages: PAGES,
      gate: gateOf(),
      logStop: async () => {},
      onFault: (reason) => faults.push(reason),
    })
    app.use('/oidc', provider.router)
    verifier = createTokenVerifier({
      issuer,
      audience: AUDIENCE,
      keys: localKeys(async () => ({ keys: (await demoProviderKeys(keysDir)).map(publicPart) })),
      binding: 'none',
      replays: createReplayCache(),
      admits: admitSystems(() => CLIENTS),
    })
  })
  after(() => {
    server.close()
    server.closeAllConnections()
    rmSync(keysDir, { recursive: true })
    Object.assign(console, original)
    expect(faults).to.deep.equal([])
    expect(printed, 'nothing on stdout or stderr but the log').to.deep.equal([])
  })

  async function assertion(changes: JWTPayload = {}, key = keys.get('noordzorg')!): Promise<string> {
    const now_s = Math.floor(Date.now() / 1000)
    const jti = crypto.randomUUID()
    const claims = { iss: 'noordzorg', sub: 'noordzorg', aud: issuer, iat: now_s, exp: now_s + 60, jti, ...changes }
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid }).sign(await importJWK(key, 'ES256'))
  }

  async function ask(client_assertion: string, fields: Record<string, string> = {}) {
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type, client_assertion, ...fields })
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body })
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }

  it('gives a system all of its scopes, in a token that the hub accepts', async () => {
    const own = { issuer, clientId: 'noordzorg', key: keys.get('noordzorg')! }
    const { authorization = '' } = await createCredentials({ ...own, dpop: false })('GET', issuer)
    const token = authorization.replace('Bearer ', '')
    expect(decodeProtectedHeader(token)).to.include({ alg: 'ES256', typ: 'at+jwt' })
    const { iat, exp, jti, ...claims } = decodeJwt(token)
    expect(exp! - iat!).to.equal(900)
    expect(jti).to.be.a('string')
    expect(claims).to.deep.equal({
      iss: issuer,
      aud: AUDIENCE,
      sub: 'noordzorg',
      client_id: 'noordzorg',
      scope: 'match:lezen registratie:lezen',
      organisatie: 'noordzorg',
      rol: 'organisatie',
      gemeenten: ['1894'],
    })
    const request = { method: 'GET', url: issuer }
    const principal = await verifier.verify(['authorization', `Bearer ${token}`], request, { traceId: '', origin: 'api' })
    expect(principal.organisation).to.equal('noordzorg')
  })

  it('narrows to the scopes that were asked for, and never widens', async () => {
    expect((await ask(await assertion(), { scope: 'match:lezen' })).body.scope).to.equal('match:lezen')
    const { status, body } = await ask(await assertion(), { scope: 'match:lezen beheer' })
    expect({ status, error: body.error }).to.deep.equal({ status: 400, error: 'invalid_scope' })
  })

  it('names its keys and endpoints where the interface says, and shows no private key', async () => {
    const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>
    expect(discovery).to.include({ issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` })
    expect(discovery.code_challenge_methods_supported).to.deep.equal(['S256'])
    const { keys: published } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: object[] }
    expect(published).to.have.length(1)
    expect(published[0]).to.not.have.property('d')
  })

  it('takes a client assertion once', async () => {
    const once = await assertion()
    expect((await ask(once)).status).to.equal(200)
    expect((await ask(once)).body.error).to.equal('invalid_client')
  })

  it('binds a token to the key that a system proves, and its requests prove that key again', async () => {
    const own = { issuer, clientId: 'noordzorg', key: keys.get('noordzorg')! }
    const credentials = createCredentials({ ...own, dpop: true })
    const request = { method: 'GET', url: `${issuer}/x?y=1` }
    for (let turn = 0; turn < 3; turn += 1) {
      const { authorization = '', dpop = '' } = await credentials(request.method, request.url)
      expect(decodeJwt(authorization.replace('DPoP ', '')).cnf).to.have.property('jkt')
      const headers = ['authorization', authorization, 'dpop', dpop]
      expect((await verifier.verify(headers, request, { traceId: '', origin: 'api' })).client).to.equal('noordzorg')
    }
  })

  const refused: [string, () => Promise<string>][] = [
    ['of another client’s key', () => assertion({}, keys.get('beheer'))],
    ['for another audience', () => assertion({ aud: 'https://elders.example' })],
    ['that lives for an hour', () => assertion({ exp: Math.floor(Date.now() / 1000) + 3600 })],
    ['with a short id', () => assertion({ jti: '1' })],
    ['that has ended', () => assertion({ iat: 1, exp: 100 })],
  ]
  for (const [name, make] of refused)
    it(`refuses a client assertion ${name}`, async () => {
      expect((await ask(await make())).body.error).to.equal('invalid_client')
    })

  it('refuses another resource than the API', async () => {
    expect((await ask(await assertion(), { resource: 'urn:andere-dienst' })).body.error).to.equal('invalid_target')
  })

  it('explains a login page that nobody asked for, under a strict content policy', async () => {
    const answer = await fetch(`${issuer}/inloggen/onbekend`)
    expect(answer.status).to.equal(400)
    expect(answer.headers.get('content-security-policy')).to.contain("default-src 'none'")
    expect(faults.splice(0)).to.have.length(1)
  })
})
