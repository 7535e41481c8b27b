import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { decodeJwt } from 'jose'
import { HubError } from '../../errors.ts'
import { demoClientKeys, demoProviderKey, hasDemoKeys } from './demo-keys.ts'
import { demoIssuer, signDemoToken } from './demo-token.ts'
import type { RegionClient } from './region-client.ts'

describe('demo keys', () => {
  let keysDir: string
  beforeEach(() => {
    keysDir = join(mkdtempSync(join(tmpdir(), 'verwijsindex-')), 'keys')
  })
  afterEach(() => rmSync(join(keysDir, '..'), { recursive: true }))

  it('are the same for all who ask at once, and lie in one file that only the owner reads', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => demoProviderKey(keysDir)))
    expect(new Set(keys.map((key) => key.d)).size).to.equal(1)
    expect(readdirSync(keysDir)).to.deep.equal(['demo-oidc.json'])
    expect(statSync(join(keysDir, 'demo-oidc.json')).mode & 0o777).to.equal(0o600)
    expect(statSync(keysDir).mode & 0o777).to.equal(0o700)
  })

  it('of clients stay the same when a client is added', async () => {
    const first = await demoClientKeys(keysDir, ['a', 'b'])
    const second = await demoClientKeys(keysDir, ['b', 'c'])
    expect(second.get('a')).to.deep.equal(first.get('a'))
    expect(second.get('b')).to.deep.equal(first.get('b'))
    expect([...second.keys()]).to.deep.equal(['a', 'b', 'c'])
    expect(statSync(join(keysDir, 'demo-clients.json')).mode & 0o777).to.equal(0o600)
  })

  it('are known as demo keys, by file and by content', async () => {
    expect(hasDemoKeys(keysDir)).to.equal(false)
    await demoProviderKey(keysDir)
    expect(hasDemoKeys(keysDir)).to.equal(true)
    expect(readFileSync(join(keysDir, 'demo-oidc.json'), 'utf8')).to.contain('Alleen voor de demo')
  })

  it('that cannot be read are named, not replaced', async () => {
    await demoProviderKey(keysDir)
    const path = join(keysDir, 'demo-oidc.json')
    writeFileSync(path, '{')
    const failure = await demoProviderKey(keysDir).catch((error: HubError) => error)
    expect(failure).to.be.instanceOf(HubError).and.have.property('code', 'configuratie')
    expect(readFileSync(path, 'utf8')).to.equal('{')
  })
})

describe('a demo token', () => {
  const client: RegionClient = {
    id: 'a',
    organisatie: 'a',
    rol: 'organisatie',
    scopes: ['x:lezen', 'y:lezen'],
    gemeenten: ['1894'],
  }
  const request = { issuer: demoIssuer('127.0.0.1', 8080), audience: 'urn:x', scope: null, ttl_s: 900 }
  let keysDir: string
  before(() => {
    keysDir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  after(() => rmSync(keysDir, { recursive: true }))

  it('holds exactly the claims of the interface, and all scopes of the client unless asked for fewer', async () => {
    const key = await demoProviderKey(keysDir)
    const { iat, exp, jti, ...claims } = decodeJwt(await signDemoToken(key, client, request))
    expect(claims).to.deep.equal({
      iss: 'http://127.0.0.1:8080/oidc',
      aud: 'urn:x',
      sub: 'a',
      client_id: 'a',
      scope: 'x:lezen y:lezen',
      organisatie: 'a',
      rol: 'organisatie',
      gemeenten: ['1894'],
    })
    expect(exp! - iat!).to.equal(900)
    expect(jti).to.match(/^[\w-]{22}$/)
    expect(decodeJwt(await signDemoToken(key, client, { ...request, scope: 'y:lezen' })).scope).to.equal('y:lezen')
  })

  it('never holds a scope that the client has not', async () => {
    const key = await demoProviderKey(keysDir)
    const failure = await signDemoToken(key, client, { ...request, scope: 'x:lezen beheer' }).catch((error: HubError) => error)
    expect(failure).to.be.instanceOf(HubError).and.have.property('code', 'gebruik')
    expect((failure as HubError).message).to.contain('beheer')
  })

  it('names an issuer that is a valid address for IPv6 too', () => {
    expect(demoIssuer('::1', 80)).to.equal('http://[::1]:80/oidc')
  })
})
