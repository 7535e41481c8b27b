import type { ServerResponse } from 'node:http'
import { expect } from 'chai'
import type { JWK } from 'jose'
import { type RemoteKeysSettings, remoteKeys } from './remote-keys.ts'
import { makeIssuerKey, sendJson, startIssuer, type TestIssuer } from './testing/issuer.ts'

async function makeKey(kid: string, alg = 'ES256', changes: JWK = {}): Promise<JWK> {
  return { ...(await makeIssuerKey(kid, alg)).public, ...changes }
}

describe('keys of another issuer', () => {
  let issuer: TestIssuer
  let now_ms = 0
  let failures: string[] = []
  const sourceOf = (changes: Partial<RemoteKeysSettings> = {}) =>
    remoteKeys({ issuer: issuer.url, now_ms: () => now_ms, onFailure: (reason) => failures.push(reason), ...changes })
  beforeEach(async () => {
    issuer = await startIssuer()
    issuer.keys = [await makeKey('een')]
    now_ms = 0
    failures = []
  })
  afterEach(() => issuer.close())

  it('are asked for once and used for a minute', async () => {
    const source = sourceOf()
    for (let turn = 0; turn < 20; turn += 1) expect(await source.find('een', 'ES256')).to.not.equal(null)
    expect(issuer.asked).to.equal(1)
  })

  it('a flood of forged key ids leads to one question per cool-down, also at once and while the issuer is down', async () => {
    const source = sourceOf()
    await source.find('een', 'ES256')
    await Promise.all(Array.from({ length: 500 }, (_, turn) => source.find(`vals-${turn}`, 'ES256')))
    expect(issuer.asked).to.equal(2)
    issuer.answer = (response) => response.writeHead(500).end()
    now_ms = 31_000
    for (let turn = 0; turn < 100; turn += 1) await source.find(`vals-${turn}`, 'ES256')
    expect(issuer.asked).to.equal(3)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
  })

  it('a new key is found at its first token, a removed one is gone within a minute', async () => {
    const source = sourceOf()
    await source.find('een', 'ES256')
    issuer.keys = [...issuer.keys, await makeKey('twee')]
    expect(await source.find('twee', 'ES256')).to.not.equal(null)
    issuer.keys = issuer.keys.slice(1)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    now_ms = 91_000
    expect(await source.find('een', 'ES256')).to.equal(null)
  })

  it('the last keys stay in use while the issuer is down, and not for longer than four hours', async () => {
    const source = sourceOf()
    await source.find('een', 'ES256')
    issuer.answer = (response) => response.destroy()
    now_ms = 3 * 3600_000
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    now_ms = 4 * 3600_000 + 1
    expect(await source.find('een', 'ES256')).to.equal(null)
    expect(failures).to.have.length.above(0)
  })

  const badAnswers: [string, (response: ServerResponse) => void][] = [
    ['a redirect', (response) => response.writeHead(302, { location: '/elders' }).end()],
    ['HTML', (response) => response.setHeader('content-type', 'text/html').end('{"keys":[]}')],
    ['more than 256 KiB', (response) => response.setHeader('content-type', 'application/json').end(' '.repeat(300_000))],
    ['no JSON', (response) => response.setHeader('content-type', 'application/json').end('{')],
    ['no key set', (response) => response.setHeader('content-type', 'application/json').end('{"keys":{}}')],
  ]
  for (const [name, answer] of badAnswers)
    it(`refuses ${name} as an answer`, async () => {
      issuer.answer = answer
      expect(await sourceOf().find('een', 'ES256')).to.equal(null)
      expect(failures).to.have.length(1)
    })

  it('does not wait longer than its limit for a slow issuer', async () => {
    issuer.answer = (response) => response.setHeader('content-type', 'application/json').write('{')
    expect(await sourceOf({ timeout_ms: 200 }).find('een', 'ES256')).to.equal(null)
    expect(failures[0]).to.match(/timeout/i)
  })

  it('a slow issuer holds up nobody whose key is known', async () => {
    const source = sourceOf({ patience_ms: 50, timeout_ms: 2000 })
    await source.find('een', 'ES256')
    now_ms = 61_000
    const waiting: ServerResponse[] = []
    issuer.answer = (response) => void waiting.push(response)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    expect(failures).to.eql([])
    for (const response of waiting) sendJson(response, { keys: [] })
  })

  it('refuses a discovery document of another issuer, and keys that lie elsewhere without TLS', async () => {
    issuer.discovery = { issuer: 'https://elders.example' }
    expect(await sourceOf().find('een', 'ES256')).to.equal(null)
    issuer.discovery = { jwks_uri: 'http://elders.example/jwks' }
    expect(await sourceOf().find('een', 'ES256')).to.equal(null)
    expect(failures).to.have.length(2)
    expect(issuer.asked).to.equal(0)
  })

  it('leaves out keys to encrypt with, private, symmetric and short RSA keys, and every key id that occurs twice', async () => {
    const short = { kty: 'RSA', n: Buffer.alloc(128, 255).toString('base64url'), e: 'AQAB', kid: 'rsa-1024' }
    issuer.keys = [
      await makeKey('versleutelen', 'ES256', { use: 'enc' }),
      await makeKey('alleen-tekenen', 'ES256', { key_ops: ['sign'] }),
      await makeKey('prive', 'ES256', { d: 'AA' }),
      await makeKey('dubbel'),
      await makeKey('dubbel'),
      await makeKey('voor-rs256', 'PS256', { alg: 'RS256' }),
      { kty: 'oct', k: 'AA', kid: 'geheim' },
      short,
      await makeKey('rsa-2048', 'PS256'),
    ]
    const source = sourceOf()
    const usable = async (kid: string, alg: string) => (await source.find(kid, alg)) !== null
    expect(await usable('rsa-2048', 'PS256')).to.equal(true)
    for (const kid of ['versleutelen', 'alleen-tekenen', 'prive', 'dubbel']) expect(await usable(kid, 'ES256')).to.equal(false)
    for (const kid of ['voor-rs256', 'rsa-1024', 'geheim']) expect(await usable(kid, 'PS256')).to.equal(false)
    expect(await usable('geheim', 'HS256')).to.equal(false)
    expect(await usable('rsa-2048', 'ES256')).to.equal(false)
  })
})
