import { expect } from 'chai'
import { operations } from '../../schemas/openapi.ts'
import { expectConform } from '../testing/conforms.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { sendBeforeReading, sendRaw } from '../testing/raw.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import type { Ask } from '../testing/request.ts'

const BSN = aBsn(4711)
const NAME = 'Kwakernaak'

describe('what is refused, and in which order', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const filled = (path: string, id: string) => path.replace(/\{\w+\}/g, id)

  it('knows no path that is not in the document, nor one with a slash at its end or other capitals', async () => {
    for (const path of ['/', '/onbekend', '/registraties/', '/Registraties', '/matches//', '/registraties/r_1/onbekend'])
      expect((await test.ask(null, 'GET', path)).status, path).to.equal(404)
    for (const { path } of operations()) {
      const slashed = `${filled(path, 'r_1')}/`
      expect((await test.ask('mee', 'GET', slashed)).status, slashed).to.equal(404)
    }
  })

  it('answers another method with 405 and the methods that are there, before it looks at the token', async () => {
    for (const [path, group] of Map.groupBy(operations(), (operation) => operation.path)) {
      const there = group.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'].filter((each) => !there.includes(each))) {
        const { status, headers } = await test.ask(null, method, filled(path, 'r_1'))
        expect([status, headers.get('allow')], `${method} ${path}`).to.eql([405, there.join(', ')])
      }
    }
  })

  it('asks a token for everything but the document itself, and the one scope that the document names', async () => {
    for (const { operationId, method, path, scope } of operations()) {
      const asked = filled(path, 'r_1')
      if (scope === null) expect((await test.ask(null, method, asked)).status, operationId).to.equal(200)
      else {
        expect((await test.ask(null, method, asked)).status, operationId).to.equal(401)
        const other = scope === 'beheer' ? 'cijfers:lezen' : 'beheer'
        const token = await test.token('beheer', { scope: other })
        expect((await test.ask('beheer', method, asked, { token })).status, operationId).to.equal(403)
      }
    }
  })

  it('refuses a scope before it reads the body, and a size before a type before the content', async () => {
    const token = await test.token('privacy-functionaris')
    const head = (extra: string, bearer: string) =>
      `POST /v1/registraties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${bearer}\r\n${extra}\r\n\r\n`
    const unread = await sendRaw(test.baseUrl, [head('Content-Type: application/json\r\nContent-Length: 1000', token)])
    expect(unread.status).to.equal(403)
    const mee = await test.token('mee')
    const large = await sendRaw(test.baseUrl, [head('Content-Type: text/html\r\nContent-Length: 2000000', mee)])
    expect(large.status).to.equal(413)
    const typed = await test.ask('mee', 'POST', '/registraties?x=1', { body: '{', headers: { 'content-type': 'text/html' } })
    expect(typed.status).to.equal(415)
    for (const type of ['application/json; charset=utf-16', 'application/jsonp', ''])
      expect((await test.ask('mee', 'POST', '/registraties', { body: '{}', headers: { 'content-type': type } })).status).to.equal(
        415,
      )
    const gzip = { 'content-encoding': 'gzip' }
    expect((await test.ask('mee', 'POST', '/registraties', { body: '{}', headers: gzip })).status).to.equal(415)
    const invalid = await test.ask('mee', 'PUT', '/registraties/r_onbekend', { body: {} })
    expect(invalid.status).to.equal(400)
  })

  it('limits a body that comes in chunks as it limits one that says its length', async () => {
    const token = await test.token('mee')
    const head = `POST /v1/registraties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    const chunk = `${(65536).toString(16)}\r\n${' '.repeat(65536)}\r\n`
    const large = await sendRaw(test.baseUrl, [head, ...Array<string>(17).fill(chunk)])
    expect(large.status).to.equal(413)
    expectConform('POST', '/registraties', large)
    const keepOpen = head.replace('Connection: close\r\n', '')
    const next = `GET /v1/registraties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`
    const both = await sendRaw(test.baseUrl, [keepOpen, ...Array<string>(17).fill(chunk), '0\r\n\r\n', next])
    expect([both.status, both.text.includes('HTTP/1.1 200 OK')], 'the connection goes on').to.eql([413, true])
    const text = JSON.stringify(aRegistration())
    const slow = [...text].map((sign) => `1\r\n${sign}\r\n`)
    const whole = await sendRaw(test.baseUrl, [head, ...slow, '0\r\n\r\n'])
    expect(whole.status).to.equal(201)
  })

  it('lets who is still sending finish, so that its refusal is heard, also where the connection then ends', async () => {
    const size = 9 * 1024 * 1024
    for (const [path, bearer, status] of [
      ['/v1/registraties/_batch', await test.token('mee'), 413],
      ['/v1/registraties', 'x', 401],
      ['/v1/onbekend', 'x', 404],
    ] as const) {
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${bearer}\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`
      const { sent, text } = await sendBeforeReading(test.baseUrl, head, size)
      expect([sent, text.slice(0, 12)], path).to.eql([size, `HTTP/1.1 ${status}`])
    }
  })

  it('tells who asks first to send its body only when it will be read', async () => {
    const text = JSON.stringify(aRegistration())
    const ask = async (bearer: string) => {
      const head = `POST /v1/registraties HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nAuthorization: Bearer ${bearer}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`
      return (await sendRaw(test.baseUrl, [head, text], { idle_ms: 300, pause_ms: 100 })).status
    }
    expect(await ask(await test.token('mee'))).to.equal(100)
    expect(await ask(await test.token('beheer'))).to.equal(403)
  })

  it('gives the same bytes for what is unknown, what is another’s, and what is no id', async () => {
    const made = await test.ask('mee', 'POST', '/registraties', { body: aRegistration() })
    const others = made.body.id as string
    const unknown = `${others.slice(0, -1)}${others.endsWith('0') ? '1' : '0'}`
    const ids = [
      others,
      unknown,
      others.toLowerCase(),
      'r_1',
      'x',
      '1',
      BSN,
      NAME,
      '%00',
      '%20',
      '%2F',
      '%zz',
      '%E0%A4',
      "'",
      '..%2f',
      'a'.repeat(500),
    ]
    for (const [method, path, body] of [
      ['GET', '/registraties/{id}', undefined],
      ['PUT', '/registraties/{id}', aRegistration()],
      ['POST', '/registraties/{id}/beeindigingen', { versie: 2, einddatum: '2026-11-01', afsluitreden: 'uitval' }],
      ['GET', '/registraties/{id}/toestemmingen', undefined],
      ['GET', '/leveringen/{id}', undefined],
      ['GET', '/matches/{id}', undefined],
      ['POST', '/matches/{id}/opvolgingen', { soort: 'variant', variant: 1 }],
      ['GET', '/meldingen/{id}', undefined],
      ['POST', '/toestemmingen/{id}/intrekkingen', {}],
      ['DELETE', '/abonnementen/{id}', undefined],
    ] as const) {
      const answers = []
      for (const id of ids) answers.push(await test.ask('rubicon', method, filled(path, id), body ? { body } : {}))
      for (const [i, { status, text }] of answers.entries())
        expect([status, text], `${method} ${path} ${ids[i]}`).to.eql([404, answers[0]?.text])
    }
  })

  it('names all faults of query and body at once', async () => {
    const body = { ...aRegistration(), risicoscore: 5, versie: 0 }
    const { status, body: problem } = await test.ask('mee', 'POST', '/registraties?onbekend=1', { body })
    expect(status).to.equal(400)
    expect(problem.fouten.map((fault: { pointer: string }) => fault.pointer)).to.have.members([
      '/onbekend',
      '/risicoscore',
      '/versie',
    ])
    const other = await test.ask('mee', 'POST', '/toestemmingen?onbekend=1', { body: { antwoord: 'misschien' } })
    expect(other.body.fouten.map((fault: { pointer: string }) => fault.pointer)).to.include.members([
      '/onbekend',
      '/registratie',
      '/antwoord',
    ])
  })

  it('refuses unknown, repeated and senseless query parameters everywhere', async () => {
    for (const { method, path, parameters } of operations().filter(({ scope }) => scope === 'registratie:lezen')) {
      expect((await test.ask('mee', method, `${filled(path, 'r_1')}?verbose=1`)).status, path).to.equal(400)
      if (!parameters.some(({ name }) => name === 'limiet')) continue
      for (const query of [
        'limiet=0',
        'limiet=1001',
        'limiet=1e2',
        'limiet=-1',
        'limiet=1&limiet=2',
        'cursor=onzin',
        `cursor=${BSN}`,
      ])
        expect((await test.ask('mee', method, `${path}?${query}`)).status, query).to.be.oneOf(
          path.includes('{') ? [400, 404] : [400],
        )
    }
  })

  it('never says again what was sent', async () => {
    const odd: Ask[] = [
      { body: { ...aRegistration(), [BSN]: 1, [NAME]: 2, [`${NAME} ${BSN}`]: 3 } },
      {
        body: {
          ...aRegistration(),
          persoon: { [NAME]: BSN, bsn: BSN.replace(/.$/, 'x'), geslachtsnaam: [NAME], geslacht: NAME },
        },
      },
      { body: { ...aRegistration(), versie: BSN, betrokkenheid: { status: NAME, begindatum: BSN } } },
      { body: `{"${NAME}":"${BSN}"` },
      { body: `${BSN} ${NAME}` },
      { body: `{"${BSN}":1,"${BSN}":2}` },
      { body: '{}', headers: { 'content-type': `text/${NAME}; charset=${BSN}` } },
      { body: '{}', headers: { 'if-match': NAME, 'content-encoding': BSN } },
    ]
    const answers = []
    for (const ask of odd) answers.push(await test.ask('mee', 'POST', '/registraties', ask))
    for (const ask of odd) answers.push(await test.ask('mee', 'POST', '/registraties/_batch', ask))
    for (const ask of odd) answers.push(await test.ask('mee', 'POST', '/toestemmingen', ask))
    for (const place of [BSN, NAME, `registraties/${BSN}`, `${NAME}/${BSN}`, `matches/${NAME}`])
      answers.push(await test.ask('mee', 'GET', `/${place}`), await test.ask('mee', 'PATCH', `/${place}`))
    for (const query of [`${NAME}=${BSN}`, `${BSN}=1`, `status=${NAME}`, `cursor=${BSN}`, `limiet=${BSN}`])
      answers.push(await test.ask('mee', 'GET', `/registraties?${query}`))
    answers.push(await test.ask(null, 'GET', '/registraties', { headers: { authorization: `Bearer ${NAME}.${BSN}.x` } }))
    answers.push(
      await test.ask('mee', 'POST', `/registraties/_bestand?adapter=${NAME.toLowerCase()}`, {
        body: BSN,
        headers: { 'content-type': 'text/csv' },
      }),
    )
    answers.push(await test.ask('mee', 'GET', '/gebeurtenissen/_stroom', { headers: { 'last-event-id': BSN } }))
    for (const { status, text, headers } of answers) {
      expect(status, text).to.be.within(400, 499)
      const whole = text + JSON.stringify([...headers])
      expect(whole).not.to.include(BSN)
      expect(whole.toLowerCase()).not.to.include(NAME.toLowerCase())
    }
  })
})
