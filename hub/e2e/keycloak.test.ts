import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Address } from '../../deploy/engines/engine.ts'
import { keycloak } from '../../deploy/engines/keycloak.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { signalEngine } from '../../deploy/engines/running.ts'
import type { PrivateKey } from '../edges/auth/demo-keys.ts'
import { type Credentials, createCredentials } from '../edges/auth/token-source.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aRegistration } from '../testing/registration.ts'

describe('another identity provider (Keycloak)', () => {
  let provider: Address
  let test: TestHub
  let keys: Record<string, PrivateKey>

  before(async function () {
    provider = await engineOrSkip(this, keycloak)
    keys = JSON.parse(readFileSync(provider.clients!, 'utf8'))
    test = await startTestHub({ issuer: provider.url!, tokenBinding: 'dpop' })
  })
  after(() => test?.stop())

  const credentialsOf = (clientId: string): Credentials =>
    createCredentials({ issuer: provider.url!, clientId, key: keys[clientId]!, dpop: true })
  const send = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(`${test.baseUrl}/v1${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const ask = async (credentials: Credentials, method: string, path: string, body?: unknown) =>
    send(method, path, await credentials(method, `${test.baseUrl}/v1${path}`), body)

  it('gives every client of the region a token that lets it in, in its own role', async () => {
    const mayRead = {
      organisatie: '/registraties',
      coordinatiepunt: '/matches',
      'privacy-functionaris': '/cijfers',
      beheer: '/cijfers',
    }
    for (const { id, rol } of test.hub.region.clients) {
      const answer = await ask(credentialsOf(id), 'GET', mayRead[rol as keyof typeof mayRead])
      expect([id, answer.status]).to.eql([id, 200])
    }
  })

  it('takes a registration of an organisation, as its own and of no other', async () => {
    const made = await ask(credentialsOf('mee'), 'POST', '/registraties', aRegistration())
    expect(made.status).to.equal(201)
    const { id } = (await made.json()) as { id: string }
    expect((await ask(credentialsOf('mee'), 'GET', `/registraties/${id}`)).status).to.equal(200)
    expect((await ask(credentialsOf('rubicon'), 'GET', `/registraties/${id}`)).status).to.equal(404)
  })

  it('keeps to the scopes of the region: who reports may not read the log', async () => {
    const answer = await ask(credentialsOf('mee'), 'POST', '/logregels/_zoek', {})
    expect(answer.status).to.equal(403)
  })

  it('gives tokens by RFC 9068, bound to a key (RFC 9449); without the proof they are worth nothing', async () => {
    const { authorization = '' } = await credentialsOf('mee')('GET', `${test.baseUrl}/v1/registraties`)
    const token = authorization.split(' ')[1]!
    expect(decodeProtectedHeader(token)).to.include({ alg: 'PS256', typ: 'at+jwt' })
    const claims = decodeJwt(token)
    expect(claims).to.include({
      iss: provider.url,
      aud: 'urn:verwijsindex:api',
      client_id: 'mee',
      organisatie: 'mee',
      rol: 'organisatie',
    })
    expect(claims.gemeenten).to.eql(['1894'])
    expect((claims.cnf as { jkt?: string }).jkt).to.be.a('string')
    expect((await send('GET', '/registraties', { authorization: `Bearer ${token}` })).status).to.equal(401)
    expect((await send('GET', '/registraties', { authorization })).status).to.equal(401)
  })

  it('takes tokens of a new signing key from the first, and of the old one while it is published', async () => {
    const before = credentialsOf('mee')
    expect((await ask(before, 'GET', '/registraties')).status).to.equal(200)
    const oldKid = await kidOf(before)
    await addSigningKey(provider)
    const after = credentialsOf('mee')
    expect(await kidOf(after)).not.to.equal(oldKid)
    expect((await ask(after, 'GET', '/registraties')).status).to.equal(200)
    expect((await ask(before, 'GET', '/registraties')).status).to.equal(200)
  })

  it('goes on with tokens that were given while the provider hangs', async () => {
    const credentials = credentialsOf('mee')
    expect((await ask(credentials, 'GET', '/registraties')).status).to.equal(200)
    signalEngine(keycloak, 'SIGSTOP')
    try {
      expect((await ask(credentials, 'GET', '/registraties')).status).to.equal(200)
    } finally {
      signalEngine(keycloak, 'SIGCONT')
    }
  })

  async function kidOf(credentials: Credentials): Promise<string> {
    const { authorization = '' } = await credentials('GET', `${test.baseUrl}/v1/registraties`)
    return decodeProtectedHeader(authorization.split(' ')[1]!).kid!
  }
})

/** Rotates: a new key with a higher priority, with which Keycloak signs from then on. */
async function addSigningKey({ base, password }: Address): Promise<void> {
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: password! })
  const login = await fetch(`${base}/realms/master/protocol/openid-connect/token`, { method: 'POST', body: form })
  const { access_token } = (await login.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' }
  const realm = (await (await fetch(`${base}/admin/realms/verwijsindex`, { headers })).json()) as { id: string }
  const component = {
    name: `key-${Date.now()}`,
    parentId: realm.id,
    providerId: 'rsa-generated',
    providerType: 'org.keycloak.keys.KeyProvider',
    config: {
      priority: [String(Math.floor(Date.now() / 1000))],
      algorithm: ['PS256'],
      keySize: ['2048'],
      enabled: ['true'],
      active: ['true'],
    },
  }
  const made = await fetch(`${base}/admin/realms/verwijsindex/components`, {
    method: 'POST',
    headers,
    body: JSON.stringify(component),
  })
  if (!made.ok) throw new Error(`Keycloak takes no key: ${made.status}`)
}
