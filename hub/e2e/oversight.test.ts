import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>

describe('what the privacy officer sees', () => {
  let test: TestHub
  let person: string
  const bsn = aBsn(31)
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T12:00:00+01:00' })
    const s = scenarioOn(test)
    const persoon = { bsn, geboortedatum: '2009-04-01' }
    await s.register({ by: 'mee', kenmerk: 'k1', persoon })
    const id = await s.register({ by: 'rubicon', kenmerk: 'k1', persoon })
    const override = { ontvangers: ['mee'], reden: 'veiligheid', toelichting: 'Acuut.', oudersGeinformeerd: false }
    await s.must('rubicon', 'POST', '/doorbrekingen', { registratie: id, ...override })
    person = (await s.must('privacy-functionaris', 'POST', '/personen/_zoek', { reden: 'klacht', bsn })).body.persoon
  })
  after(() => test.stop())

  const officer = (path: string) => test.ask('privacy-functionaris', 'GET', path)
  const signals = async (query = '') => {
    const { body } = await officer(`/toezicht/signalen${query}`)
    return new Map<string, Json[]>(body.signalen.map((one: { soort: string; gevallen: Json[] }) => [one.soort, one.gevallen]))
  }
  /** Lines as another program might have left them: looks by a user of an organisation, at an hour. */
  const look = (organisatie: string, at: string, persons: string[], more: { gebruiker?: string; actie?: string } = {}) => {
    const { gebruiker = 'u-1', actie = 'lezen' } = more
    const line = {
      actie,
      client: organisatie,
      gebruiker,
      rol: 'organisatie',
      organisatie,
      namens: null,
      object: 'm_1',
      grond: null,
    }
    const lines = persons.map((persoon) => ({
      ...line,
      persoon,
      uitkomst: 'toegestaan',
      controles: 'token,scope',
      herkomst: 'api',
      traceId: '0'.repeat(32),
    }))
    return test.hub.store.write((tx) => tx.log.append(lines as never, new Date(at)))
  }

  it('asks each signal, with its explanation and threshold, and names nobody', async () => {
    const { body, text } = await officer('/toezicht/signalen')
    expect(body.signalen.map((one: Json) => one.soort)).to.have.members(
      'inkijk-zonder-taak veel-personen buiten-werktijd doorbreking-niet-getoetst informeren-te-laat koppelvraag-over-termijn veel-weigeringen'.split(
        ' ',
      ),
    )
    for (const one of body.signalen) expect(one).to.include({ aantal: one.gevallen.length })
    expect(text).not.to.include(bsn)
    expect((await test.ask('mee', 'GET', '/toezicht/signalen')).status).to.equal(403)
  })

  it('sees looks without match or task, and none of who has one', async () => {
    await look('mee', '2026-11-10T10:00:00Z', [person])
    await look('vorkmeer', '2026-11-10T10:00:00Z', [person], { gebruiker: 'u-9' })
    const found = (await signals('?van=2026-11-10&tot=2026-11-11')).get('inkijk-zonder-taak')
    expect(found).to.deep.equal([{ gebruiker: 'u-9', client: 'vorkmeer', organisatie: 'vorkmeer', personen: 1, aantal: 1 }])
  })

  it('sees many persons in an hour, beyond the policy’s threshold, and not the same one often', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `p_${i}`)
    await look('mee', '2026-11-04T10:00:00Z', many(25))
    await look('mee', '2026-11-04T11:00:00Z', Array(60).fill('p_1'))
    await look('rubicon', '2026-11-04T11:05:00Z', many(26))
    const found = (await signals('?van=2026-11-04&tot=2026-11-05')).get('veel-personen')
    expect(found).to.deep.equal([
      { gebruiker: 'u-1', client: 'rubicon', organisatie: 'rubicon', moment: '2026-11-04T11:00:00Z', personen: 26 },
    ])
  })

  it('sees what is outside hours, in Dutch time, winter and summer', async () => {
    const inside = ['2026-11-05T06:30:00Z', '2026-07-01T05:30:00Z', '2026-07-01T17:59:00Z']
    const outside = ['2026-11-05T05:30:00Z', '2026-11-05T19:30:00Z', '2026-07-01T18:00:00Z', '2026-11-07T10:00:00Z']
    for (const at of [...inside, ...outside]) await look('mee', at, [person])
    const moments = async (query: string) => (await signals(query)).get('buiten-werktijd')?.map(({ moment }) => moment)
    expect(await moments('?van=2026-11-05&tot=2026-11-08')).to.have.members(
      ['2026-11-05T05', '2026-11-05T19', '2026-11-07T10'].map((hour) => `${hour}:00:00Z`),
    )
    expect(await moments('?van=2026-07-01&tot=2026-07-02')).to.deep.equal(['2026-07-01T18:00:00Z'])
  })

  it('sees an override that stays unreviewed, and informing that is overdue', async () => {
    expect((await signals()).get('doorbreking-niet-getoetst')).to.deep.equal([])
    expect((await signals()).get('informeren-te-laat')).to.deep.equal([])
    const real = test.hub.clock.domain
    test.hub.clock.domain = () => new Date('2026-12-30T12:00:00Z')
    expect((await signals()).get('doorbreking-niet-getoetst')?.[0]).to.include({ organisatie: 'rubicon' })
    expect((await signals()).get('informeren-te-laat')?.map(({ organisatie }) => organisatie)).to.have.members(['mee', 'rubicon'])
    test.hub.clock.domain = real
  })

  it('sees a client with many refusals', async () => {
    for (let i = 0; i < 20; i++) await test.ask('vorkmeer', 'GET', '/status')
    expect((await signals()).get('veel-weigeringen')).to.deep.include({ client: 'vorkmeer', aantal: 20 })
  })

  it('has a report of a week, as JSON and as a page', async () => {
    const { body } = await officer('/toezicht/weekrapport?week=2026-W45')
    expect(body).to.deep.include({ week: '2026-W45', van: '2026-11-02', tot: '2026-11-09' })
    expect(body.tellingen).to.include({ regels: 25 + 60 + 26 + 4, inzagen: 115, doorbrekingen: 0 })
    expect(body.log.controlepunt).to.match(/^verwijsindex\//)
    const page = await officer('/toezicht/weekrapport?week=2026-W45&vorm=html')
    expect(page.headers.get('content-type')).to.match(/^text\/html/)
    expect(page.text).to.include('<h1>Toegangslog, week 2026-W45</h1>').and.to.include('veel-personen: 1')
    expect((await officer('/toezicht/weekrapport?week=2026-W54')).status).to.equal(400)
    expect((await officer('/toezicht/weekrapport?week=2027-W53')).status).to.equal(400)
    expect((await officer('/toezicht/weekrapport?week=2020-W53')).body.van).to.equal('2020-12-28')
    expect((await officer('/toezicht/weekrapport')).status).to.equal(200)
  })

  it('is itself in the log', async () => {
    const lines = await test.onStore("SELECT object FROM access_log WHERE object LIKE 'weekrapport 2026-W45'")
    expect(lines).to.have.length(2)
  })
})
