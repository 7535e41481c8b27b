import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import express, { type RequestHandler } from 'express'
import { exportJWK, generateKeyPair } from 'jose'
import { HubError } from '../../errors.ts'
import { gateOf } from '../../testing/gate.ts'
import { logIn } from '../../testing/log-in.ts'
import { createScreens } from '../web/screens.ts'
import { admitLogins } from './admit.ts'
import { demoProviderKeys, type PrivateKey, publicPart } from './demo-keys.ts'
import { createDemoProvider } from './demo-provider.ts'
import { localKeys } from './key-source.ts'
import { createLogin } from './login.ts'
import type { RegionClient } from './region-client.ts'
import { createReplayCache } from './replay-cache.ts'
import { readScreenKeys, retireScreenKeys, rotateScreenKey } from './screen-key.ts'
import { createTokenVerifier } from './verify-token.ts'

const AUDIENCE = 'urn:verwijsindex:api'
const CLIENTS: RegionClient[] = [
  { id: 'noordzorg', organisatie: 'noordzorg', rol: 'organisatie', scopes: ['match:lezen'], gemeenten: ['1894'] },
]

describe('the key of the screens at the identity provider', () => {
  let keysDir: string
  let server: Server
  let origin: string
  let provider: RequestHandler
  let refused: string[]
  beforeEach(async () => {
    keysDir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    refused = []
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const first = { ...(await exportJWK(privateKey)), kid: 'een', alg: 'ES256' }
    writeFileSync(join(keysDir, 'scherm.json'), JSON.stringify(first), { mode: 0o600 })
    const app = express()
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    app.use('/oidc', (...asked) => provider(...asked))
    app.use(await screens())
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
    rmSync(keysDir, { recursive: true })
  })

  const newest = () => readScreenKeys(keysDir)[0] as PrivateKey
  /** An issuer that knows the screens by one key. */
  const knows = async (key: PrivateKey) => {
    provider = createDemoProvider({
      issuer: `${origin}/oidc`,
      audience: AUDIENCE,
      providerKeys: await demoProviderKeys(keysDir),
      clients: CLIENTS,
      clientKeys: new Map([['scherm', key]]),
      screen: { clientId: 'scherm', redirectUri: `${origin}/aanmelden/terug` },
      pages: { login: () => '', error: (code) => code, tooMany: () => '' },
      binding: 'none',
      certificateOf: () => undefined,
      gate: gateOf(),
      logStop: async () => {},
      onFault() {},
    }).router
  }
  async function screens() {
    const common = { issuer: `${origin}/oidc`, audience: AUDIENCE }
    const keys = localKeys(async () => ({ keys: (await demoProviderKeys(keysDir)).map(publicPart) }))
    const admits = admitLogins(() => CLIENTS, 'scherm')
    const verifier = createTokenVerifier({ ...common, keys, binding: 'none', replays: createReplayCache(), admits })
    const client = { clientId: 'scherm', redirectUri: `${origin}/aanmelden/terug`, scopes: ['match:lezen'] }
    return createScreens({
      port: {
        worklist: async () => ({ matches: [] }),
        match: () => Promise.reject(new HubError('niet-gevonden')),
        async recordFollowUp() {},
      },
      login: createLogin({ ...common, ...client, keys: () => readScreenKeys(keysDir), onRefusedKey: (kid) => refused.push(kid) }),
      verify: (token, facts) => verifier.verify(['authorization', `Bearer ${token}`], { method: 'GET', url: origin }, facts),
      admits,
      gate: gateOf(),
      baseUrl: origin,
      nameOf: (id) => id,
      today: () => '2026-11-22',
      demoLogins: CLIENTS.map(({ id }) => ({ id, naam: id })),
      logRefusal: async () => {},
      onFault() {},
    })
  }
  const enter = () => logIn(origin, 'noordzorg')
  const isIn = async (cookie: string) =>
    (await (await fetch(origin, { headers: { cookie } })).text()).includes('Ingelogd als noordzorg')

  it('rotates while people are at work: nobody is logged out, and everybody gets in, before and after the issuer knows the new key', async () => {
    const first = newest()
    await knows(first)
    const early = await enter()
    const shown = await rotateScreenKey(keysDir)
    expect([newest().kid, 'd' in shown, shown.alg]).to.eql([shown.kid, false, 'ES256'])
    const between = await enter()
    expect(refused).to.eql([shown.kid])
    const again = await enter()
    expect(refused, 'a key that was refused is tried last for a while').to.eql([shown.kid])
    await knows(newest())
    const late = await enter()
    expect(refused).to.eql([shown.kid, 'een'])
    expect(retireScreenKeys(keysDir)).to.equal(1)
    const last = await enter()
    for (const cookie of [early, between, again, late, last]) expect(await isIn(cookie)).to.equal(true)
    expect(readFileSync(join(keysDir, 'scherm.json'), 'utf8')).not.to.include(first.d)
    expect(statSync(join(keysDir, 'scherm.json')).mode & 0o777).to.equal(0o600)
  })

  it('that was retired too soon, or is no longer the issuer’s, lets nobody in, and says so', async () => {
    const first = newest()
    await knows(first)
    await rotateScreenKey(keysDir)
    retireScreenKeys(keysDir)
    expect(await enter().catch((error: Error) => error.message)).to.equal('logging in ended with 401 at /aanmelden/terug')
    expect(refused).to.eql([newest().kid])
  })

  it('is of the kind that it was, and rotates once at a time', async () => {
    const { privateKey } = await generateKeyPair('PS256', { extractable: true })
    writeFileSync(join(keysDir, 'scherm.json'), JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'rsa', alg: 'PS256' }))
    const shown = await rotateScreenKey(keysDir)
    expect(Object.keys(shown).sort()).to.eql(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    expect(await rotateScreenKey(keysDir).catch((error) => error)).to.have.property('code', 'configuratie')
    expect([retireScreenKeys(keysDir), retireScreenKeys(keysDir)]).to.eql([1, 0])
    rmSync(join(keysDir, 'scherm.json'))
    expect(await rotateScreenKey(keysDir).catch((error) => error)).to.have.property('code', 'configuratie')
    expect(readScreenKeys(keysDir)).to.eql([])
  })
})
