import { expect } from 'chai'
import { expectConform } from '../testing/conforms.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { sendRaw } from '../testing/raw.ts'
import { aRegistration } from '../testing/registration.ts'

describe('bodies and requests that no client should send', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const post = (body: string | Uint8Array) => test.ask('mee', 'POST', '/registraties', { body })
  const codes = async (body: string | Uint8Array) => {
    const { status, body: problem } = await post(body)
    expect(status).to.equal(400)
    return problem.fouten.map((fault: { code: string }) => fault.code)
  }

  it('refuses a member given twice, also when spelled otherwise', async () => {
    const text = JSON.stringify(aRegistration())
    expect(await codes(text.replace('{', '{"versie":7,'))).to.include('dubbel-veld')
    expect(await codes(text.replace('{', '{"\\u0076ersie":7,'))).to.include('dubbel-veld')
  })

  it('refuses __proto__ at every depth, and what looks like an object’s own', async () => {
    const text = JSON.stringify(aRegistration())
    for (const member of [
      '"__proto__":{"versie":9}',
      '"\\u005f_proto__":1',
      '"constructor":1',
      '"toString":1',
      '"hasOwnProperty":1',
    ])
      for (const place of ['{', '"persoon":{'])
        expect(await codes(text.replace(place, `${place}${member},`)), member).to.include('onbekend-veld')
  })

  it('refuses what is nested too deep, whatever its depth', async () => {
    for (const depth of [17, 1000, 500_000]) {
      expect(await codes('['.repeat(depth) + ']'.repeat(depth))).to.include('te-diep')
      const body = { registraties: [] }
      const text = JSON.stringify(body).replace('[]', '['.repeat(depth) + ']'.repeat(depth))
      expect((await test.ask('mee', 'POST', '/registraties/_batch', { body: text })).status).to.equal(400)
    }
  })

  it('refuses bytes that are no UTF-8 and half characters, and takes a byte order mark', async () => {
    const text = JSON.stringify(aRegistration({ kenmerk: 'é' }))
    expect(await codes(Buffer.from(text, 'latin1'))).to.eql(['tekenset'])
    expect(await codes(Buffer.from(text, 'utf16le'))).not.to.eql([])
    expect(await codes(text.replace('é', '\\ud800'))).to.include('tekenset')
    expect((await post(`\uFEFF${text}`)).status).to.equal(201)
  })

  it('refuses every other kind of JSON, and none', async () => {
    for (const body of ['null', '[]', '1', '"tekst"', 'true', '{} {}', '', ' ', 'undefined', "{'a':1}", '{"a":1,}', 'NaN'])
      expect(await codes(body), body).not.to.eql([])
  })

  it('answers what is no HTTP as it answers every other refusal', async () => {
    for (const [bytes, status] of [
      ['ONZIN\r\n\r\n', 400],
      ['GET /v1/status HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      ['GET /v1/status HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n', 400],
      ['POST /v1/registraties HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
      [`GET /v1/status HTTP/1.1\r\nHost: x\r\nX-Groot: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const answer = await sendRaw(test.baseUrl, [bytes])
      expect(answer.status, bytes.slice(0, 80)).to.equal(status)
      expect(answer.headers.get('api-version')).to.equal('1.0.0')
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
      expect(JSON.parse(answer.text)).to.include({ status })
    }
  })

  it('reads a whole address as its path, and knows no host by it', async () => {
    const token = await test.token('beheer')
    const ask = (target: string) =>
      sendRaw(test.baseUrl, [`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`])
    const whole = await ask('http://elders.example/v1/status')
    expect(whole.status).to.equal(200)
    expectConform('GET', '/status', whole)
    expect((await ask('//elders.example/v1/status')).status).to.equal(404)
    expect((await ask('*')).status).to.equal(404)
  })

  it('answers HEAD as GET, without a body, and ends it where GET goes on', async () => {
    await test.ask('mee', 'POST', '/registraties', { body: aRegistration() })
    for (const path of ['/registraties', '/gebeurtenissen', '/matches', '/gebeurtenissen/_stroom']) {
      const { status, text } = await test.ask('mee', 'HEAD', path)
      expect([status, text], path).to.eql([200, ''])
    }
    expect((await test.ask('mee', 'HEAD', '/registraties/onbekend')).status).to.equal(404)
  })
})
