import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { logIn } from '../testing/log-in.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const FORM = 'application/x-www-form-urlencoded'

/** The screens, the demo's provider, the documents and the metrics, asked as no page or client of theirs would. */
describe('attacks on what stands beside the API', () => {
  let test: TestHub
  let cookie: string
  let match: string
  before(async () => {
    test = await startTestHub()
    const s = scenarioOn(test)
    for (const by of ['mee', 'rubicon']) {
      await s.register({ by, kenmerk: 'd', persoon: { bsn: aBsn(5), geboortedatum: '2009-05-06' } })
      await s.consent(by, 'd', { gever: 'jeugdige' })
    }
    match = String((await s.matches('coordinatiepunt'))[0]?.id)
    cookie = await logIn(test.baseUrl, 'coordinatiepunt')
  })
  after(() => test.stop())

  const ask = (path: string, init: RequestInit = {}) => fetch(test.baseUrl + path, { redirect: 'manual', ...init })
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers: { cookie, 'content-type': FORM, ...headers } })

  it('a form in another character set, compressed, too large or with too many fields is refused, not a fault of the hub', async () => {
    const path = `/matches/${match}/contact`
    expect((await ask(`/matches/${match}`, { headers: { cookie } })).status).to.equal(200)
    const refusals: [status: number, answer: Promise<Response>][] = [
      [415, post(path, 'a=b', { 'content-type': `${FORM}; charset=ebcdic` })],
      [415, post(path, 'a=b', { 'content-encoding': 'onbekend' })],
      [413, post(path, new Uint8Array(gzipSync(Buffer.alloc(1_000_000, 'a'))), { 'content-encoding': 'gzip' })],
      [400, post(path, 'a=b', { 'content-encoding': 'gzip' })],
      [413, post(path, 'a'.repeat(20_000))],
      [413, post(path, Array.from({ length: 2000 }, (_, i) => `a${i}=1`).join('&'))],
      [415, post('/oidc/inloggen/x', 'a=b', { 'content-type': `${FORM}; charset=ebcdic` })],
      [413, post('/oidc/inloggen/x', 'a'.repeat(20_000))],
    ]
    for (const [i, [status, answer]] of refusals.entries()) expect((await answer).status, String(i)).to.equal(status)
  })

  it('another’s match and none are the same page to a person too', async () => {
    const other = await logIn(test.baseUrl, 'vorkmeer')
    const pages = await Promise.all(
      [match, 'm_00000000000000000000000000', 'x'].map((id) => ask(`/matches/${id}`, { headers: { cookie: other } })),
    )
    const texts = await Promise.all(pages.map((page) => page.text()))
    expect(pages.map(({ status }) => status)).to.eql([404, 404, 404])
    expect(new Set(texts).size).to.equal(1)
  })

  it('the API takes no session of a person', async () => {
    for (const path of ['/v1/matches', `/v1/matches/${match}`])
      expect((await ask(path, { headers: { cookie } })).status).to.equal(401)
  })

  it('the provider serves its clients, and nothing else that it could', async () => {
    for (const path of ['/oidc/', '/oidc/me', '/oidc/reg', '/oidc/token', '/oidc/token/introspection', '/oidc/session/end']) {
      const answer = await ask(path)
      expect([answer.status, answer.headers.get('content-type')], path).to.eql([404, 'application/problem+json; charset=utf-8'])
    }
    const headers = { origin: 'https://elders.example', 'access-control-request-method': 'POST' }
    const preflight = await ask('/oidc/token', { method: 'OPTIONS', headers })
    expect(preflight.headers.get('access-control-allow-origin')).to.equal(null)
  })

  it('documents have no parts and no conditions', async () => {
    for (const headers of [{ range: 'bytes=999999999-' }, { 'if-match': '"x"' }, { range: 'bytes=0-1' }])
      expect((await ask('/docs/swagger-ui.css', { headers })).status, JSON.stringify(headers)).to.equal(200)
  })

  it('a proxy on this machine is not this machine: it gets no metrics', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await ask('/metrics', { headers: { [name]: '203.0.113.7' } })).status, name).to.equal(404)
    expect((await ask('/metrics')).status).to.equal(200)
  })

  it('no header makes another method or path of a request', async () => {
    const token = await test.token('mee')
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-url', 'x-rewrite-url']) {
      const headers = { authorization: `Bearer ${token}`, [name]: name.includes('url') ? '/v1/status' : 'POST' }
      const answer = await ask('/v1/matches?limiet=1', { headers })
      expect([answer.status, Object.keys((await answer.json()) as object)[0]], name).to.eql([200, 'matches'])
    }
  })

  it('no spelling of a path is another path', async () => {
    const token = await test.token('mee')
    const headers = { authorization: `Bearer ${token}` }
    for (const path of [
      '/v1/matches;x=1',
      '/v1/%6Datches%2F',
      '/v1%2Fmatches',
      '/V1/matches',
      '/v1/matches%00',
      '/v1/matches%20',
    ])
      expect((await ask(path, { headers })).status, path).to.equal(404)
    const other = await (await ask('/v1/matches/m_00000000000000000000000000', { headers })).text()
    for (const id of [`${match};x`, `${match}%00`, match.toLowerCase(), `${match}%20`, `%20${match}`]) {
      const answer = await ask(`/v1/matches/${id}`, { headers })
      expect([answer.status, await answer.text()], id).to.eql([404, other])
    }
  })
})
