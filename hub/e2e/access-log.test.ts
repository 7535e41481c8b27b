import { expect } from 'chai'
import { verifyConsistency } from '../stages/audit/verify-consistency.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('the access log over HTTP', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const officer = (method: string, path: string, body?: object) =>
    test.ask('privacy-functionaris', method, path, body ? { body } : {})
  const search = async (body: object) => (await officer('POST', '/logregels/_zoek', body)).body

  it('holds a line for each read, before it was answered', async () => {
    const person = { bsn: aBsn(1), voornamen: 'Noor', geslachtsnaam: 'Proef', geboortedatum: '2013-04-01' }
    const { id } = (await test.ask('mee', 'POST', '/registraties', { body: aRegistration({ persoon: person }) })).body
    await test.untilProcessed()
    const { persoon } = (await officer('POST', '/personen/_zoek', { reden: 'inzageverzoek', bsn: person.bsn })).body
    expect(persoon).to.match(/^p_/)
    await test.ask('mee', 'GET', `/registraties/${id}`)
    const [last] = (await search({ persoon, actie: 'lezen' })).logregels
    expect(last).to.include({ persoon, client: 'mee', organisatie: 'mee', actie: 'lezen', uitkomst: 'toegestaan' })
    const found = (await search({ persoon, actie: 'zoeken', gebruiker: 'privacy-functionaris' })).logregels
    expect(found.length).to.be.at.least(1)
  })

  it('logs a search for someone who is not there, and says no more than that', async () => {
    const before = (await search({ actie: 'zoeken', uitkomst: 'geweigerd' })).logregels.length
    const { status, text } = await officer('POST', '/personen/_zoek', { reden: 'klacht', bsn: aBsn(999) })
    expect(status).to.equal(404)
    expect(text).not.to.include(aBsn(999))
    expect((await search({ actie: 'zoeken', uitkomst: 'geweigerd' })).logregels).to.have.length(before + 1)
    for (const body of [{ bsn: aBsn(1) }, { reden: 'klacht' }, { reden: ' ', bsn: aBsn(1) }])
      expect((await officer('POST', '/personen/_zoek', body)).status).to.equal(400)
  })

  it('searches by each field, page by page', async () => {
    await test.ask(null, 'GET', '/matches')
    expect((await search({ uitkomst: 'geweigerd', organisatie: 'mee' })).logregels).to.eql([])
    expect((await search({ van: '2099-01-01' })).logregels).to.eql([])
    expect((await search({ tot: '2020-01-01T00:00:00Z' })).logregels).to.eql([])
    expect((await search({ grond: 'onbekend' })).logregels).to.eql([])
    expect((await search({ persoon: aBsn(5) })).logregels).to.eql([])
    expect((await search({ actie: 'zoeken', limiet: 1 })).logregels[0]).not.to.have.property('persoon', aBsn(5))
    const first = await search({ limiet: 2, cursor: '' })
    const second = await search({ limiet: 2, cursor: first.volgende })
    const numbers = [...first.logregels, ...second.logregels].map((line: { nummer: number }) => line.nummer)
    const newest = numbers[0] as number
    expect(numbers).to.eql([newest, newest - 1, newest - 2, newest - 3])
    expect((await officer('POST', '/logregels/_zoek', { cursor: 'onzin' })).status).to.equal(400)
    expect((await officer('POST', '/logregels/_zoek', { limiet: 0, onbekend: 1 })).body.fouten).to.have.length(2)
    expect((await officer('POST', '/logregels/_zoek')).status).to.equal(200)
  })

  it('proves each line under the newest checkpoint, and knows no other number', async () => {
    const { nummer } = (await search({ limiet: 1 })).logregels[0]
    for (const number of [1, nummer]) {
      const { body } = await officer('GET', `/logregels/${number}/bewijs`)
      expect(body.nummer).to.equal(number)
      expect(body.boomgrootte).to.be.at.least(number)
    }
    const refused = []
    for (const number of ['0', '01', '-1', '1e1', '0x1', '1.0', '%201', 'x', '9007199254740993', '99999999', ''])
      if (number !== '') refused.push(await officer('GET', `/logregels/${number}/bewijs`))
    expect(new Set(refused.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1)
    expect(refused[0]?.status).to.equal(404)
  })

  it('proves that it only grew', async () => {
    const root = (note: string) => ({
      size: Number(note.split('\n')[1]),
      hash: Buffer.from(note.split('\n')[2] as string, 'base64'),
    })
    const early = root((await officer('GET', '/controlepunt')).text)
    await officer('GET', '/controlepunt')
    const late = root((await officer('GET', '/controlepunt')).text)
    expect(late.size).to.be.above(early.size)
    const { body } = await officer('GET', `/controlepunt/_consistentie?van=${early.size}&tot=${late.size}`)
    const path = body.pad.map((hash: string) => Buffer.from(hash, 'base64'))
    const sizes = { from: early.size, to: late.size, fromRoot: early.hash, toRoot: late.hash }
    expect(verifyConsistency({ ...sizes, path })).to.equal(true)
    const vkey = (await officer('GET', '/controlepunt/_sleutel')).text.trim()
    expect(vkey).to.match(/^verwijsindex\/[a-z-]+\+[0-9a-f]{8}\+/)
    expect((await officer('GET', '/controlepunt/_consistentie?van=5&tot=2')).status).to.be.oneOf([400, 404])
    expect((await officer('GET', '/controlepunt/_consistentie?van=1&tot=99999999')).status).to.equal(404)
    expect((await officer('GET', '/controlepunt/_consistentie')).body.fouten).to.have.length(2)
  })
})
