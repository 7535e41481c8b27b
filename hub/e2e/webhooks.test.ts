import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Webhook } from 'standardwebhooks'
import { deliveryAddress } from '../edges/delivery/address.ts'
import { neverReceives } from '../flows/public-address.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

describe('webhooks', function () {
  this.timeout(120_000)
  const received: Received[] = []
  /** Answers per path, used up one by one; 204 after that. */
  const answers = new Map<string, { status: number; headers?: Record<string, string> }[]>()
  let receiver: Server
  let address: string
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let drawn = 40

  before(async () => {
    receiver = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() })
      const { status, headers } = answers.get(request.url ?? '')?.shift() ?? { status: 204 }
      response.writeHead(status, headers).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    test = await startTestHub()
    s = scenarioOn(test)
  })
  after(async () => {
    await test.stop()
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
  })
  beforeEach(() => {
    received.length = 0
  })

  const subscribe = async (path: string, typen: string[] = ['nl.verwijsindex.registratie.verwerkt.v1']) =>
    (await s.must('mee', 'POST', '/abonnementen', { url: address + path, typen })).body as { id: string; geheim: string }
  const unsubscribe = (id: string) => s.must('mee', 'DELETE', `/abonnementen/${id}`)
  const register = () => s.register({ by: 'mee', kenmerk: `w${drawn}`, persoon: { bsn: aBsn(drawn++) } })
  const arrived = async (path: string, count: number) => {
    for (let i = 0; i < 500 && received.filter((each) => each.path === path).length < count; i++) await wait(20)
    return received.filter((each) => each.path === path)
  }
  /** No attempt is under way: one that ends after the clock was moved is put off from there. */
  const settled = () =>
    until(async () => (await test.onStore('SELECT event FROM delivery WHERE "claimedUntil" IS NOT NULL LIMIT 1')).length === 0)
  /** What waits for another attempt is due now. */
  const hurry = async () => {
    await settled()
    const due = new Date(Date.now() + 90 * 86_400_000)
    const real = test.hub.clock.real
    test.hub.clock.real = () => due
    test.hub.delivery.ring()
    return () => {
      test.hub.clock.real = real
    }
  }
  const states = () => test.hub.store.read((tx) => tx.webhooks.countByState())
  const until = async (look: () => Promise<boolean>) => {
    for (let i = 0; i < 500 && !(await look()); i++) await wait(20)
    expect(await look()).to.equal(true)
  }

  it('carry on the trace of the request that they came of, through link and alert, and so do the log lines', async () => {
    const { id } = await subscribe('/trace', ['nl.verwijsindex.match.geopend.v1'])
    const [persoon, traceId] = [{ bsn: aBsn(drawn++), geboortedatum: '2009-04-01' }, 'a1b2c3d4'.repeat(4)]
    await s.register({ by: 'mee', kenmerk: 'spoor', persoon })
    const registratie = await s.register({ by: 'rubicon', kenmerk: 'spoor', persoon })
    const body = { registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk', bereik: {} }
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
    expect((await test.ask('rubicon', 'POST', '/toestemmingen', { body, headers })).status).to.equal(201)
    const [one] = await arrived('/trace', 1)
    expect(one?.headers.traceparent).to.match(new RegExp(`^00-${traceId}-(?!0+-)[0-9a-f]{16}-01$`))
    const search = { body: { limiet: 100 } }
    const { logregels } = (await test.ask('privacy-functionaris', 'POST', '/logregels/_zoek', search)).body
    const own = logregels.filter((line: { traceId: string }) => line.traceId === traceId)
    expect(own.map((line: { client: string }) => line.client)).to.include.members(['rubicon', 'hub'])
    await unsubscribe(id)
  })

  it('are thin, signed as the published library wants them, and say what to fetch', async () => {
    const { id, geheim } = await subscribe('/good')
    const registration = await register()
    const [one] = await arrived('/good', 1)
    const message = new Webhook(geheim).verify(one?.body ?? '', one?.headers as Record<string, string>) as Record<string, string>
    expect(message).to.include({
      specversion: '1.0',
      dataref: `/v1/registraties/${registration}`,
      id: one?.headers['webhook-id'],
    })
    expect(Object.keys(message)).to.not.include('data')
    expect(() => new Webhook(geheim).verify(`${one?.body} `, one?.headers as Record<string, string>)).to.throw()
    await s.must('mee', 'GET', (message.dataref ?? '').slice('/v1'.length))
    await unsubscribe(id)
  })

  it('are sent again with the same id and a fresh signature', async () => {
    const { id, geheim } = await subscribe('/again')
    answers.set('/again', [{ status: 500 }, { status: 503, headers: { 'retry-after': '1' } }])
    await register()
    await arrived('/again', 1)
    await until(async () => (await states()).wacht === 1)
    const [first] = received
    const stop = await hurry()
    await arrived('/again', 2)
    stop()
    const [, second] = await arrived('/again', 2)
    expect(second?.headers['webhook-id']).to.equal(first?.headers['webhook-id'])
    expect(second?.body).to.equal(first?.body)
    expect(second?.headers['webhook-signature']).to.not.equal(first?.headers['webhook-signature'])
    expect(first?.headers['webhook-signature']).to.match(/^v1,/)
    expect(() => new Webhook(geheim).verify(first?.body ?? '', first?.headers as Record<string, string>)).to.not.throw()
    await unsubscribe(id)
  })

  it('stop for good at a 410', async () => {
    const { id } = await subscribe('/gone')
    answers.set('/gone', [{ status: 410 }])
    await register()
    await arrived('/gone', 1)
    const mine = async () =>
      (await s.must('mee', 'GET', '/abonnementen')).body.abonnementen.find((each: { id: string }) => each.id === id)
    await until(async () => (await mine())?.status === 'gestopt')
    const { wacht = 0 } = await states()
    await register()
    expect((await states()).wacht ?? 0).to.equal(wacht)
    expect(received.filter((each) => each.path === '/gone')).to.have.length(1)
    await unsubscribe(id)
  })

  it('follow no redirect', async () => {
    const { id } = await subscribe('/moved')
    answers.set('/moved', [{ status: 307, headers: { location: `${address}/elsewhere` } }])
    const { wacht = 0 } = await states()
    await register()
    await arrived('/moved', 1)
    await until(async () => ((await states()).wacht ?? 0) > wacht)
    expect(received.map((each) => each.path)).to.deep.equal(['/moved'])
    await unsubscribe(id)
  })

  it('are counted when they never arrive, and no longer tried', async () => {
    const { id } = await subscribe('/dead')
    answers.set(
      '/dead',
      Array.from({ length: 20 }, () => ({ status: 500 })),
    )
    await register()
    await arrived('/dead', 1)
    const real = test.hub.clock.real
    for (let attempt = 1, ahead = 0; attempt < 10; attempt++) {
      await settled()
      ahead += 3 * 86_400_000
      const at = ahead
      test.hub.clock.real = () => new Date(Date.now() + at)
      test.hub.delivery.ring()
      await arrived('/dead', attempt + 1)
    }
    await until(async () => (await states()).dood === 1)
    test.hub.clock.real = real
    expect(received.filter((each) => each.path === '/dead')).to.have.length(10)
    const text = await (await fetch(`${test.baseUrl}/metrics`)).text()
    expect(text).to.match(/verwijsindex_leveringen_dood 1/)
    await unsubscribe(id)
  })

  it('carry nothing of a match but its path, to each receiver its own', async () => {
    const { id } = await subscribe('/matches', ['nl.verwijsindex.match.geopend.v1'])
    const persoon = { bsn: aBsn(drawn++), geboortedatum: '2009-01-01' }
    for (const by of ['mee', 'rubicon']) await s.register({ by, kenmerk: 'match', persoon })
    expect(received).to.deep.equal([])
    await s.consent('rubicon', 'match', { gever: 'jeugdige' })
    const [told] = await arrived('/matches', 1)
    const { dataref, ...rest } = JSON.parse(told?.body ?? '{}')
    expect(Object.keys(rest).sort()).to.deep.equal(['id', 'source', 'specversion', 'time', 'type'])
    await s.must('mee', 'GET', dataref.slice('/v1'.length))
    expect((await test.ask('rubicon', 'GET', dataref.slice('/v1'.length))).status).to.equal(404)
    await unsubscribe(id)
  })

  it('go to public addresses only, outside the demo', async () => {
    const refused = [
      '127.0.0.1',
      '10.1.2.3',
      '172.20.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
      '[::1]',
      '[fd00::1]',
      '[fe80::1]',
      '[::ffff:10.0.0.1]',
      '[::ffff:a00:1]',
      'localhost',
      '100.64.0.1',
      '[::]',
      '[::7f00:1]',
      '[2002:a00:1::]',
      '[64:ff9b:1::a00:1]',
    ]
    for (const host of refused) expect(await deliveryAddress(host, false).catch(() => 'refused'), host).to.equal('refused')
    expect(await deliveryAddress('198.51.100.7', false)).to.equal('198.51.100.7')
    expect(await deliveryAddress('127.0.0.1', true)).to.equal('127.0.0.1')
    expect(await deliveryAddress('10.1.2.3', true).catch(() => 'refused')).to.equal('refused')
  })

  it('are not promised to an address that is private as it stands', async () => {
    const answers = async (host: string) =>
      (await test.ask('mee', 'POST', '/abonnementen', { body: { url: `https://${host}/in` } })).status
    for (const host of ['10.1.2.3', '169.254.169.254', '0xa9fe.0xa9fe', '192.168.1.1', '[fd00::1]', '[::ffff:10.0.0.1]', '[::]'])
      expect(await answers(host), host).to.equal(400)
    for (const host of ['localhost', 'ontvanger.localhost', '127.0.0.1', '[::1]', '2130706433']) {
      expect(neverReceives(URL.parse(`https://${host}`)?.hostname ?? '', false), host).to.equal(true)
      expect(neverReceives(URL.parse(`https://${host}`)?.hostname ?? '', true), host).to.equal(false)
    }
    for (const host of ['198.51.100.7', 'voorbeeld.example', 'localhost.example'])
      expect(neverReceives(host, false), host).to.equal(false)
  })
})
