import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type RemoteKeysSettings, remoteKeys } from './remote-keys.ts'

async function makeKey(kid: string, alg = 'ES256', changes: JWK = {}): Promise<JWK> {
  const { publicKey } = await generateKeyPair(alg, { extractable: true })
  return { ...(await exportJWK(publicKey)), kid, use: 'sig', ...changes }
}

/** An issuer of one's own, whose answers and times a test decides. */
class Issuer {
  keys: JWK[] = []
  asked = 0
  answer: (response: ServerResponse) => void = (response) => this.json(response, { keys: this.keys })
  discovery: Record<string, unknown> = {}
  now_ms = 0
  failures: string[] = []
  readonly #server: Server

  constructor() {
    const listener: RequestListener = (request, response) => {
      if (request.url?.endsWith('openid-configuration'))
        return this.json(response, { issuer: this.url, jwks_uri: `${this.url}/jwks`, ...this.discovery })
      this.asked += 1
      this.answer(response)
    }
    this.#server = createServer(listener)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  json(response: ServerResponse, body: unknown): void {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  source(changes: Partial<RemoteKeysSettings> = {}) {
    const onFailure = (reason: string) => this.failures.push(reason)
    return remoteKeys({ issuer: this.url, now_ms: () => this.now_ms, onFailure, ...changes })
  }
}

describe('keys of another issuer', () => {
  let issuer: Issuer
  beforeEach(async () => {
    issuer = new Issuer()
    issuer.keys = [await makeKey('een')]
    await issuer.listen()
  })
  afterEach(() => issuer.close())

  it('are asked for once and used for a minute', async () => {
    const source = issuer.source()
    for (let turn = 0; turn < 20; turn += 1) expect(await source.find('een', 'ES256')).to.not.equal(null)
    expect(issuer.asked).to.equal(1)
  })

  it('a flood of forged key ids leads to one question per cool-down, also at once and while the issuer is down', async () => {
    const source = issuer.source()
    await source.find('een', 'ES256')
    await Promise.all(Array.from({ length: 500 }, (_, turn) => source.find(`vals-${turn}`, 'ES256')))
    expect(issuer.asked).to.equal(2)
    issuer.answer = (response) => response.writeHead(500).end()
    issuer.now_ms = 31_000
    for (let turn = 0; turn < 100; turn += 1) await source.find(`vals-${turn}`, 'ES256')
    expect(issuer.asked).to.equal(3)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
  })

  it('a new key is found at its first token, a removed one is gone within a minute', async () => {
    const source = issuer.source()
    await source.find('een', 'ES256')
    issuer.keys = [...issuer.keys, await makeKey('twee')]
    expect(await source.find('twee', 'ES256')).to.not.equal(null)
    issuer.keys = issuer.keys.slice(1)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    issuer.now_ms = 91_000
    expect(await source.find('een', 'ES256')).to.equal(null)
  })

  it('the last keys stay in use while the issuer is down, and not for longer than four hours', async () => {
    const source = issuer.source()
    await source.find('een', 'ES256')
    issuer.answer = (response) => response.destroy()
    issuer.now_ms = 3 * 3600_000
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    issuer.now_ms = 4 * 3600_000 + 1
    expect(await source.find('een', 'ES256')).to.equal(null)
    expect(issuer.failures).to.have.length.above(0)
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
      expect(await issuer.source().find('een', 'ES256')).to.equal(null)
      expect(issuer.failures).to.have.length(1)
    })

  it('does not wait longer than its limit for a slow issuer', async () => {
    issuer.answer = (response) => response.setHeader('content-type', 'application/json').write('{')
    expect(await issuer.source({ timeout_ms: 200 }).find('een', 'ES256')).to.equal(null)
    expect(issuer.failures[0]).to.match(/timeout/i)
  })

  it('a slow issuer holds up nobody whose key is known', async () => {
    const source = issuer.source({ patience_ms: 50, timeout_ms: 2000 })
    await source.find('een', 'ES256')
    issuer.now_ms = 61_000
    const waiting: ServerResponse[] = []
    issuer.answer = (response) => void waiting.push(response)
    expect(await source.find('een', 'ES256')).to.not.equal(null)
    expect(issuer.failures).to.eql([])
    for (const response of waiting) issuer.json(response, { keys: [] })
  })

  it('refuses a discovery document of another issuer, and keys that lie elsewhere without TLS', async () => {
    issuer.discovery = { issuer: 'https://elders.example' }
    expect(await issuer.source().find('een', 'ES256')).to.equal(null)
    issuer.discovery = { jwks_uri: 'http://elders.example/jwks' }
    expect(await issuer.source().find('een', 'ES256')).to.equal(null)
    expect(issuer.failures).to.have.length(2)
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
    const source = issuer.source()
    const usable = async (kid: string, alg: string) => (await source.find(kid, alg)) !== null
    expect(await usable('rsa-2048', 'PS256')).to.equal(true)
    for (const kid of ['versleutelen', 'alleen-tekenen', 'prive', 'dubbel']) expect(await usable(kid, 'ES256')).to.equal(false)
    for (const kid of ['voor-rs256', 'rsa-1024', 'geheim']) expect(await usable(kid, 'PS256')).to.equal(false)
    expect(await usable('geheim', 'HS256')).to.equal(false)
    expect(await usable('rsa-2048', 'ES256')).to.equal(false)
  })
})
