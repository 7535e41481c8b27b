import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { importJWK, SignJWT } from 'jose'
import { demoClientKeys, type PrivateKey } from '../edges/auth/demo-keys.ts'
import { startTestHub, type TestHub, type TestHubOptions } from '../testing/hub.ts'
import { logIn } from '../testing/log-in.ts'
import { metricsOf } from '../testing/transcript.ts'

const PROXY = [{ address: '127.0.0.1', bits: 32 }]
const AT_ONCE = 60

/** The screens and the demo's provider, asked too much. */
describe('who asks too much beside the API', () => {
  let test: TestHub
  let refused = 0
  const now = performance.now.bind(performance)
  let stands: number | undefined
  before(() => {
    performance.now = () => stands ?? now()
  })
  after(() => {
    performance.now = now
  })
  /** Everything asked of it comes at one moment, however slow the machine is: nothing is given back meanwhile. */
  const started = async (options: TestHubOptions) => {
    test = await startTestHub(options)
    stands = now()
  }
  afterEach(() => {
    stands = undefined
    return test.stop()
  })

  const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) => {
    const answer = await fetch(test.baseUrl + path, { redirect: 'manual', headers, ...init })
    if (answer.status === 429) refused++
    return answer
  }
  const times = async (count: number, one: () => Promise<Response>) => {
    const statuses: number[] = []
    for (let i = 0; i < count; i++) statuses.push((await one()).status)
    return statuses
  }
  const linesOf = (object: string) =>
    test.onStore(`select client, uitkomst, controles, herkomst from access_log where object = '${object}'`)

  const expectPage = async (answer: Response) => {
    expect(answer.status).to.equal(429)
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60)
    expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).to.contain("default-src 'none'")
    const wait = answer.headers.get('retry-after')
    expect(await answer.text()).to.contain(`Probeer het over ${wait === '1' ? '1 seconde' : `${wait} seconden`} opnieuw.`)
  }

  it('a session has so many pages, then a page that says when to try again; other sessions go on, and it can log out', async () => {
    await started({ pagesPerMinute: 6 })
    const cookie = await logIn(test.baseUrl, 'coordinatiepunt')
    const other = await logIn(test.baseUrl, 'coordinatiepunt')
    const first = await ask('/', { cookie })
    expect(first.headers.get('ratelimit-policy')).to.equal('"scherm";q=6;w=60')
    expect(first.headers.get('ratelimit')).to.equal('"scherm";r=5;t=0')
    expect(await times(5, () => ask('/', { cookie }))).to.eql(Array(5).fill(200))
    const over = await ask('/', { cookie })
    expect(over.headers.get('ratelimit')).to.match(/^"scherm";r=0;t=([1-9]|10)$/)
    await expectPage(over)
    expect((await ask('/', { cookie: other })).status).to.equal(200)
    expect((await ask('/', {})).status).to.equal(200)
    const lines = await test.onStore("select controles from access_log where herkomst = 'scherm' and uitkomst = 'geweigerd'")
    expect(lines).to.eql([{ controles: 'te-veel-verzoeken' }])
    const out = await ask('/afmelden', { cookie }, { method: 'POST' })
    expect(out.status).not.to.equal(429)
  })

  it('an address has so many steps of logging in, whatever it says of another address', async () => {
    await started({ loginsPerMinute: 8 })
    const headers = () => ({ 'x-forwarded-for': `203.0.113.${refused}`, forwarded: 'for=203.0.113.9' })
    expect(await times(8, () => ask('/aanmelden', headers()))).to.eql(Array(8).fill(303))
    const over = await ask('/aanmelden', headers())
    expect(over.headers.get('ratelimit-policy')).to.equal('"inloggen";q=8;w=60')
    await expectPage(over)
    await expectPage(await ask('/aanmelden/terug?code=x', headers()))
    await expectPage(await ask('/oidc/inloggen/x', headers()))
    await expectPage(await ask('/oidc/auth?client_id=x', headers()))
    expect((await ask('/', headers())).status).to.equal(200)
  })

  it('a proxy that is trusted says for whom it asks: each of them is counted by itself', async () => {
    await started({ loginsPerMinute: 4, trustedProxies: PROXY })
    const from = (address: string) => ask('/aanmelden', { 'x-forwarded-for': `198.51.100.1, ${address}` })
    expect(await times(5, () => from('203.0.113.1'))).to.eql([303, 303, 303, 303, 429])
    expect((await from('203.0.113.2')).status).to.equal(303)
    expect((await from('203.0.113.1')).status).to.equal(429)
  })

  it('a person logs in so often, from however many addresses, and others may', async () => {
    await started({ loginsPerMinute: 30, trustedProxies: PROXY })
    const send = (login: string, at: number) =>
      logIn(test.baseUrl, login, (url, init) =>
        fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), 'x-forwarded-for': `203.0.113.${at}` } }),
      )
    for (let at = 0; at < 3; at++) await send('mee', at)
    const failure = await send('mee', 3).catch((error: Error) => error.message)
    expect(failure).to.equal('logging in ended with 429 at /aanmelden/terug')
    await send('rubicon', 3)
  })

  it('a person looks at so many different matches on the screens, like a system', async () => {
    await started({ personsPerHour: 3 })
    const cookie = await logIn(test.baseUrl, 'mee')
    const look = (i: number) => ask(`/matches/m_${String(i).padStart(26, '0')}`, { cookie })
    const statuses: number[] = []
    for (const i of [1, 2, 3, 4, 1]) statuses.push((await look(i)).status)
    expect(statuses).to.eql([404, 404, 404, 429, 404])
    expect(await (await look(5)).text()).to.match(/te veel verschillende matches.*Probeer het over \d+ minuten opnieuw\./)
  })

  describe('at the token endpoint', () => {
    let keys: Map<string, PrivateKey>
    beforeEach(async () => {
      await started({ trustedProxies: PROXY })
      keys = await demoClientKeys(test.config.keysDir, ['mee', 'rubicon'])
    })

    async function askToken(client: string, signer: string, at: string, more: Record<string, string> = {}) {
      const key = keys.get(signer) as PrivateKey
      const now_s = Math.floor(Date.now() / 1000)
      const aud = `${test.baseUrl}/oidc`
      const claims = { iss: client, sub: client, aud, iat: now_s, exp: now_s + 60, jti: randomUUID() }
      const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(await importJWK(key, 'ES256'))
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const fields = { grant_type: 'client_credentials', client_assertion_type: type, client_assertion: assertion, ...more }
      return ask('/oidc/token', { 'x-forwarded-for': at }, { method: 'POST', body: new URLSearchParams(fields) })
    }
    const [BAD, GOOD] = ['203.0.113.66', '203.0.113.7']

    it('who fails again and again is stopped there, with one line in the access log; the client itself goes on', async () => {
      expect(await times(AT_ONCE, () => askToken('mee', 'rubicon', BAD))).to.eql(Array(AT_ONCE).fill(401))
      const over = await askToken('mee', 'rubicon', BAD)
      expect(over.status).to.equal(429)
      expect(over.headers.get('retry-after')).to.match(/^[12]$/)
      expect(over.headers.get('ratelimit-policy')).to.equal('"mislukt";q=60;w=120')
      expect(over.headers.get('content-type')).to.match(/^application\/problem\+json/)
      expect(await over.json()).to.include({ type: 'urn:verwijsindex:fout:te-veel-verzoeken', status: 429 })
      expect((await askToken('mee', 'mee', BAD)).status, 'a good proof too').to.equal(429)
      expect((await askToken('mee', 'mee', GOOD)).status).to.equal(200)
      expect((await askToken('rubicon', 'rubicon', BAD)).status).to.equal(200)
      const line = { client: '-', uitkomst: 'geweigerd', controles: 'te-veel-verzoeken', herkomst: 'oidc' }
      expect(await linesOf('token mee')).to.eql([line])
      const counted = await metricsOf(test)
      expect(counted).to.include('verwijsindex_geweigerd_totaal{fout="te-veel-verzoeken"} 2')
      expect(counted).to.include(`verwijsindex_geweigerd_totaal{fout="token-ongeldig"} ${AT_ONCE}`)
    })

    it('who sends all at once gets no more than that, and one line', async () => {
      const answers = await Promise.all(Array.from({ length: 2 * AT_ONCE }, () => askToken('mee', 'rubicon', BAD)))
      expect(answers.filter(({ status }) => status === 401).length).to.be.within(AT_ONCE, AT_ONCE + 3)
      expect((await linesOf('token mee')).length).to.be.within(1, 2)
    })

    it('names that no client has are counted together, and stand in no line', async () => {
      const unknown = () => askToken(`x-${randomUUID()}`, 'rubicon', BAD)
      expect((await times(AT_ONCE + 1, unknown)).at(-1)).to.equal(429)
      expect(await linesOf('token onbekend')).to.have.length(1)
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x'.repeat(70_000) })
      expect((await ask('/oidc/token', { 'x-forwarded-for': GOOD }, { method: 'POST', body })).status).to.equal(400)
    })

    it('a client that is right and asks for what it may not have is not stopped', async () => {
      const tooMuch = () => askToken('mee', 'mee', GOOD, { scope: 'beheer' })
      expect(await times(AT_ONCE + 20, tooMuch)).to.eql(Array(AT_ONCE + 20).fill(400))
    })

    it('without a line there is no answer', async () => {
      await times(AT_ONCE - 1, () => askToken('mee', 'rubicon', BAD))
      const { hub } = test
      const { writeBeside } = hub.store
      hub.store.writeBeside = () => Promise.reject(new Error('no log'))
      const last = await askToken('mee', 'rubicon', BAD)
      hub.store.writeBeside = writeBeside
      expect([last.status, last.headers.get('retry-after')]).to.eql([503, '2'])
    })
  })
})
