import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('registrations over HTTP', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const post = (body: object, client = 'mee') => test.ask(client, 'POST', '/registraties', { body })

  it('answers a new one with 201 and the same again with 200 and the same bytes', async () => {
    const body = aRegistration({ persoon: { bsn: aBsn(1) } })
    const first = await post(body)
    const again = await post(body)
    expect(first.status).to.equal(201)
    expect(first.headers.get('location')).to.equal(`/v1/registraties/${first.body.id}`)
    expect(first.body).to.have.all.keys('id', 'bronbericht', 'versie', 'status', 'ontvangenOp')
    expect(first.body).to.include({ bronbericht: body.bronbericht, versie: 1, status: 'ontvangen' })
    expect(again.status).to.equal(200)
    expect(again.text).to.equal(first.text)
    await test.untilProcessed()
    expect((await post(body)).text).to.equal(first.text)
  })

  it('takes the same members in another order as the same message', async () => {
    const body = aRegistration()
    await post(body)
    expect((await post(Object.fromEntries(Object.entries(body).reverse()))).status).to.equal(200)
  })

  it('refuses another body under the same bronbericht, alone and in a batch', async () => {
    const body = aRegistration()
    await post(body)
    const other = { ...body, contact: { functie: 'gezinscoach' } }
    const refused = await post(other)
    expect(refused.status).to.equal(409)
    expect(refused.body.type).to.equal('urn:verwijsindex:fout:bronbericht-hergebruikt')
    const batch = await test.ask('mee', 'POST', '/registraties/_batch', { body: { registraties: [other, body] } })
    expect(batch.body.resultaten.map((row: { status: number }) => row.status)).to.eql([409, 200])
  })

  it('keeps the bronbericht of one client apart from that of another', async () => {
    const body = aRegistration()
    await post(body)
    expect((await post({ ...body, contact: { functie: 'consulent' } }, 'rubicon')).status).to.equal(201)
  })

  it('takes a newer version by POST under the same id, and keeps an older one from going back in time', async () => {
    const body = aRegistration({ versie: 3 })
    const { id } = (await post(body)).body
    const newer = await post({ ...body, bronbericht: `${body.bronbericht}-b`, versie: 5 })
    expect(newer.status).to.equal(200)
    expect(newer.body).to.include({ id, versie: 5 }).and.not.to.have.property('toegepast')
    const older = await post({ ...body, bronbericht: `${body.bronbericht}-c`, versie: 4 })
    expect(older.status).to.equal(200)
    expect(older.body).to.include({ id, versie: 4, toegepast: false })
    expect((await test.ask('mee', 'GET', `/registraties/${id}`)).body).to.include({
      versie: 5,
      bronbericht: newer.body.bronbericht,
    })
  })

  it('takes a newer version by PUT, answers a repeated one as the first time, and refuses it for others', async () => {
    const body = aRegistration()
    const { id } = (await post(body)).body
    const second = { ...body, bronbericht: `${body.bronbericht}-2`, versie: 2 }
    const put = (ask: object, client = 'mee') => test.ask(client, 'PUT', `/registraties/${id}`, { body: ask })
    const first = await put(second)
    expect(first.status).to.equal(200)
    expect(first.body).to.include({ id, versie: 2 })
    await put({ ...body, bronbericht: `${body.bronbericht}-3`, versie: 3 })
    expect((await put(second)).text).to.equal(first.text)
    expect((await put({ ...second, bronbericht: `${body.bronbericht}-4`, versie: 1 })).body).to.include({ toegepast: false })
    expect((await put({ ...second, contact: { functie: 'ander' } })).status).to.equal(409)
    expect((await put({ ...second, bronbericht: 'nieuw' }, 'rubicon')).status).to.equal(404)
  })

  it('changes only the version that If-Match names', async () => {
    const body = aRegistration()
    const { id } = (await post(body)).body
    const etag = (await test.ask('mee', 'GET', `/registraties/${id}`)).headers.get('etag')
    expect(etag).to.equal('"1"')
    const put = (versie: number, tag: string) =>
      test.ask('mee', 'PUT', `/registraties/${id}`, {
        body: { ...body, bronbericht: `${body.bronbericht}-${versie}`, versie },
        headers: { 'if-match': tag },
      })
    expect((await put(2, '"7"')).status).to.equal(412)
    expect((await put(2, 'W/"1"')).status).to.equal(412)
    expect((await put(2, '"7", "1"')).body).to.include({ versie: 2 })
    expect((await put(2, '"1"')).status, 'a repeated one').to.equal(200)
    expect((await put(3, '"1"')).status).to.equal(412)
    expect((await put(3, '*')).status).to.equal(200)
    const end = { versie: 4, einddatum: '2026-11-01', afsluitreden: 'overig' }
    const ending = (tag: string) =>
      test.ask('mee', 'POST', `/registraties/${id}/beeindigingen`, { body: end, headers: { 'if-match': tag } })
    expect((await ending('"2"')).status).to.equal(412)
    expect((await ending('"3"')).status).to.equal(201)
  })

  it('ends an involvement once, whatever came after it', async () => {
    const body = aRegistration()
    const { id } = (await post(body)).body
    const end = (versie: number, einddatum = '2026-11-01') =>
      test.ask('mee', 'POST', `/registraties/${id}/beeindigingen`, { body: { versie, einddatum, afsluitreden: 'uitval' } })
    const first = await end(2)
    expect(first.status).to.equal(201)
    expect(first.body).to.include({ id, versie: 2 })
    const again = await end(2)
    expect([again.status, again.text]).to.eql([200, first.text])
    const { betrokkenheid } = (await test.ask('mee', 'GET', `/registraties/${id}`)).body
    expect(betrokkenheid).to.include({ status: 'afgesloten', einddatum: '2026-11-01', afsluitreden: 'uitval' })
    await post({ ...body, bronbericht: `${body.bronbericht}-3`, versie: 3 })
    const later = await end(2)
    expect([later.status, later.body.id, later.body.versie]).to.eql([200, id, 2])
    expect((await end(1)).body).to.include({ toegepast: false })
    expect((await end(4, '2020-01-01')).body.fouten[0]).to.include({ pointer: '/einddatum', code: 'voor-begindatum' })
  })

  it('shows the persons at the registration only, and a BSN nowhere', async () => {
    const bsn = aBsn(77)
    const persoon = { bsn, voornamen: 'Kanarie', geslachtsnaam: 'Vogelaar', geboortedatum: '2012-02-03' }
    const gezagsdragers = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Oudkanarie', geslachtsnaam: 'Vogelaar' }]
    const { id } = (await post(aRegistration({ persoon, gezagsdragers }))).body
    await test.untilProcessed()
    const one = await test.ask('mee', 'GET', `/registraties/${id}`)
    expect(one.body.persoon).to.include({ voornamen: 'Kanarie' }).and.not.to.have.property('bsn')
    expect(one.body.gezagsdragers[0]).to.include({ kenmerk: 'o1', voornamen: 'Oudkanarie' })
    const list = await test.ask('mee', 'GET', '/registraties?limiet=1000')
    for (const { text } of [one, list]) expect(text).not.to.include(bsn)
    expect(list.text).not.to.match(/Vogelaar|kanarie/i)
  })
})
