import { constants, generateKeyPairSync, sign } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { expect } from 'chai'
import { CompactSign, importJWK, type JWK } from 'jose'
import { type AttackKit, byToken, createKit, encode } from '../edges/auth/testing/attack.ts'
import { makeIssuerKey, startIssuer, type TestIssuer } from '../edges/auth/testing/issuer.ts'
import { sendAttack } from '../edges/auth/testing/send-attack.ts'
import { expectDocumented, type Outcome, refusedOnce } from '../testing/attack-outcome.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

const FRESH_MS = 61_000
const STALE_MS = 4 * 3600_000 + 1

/** Moves the clock by which the hub judges the age of an issuer's keys; tokens keep real time. */
const clock: { now(): number; shift_ms: number; stands?: number | undefined } = {
  now: performance.now.bind(performance),
  shift_ms: 0,
}

/** With some key of one's own under some name: what the issuer publishes says whether it counts. */
async function signWith(kit: AttackKit, key: JWK, alg: string): Promise<string> {
  const content = new TextEncoder().encode(JSON.stringify(kit.claims()))
  const header = { ...kit.header, alg, kid: String(key.kid) }
  return new CompactSign(content).setProtectedHeader(header).sign(await importJWK(key, alg))
}

/** RSA of 1,024 bits, which no library of today signs with. */
function shortRsa(): { public: JWK; token(kit: AttackKit): string } {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    public: { ...pair.publicKey.export({ format: 'jwk' }), kid: 'kort', use: 'sig' } as JWK,
    token(kit) {
      const content = `${encode({ ...kit.header, alg: 'PS256', kid: 'kort' })}.${encode(kit.claims())}`
      const options = { key: pair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      return `${content}.${sign('sha256', Buffer.from(content), options).toString('base64url')}`
    },
  }
}

describe('attacks by way of the issuer and its keys, against a running hub', () => {
  let issuer: TestIssuer
  let test: TestHub
  let kit: AttackKit
  let good: Awaited<ReturnType<typeof makeIssuerKey>>
  const outcomes: Outcome[] = []

  before(() => {
    performance.now = () => clock.stands ?? clock.now() + clock.shift_ms
  })
  after(() => {
    performance.now = clock.now
  })
  beforeEach(async () => {
    clock.shift_ms = 0
    clock.stands = undefined
    issuer = await startIssuer()
    good = await makeIssuerKey('goed')
    issuer.keys = [good.public]
    test = await startTestHub({ issuer: issuer.url })
    kit = createKit({
      key: good.private,
      issuer: issuer.url,
      audience: test.config.audience,
      client: 'mee',
      scope: 'match:lezen',
    })
  })
  afterEach(async () => {
    await test.stop()
    issuer.close()
  })

  const send = (make: (kit: AttackKit) => Promise<string> | string = (own) => own.sign()) =>
    sendAttack(byToken('', '', make), kit, `${test.baseUrl}/v1/matches`)
  const refuse = async (name: string, make?: (kit: AttackKit) => Promise<string> | string) => {
    outcomes.push(await refusedOnce(test, name, () => send(make)))
  }
  const accept = async (make?: (kit: AttackKit) => Promise<string> | string) => expect((await send(make)).status).to.equal(200)

  it('an encryption key used to sign', async () => {
    const key = await makeIssuerKey('versleutelen')
    issuer.keys.push({ ...key.public, use: 'enc' })
    await refuse('an encryption key used to sign', (own) => signWith(own, key.private, 'ES256'))
    await accept()
  })

  it('RSA of 1,024 bits', async () => {
    const short = shortRsa()
    issuer.keys.push(short.public)
    await refuse('RSA of 1,024 bits', (own) => short.token(own))
  })

  it('two keys under one kid', async () => {
    const other = await makeIssuerKey('goed')
    issuer.keys.push(other.public)
    await refuse('two keys under one kid', (own) => signWith(own, other.private, 'ES256'))
    await refuse('two keys under one kid, by the first', () => kit.sign())
  })

  it('an RSA key for PS256 used with RS256', async () => {
    const key = await makeIssuerKey('rsa', 'PS256')
    issuer.keys.push(key.public)
    const rs256 = async (own: AttackKit) => signWith(own, key.private, 'RS256')
    await refuse('an RSA key for PS256 used with RS256', rs256)
    await accept((own) => signWith(own, key.private, 'PS256'))
  })

  it('a key whose own alg is another', async () => {
    const key = await makeIssuerKey('rsa', 'PS256')
    issuer.keys.push({ ...key.public, alg: 'RS256' })
    await refuse('a key whose own alg is another', (own) => signWith(own, key.private, 'PS256'))
  })

  it('a key of another issuer, with the right claims', async () => {
    const other = await makeIssuerKey('elders')
    await refuse('a key of another issuer, with the right claims', (own) => signWith(own, other.private, 'ES256'))
  })

  it('a token of another region’s issuer with the same keys', async () => {
    await refuse('a token of another region’s issuer with the same keys', (own) =>
      own.sign({ iss: 'https://inloggen.elders.example' }),
    )
  })

  it('a removed key, a minute after it was removed', async () => {
    await accept()
    issuer.keys = [(await makeIssuerKey('nieuw')).public]
    clock.shift_ms = FRESH_MS
    await refuse('a removed key, a minute after it was removed')
  })

  it('a key that was replaced under the same kid', async () => {
    await accept()
    issuer.keys = [(await makeIssuerKey('goed')).public]
    clock.shift_ms = FRESH_MS
    await refuse('a key that was replaced under the same kid')
  })

  it('keys rotate without a refused request', async () => {
    const next = await makeIssuerKey('volgend')
    for (let turn = 0; turn < 5; turn += 1) await accept()
    issuer.keys.push(next.public)
    for (let turn = 0; turn < 5; turn += 1) {
      await accept()
      await accept((own) => signWith(own, next.private, 'ES256'))
    }
    issuer.keys.shift()
    clock.shift_ms = FRESH_MS
    for (let turn = 0; turn < 5; turn += 1) await accept((own) => signWith(own, next.private, 'ES256'))
  })

  it('a flood of unknown keys: each refused, and the issuer asked twice at most', async () => {
    await accept()
    // Within one moment, however slow the machine is: the issuer is asked again every ten seconds.
    clock.stands = performance.now()
    for (let turn = 0; turn < 200; turn += 1)
      await refusedOnce(test, '', () => send((own) => own.sign({}, { kid: `vals-${turn}` })))
    expect(issuer.asked).to.be.at.most(2)
    await refuse('a flood of unknown keys (200; the issuer was asked at most once more)', (own) => own.sign({}, { kid: 'vals' }))
    await accept()
  })

  it('a flood while the issuer is down', async () => {
    issuer.answer = (response) => response.destroy()
    for (let turn = 0; turn < 50; turn += 1)
      await refusedOnce(test, '', () => send((own) => own.sign({}, { kid: `vals-${turn}` })))
    expect(issuer.asked).to.equal(1)
    await refuse('a flood while the issuer is down (50; the issuer was asked once)')
  })

  const badAnswers: [string, (response: ServerResponse) => void][] = [
    ['a key set that is redirected', (response) => response.writeHead(302, { location: `${issuer.url}/elders` }).end()],
    [
      'a key set as HTML',
      (response) => response.setHeader('content-type', 'text/html').end(JSON.stringify({ keys: issuer.keys })),
    ],
    [
      'a huge key set',
      (response) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: issuer.keys }).padEnd(300_000)),
    ],
    [
      'a key set of 101 keys',
      (response) => {
        const keys = Array.from({ length: 100 }, (_, i) => ({ ...good.public, kid: `k${i}` }))
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [...issuer.keys, ...keys] }))
      },
    ],
    ['a key set that is no JSON', (response) => response.setHeader('content-type', 'application/json').end('{"keys":[')],
    ['a key set with status 500', (response) => response.writeHead(500).end()],
    ['a key set whose answer is cut off', (response) => response.destroy()],
  ]
  for (const [name, answer] of badAnswers)
    it(name, async () => {
      issuer.answer = answer
      await refuse(name)
    })

  it('a key set that never ends', async function () {
    this.timeout(30_000)
    issuer.answer = (response) => void response.setHeader('content-type', 'application/json').write('{"keys":[')
    await refuse('a key set that never ends (refused after five seconds)')
  })

  it('a slow issuer holds nobody up whose key is known', async () => {
    await accept()
    clock.shift_ms = FRESH_MS
    const waiting: ServerResponse[] = []
    issuer.answer = (response) => void waiting.push(response)
    await accept()
  })

  it('a discovery document of another issuer', async () => {
    issuer.discovery = { issuer: 'https://inloggen.elders.example' }
    await refuse('a discovery document of another issuer')
  })

  it('a discovery document that points to keys without TLS', async () => {
    issuer.discovery = { jwks_uri: 'http://inloggen.elders.example/jwks' }
    await refuse('a discovery document that points to keys without TLS')
  })

  it('an issuer that is down: its last keys serve, for as long as they are kept and no longer', async () => {
    await accept()
    issuer.close()
    clock.shift_ms = STALE_MS - 60_000
    await accept()
    clock.shift_ms = STALE_MS + 60_000
    await refuse('a good token while the issuer is down for longer than its keys are kept (four hours)')
  })

  it('as docs/security.md tells', () => expectDocumented('issuer', outcomes, process.env.UPDATE_DOCS === '1'))
})
