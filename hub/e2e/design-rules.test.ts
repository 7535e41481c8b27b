import { expect } from 'chai'
import { readSchemas } from '../../schemas/files.ts'
import { openapiDocument, operations } from '../../schemas/openapi.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { sendRaw } from '../testing/raw.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

const SECURITY = [
  'cache-control',
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
]
const MOMENT = /"\w*(Op|Vanaf|Tot|tijdstip|time)":"(\d{4}-\d\d-\d\d(?:T[^"]*)?)"/g

/** NL GOV REST API Design Rules 2.1, each rule by its name, held against a running hub. */
describe('API Design Rules', () => {
  let test: TestHub
  const document = openapiDocument() as { info: Record<string, never>; openapi: string; paths: Record<string, object> }
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
  })
  after(() => test.stop())

  const holderOf = (scope: string | null) =>
    test.hub.region.clients.find(({ scopes }) => scope !== null && scopes.includes(scope as never))?.id ?? null

  it('path-segments-kebab-case, no-sensitive-uris: paths are lower case, and no query asks for a person', () => {
    for (const { path, parameters } of operations()) {
      expect(path).to.match(/^(\/(_?[a-z]+(-[a-z]+)*|\{[a-z]+\}|openapi\.json))+$/)
      for (const { name, in: place } of parameters)
        if (place === 'query')
          expect(name, path)
            .to.match(/^[a-z][a-zA-Z]*$/)
            .and.not.match(/bsn|persoon|naam|geboorte/i)
    }
  })

  it('query-keys-camel-case: so are the properties of every schema', () => {
    const names = new Set<string>()
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return
      for (const [key, value] of Object.entries(part)) {
        if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name)
        if (key !== 'examples' && key !== 'example') walk(value)
      }
    }
    for (const schema of readSchemas().values()) walk(schema)
    expect([...names].filter((name) => !/^[a-z][a-zA-Z0-9]*$/.test(name))).to.eql([])
  })

  it('no-trailing-slash: 404, and no redirect', async () => {
    for (const path of ['/registraties/', '/matches/', '/openapi.json/', '/']) {
      const { status, headers } = await test.ask('mee', 'GET', path)
      expect([status, headers.get('location')], path).to.eql([404, null])
    }
  })

  it('http-methods: HEAD where there is GET, 405 with Allow elsewhere', async () => {
    for (const path of ['/registraties', '/openapi.json'])
      expect((await test.ask('mee', 'HEAD', path)).status, path).to.equal(200)
    for (const [method, path, allow] of [
      ['DELETE', '/registraties', 'GET, HEAD, POST'],
      ['POST', '/openapi.json', 'GET, HEAD'],
    ] as const) {
      const { status, headers } = await test.ask(null, method, path)
      expect([status, headers.get('allow')], `${method} ${path}`).to.eql([405, allow])
    }
    const trace = await sendRaw(test.baseUrl, ['TRACE /v1/registraties HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'])
    expect([trace.status, trace.headers.get('allow')]).to.eql([405, 'GET, HEAD, POST'])
  })

  it('version-header, security-headers, problem-details: on every answer, errors too', async () => {
    const asked = [
      ['mee', 'GET', '/registraties', 200],
      [null, 'GET', '/openapi.json', 200],
      [null, 'GET', '/registraties', 401],
      ['beheer', 'GET', '/registraties', 403],
      ['mee', 'GET', '/registraties/x', 404],
      [null, 'GET', '/onbekend', 404],
      [null, 'PATCH', '/registraties', 405],
      ['mee', 'GET', '/registraties?limiet=0', 400],
    ] as const
    for (const [client, method, path, expected] of asked) {
      const { status, headers, body } = await test.ask(client, method, path)
      expect(status, path).to.equal(expected)
      expect(headers.get('api-version')).to.equal(document.info.version)
      for (const name of SECURITY) expect(headers.get(name), `${name} ${path}`).to.be.a('string')
      if (status >= 400) expect(body).to.include.keys('status', 'title', 'detail')
    }
  })

  it('semver, publish-openapi: without a token, from any origin, with someone to ask', async () => {
    const { headers, body } = await test.ask(null, 'GET', '/openapi.json', { headers: { origin: 'https://elders.example' } })
    expect(headers.get('access-control-allow-origin')).to.equal('*')
    expect(body.openapi).to.match(/^3\.1\./)
    expect(body.info.version).to.match(/^\d+\.\d+\.\d+$/)
    expect(body.info.contact).to.have.all.keys('name', 'email', 'url')
    const other = await test.ask('mee', 'GET', '/registraties', { headers: { origin: 'https://elders.example' } })
    expect(other.headers.get('access-control-allow-origin')).to.equal(null)
  })

  it('all-errors, invalid-input: 400 with every fault at once', async () => {
    const body = { ...aRegistration(), versie: 0, onbekend: 1, contact: {} }
    const { status, body: problem } = await test.ask('mee', 'POST', '/registraties?ook=1', { body })
    const pointers = problem.fouten.map((fault: { pointer: string }) => fault.pointer)
    expect(status).to.equal(400)
    expect(pointers).to.include.members(['/versie', '/onbekend', '/ook', '/contact/functie'])
  })

  it('date-time: moments in UTC with Z, days where time means nothing', async () => {
    const persoon = { bsn: aBsn(61), geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' }
    for (const client of ['mee', 'rubicon']) {
      const { body } = await test.ask(client, 'POST', '/registraties', { body: aRegistration({ persoon }) })
      const consent = { registratie: body.id, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'mondeling' }
      await test.ask(client, 'POST', '/toestemmingen', { body: { ...consent, geldigVanaf: '2026-10-01T02:00:00+02:00' } })
    }
    await test.untilProcessed()
    const answers = []
    for (const path of ['/registraties', '/matches', '/gebeurtenissen']) answers.push((await test.ask('mee', 'GET', path)).text)
    answers.push((await test.ask('privacy-functionaris', 'POST', '/logregels/_zoek', { body: {} })).text)
    const moments = answers.flatMap((text) => [...text.matchAll(MOMENT)].map((found) => found[2] as string))
    expect(moments.length).to.be.above(5)
    for (const moment of moments) expect(moment).to.match(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/)
  })

  it('doc: every example of a body that the document gives is taken by the hub as well formed', async () => {
    for (const { operationId, method, path, scope, bodySchema } of operations()) {
      const example = bodySchema === null ? undefined : (readSchemas().get(bodySchema)?.examples as object[] | undefined)?.[0]
      const client = holderOf(scope)
      if (!example || !client) continue
      const { status, text } = await test.ask(client, method, path.replace(/\{\w+\}/g, 'r_1'), { body: example })
      expect(status, `${operationId} ${text}`).to.be.oneOf([200, 201, 204, 404, 409, 412])
    }
  })
})
