import axe from 'axe-core'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { chromiumOrSkip } from '../../deploy/engines/browser.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>

describe('figures over HTTP', function () {
  this.timeout(60_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  before(async () => {
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00' })
    s = scenarioOn(test)
    const towns = ['1894', '1894', '1894', '1507', '0984']
    const registraties = Array.from({ length: 90 }, (_, i) => {
      const [gemeente = '1894', day] = [towns[(i * i) % 5], `2026-${String(1 + (i % 10)).padStart(2, '0')}-0${1 + (i % 7)}`]
      const persoon = { bsn: aBsn(2000 + i), geboortedatum: '2015-05-06', gemeente }
      return aRegistration({ persoon, betrokkenheid: { status: i % 9 === 0 ? 'intake' : 'actief', begindatum: day } })
    })
    await s.must('mee', 'POST', '/registraties/_batch', { registraties })
    await test.untilProcessed()
  })
  after(() => test.stop())

  const figures = async (query = '', client = 'beheer') => (await test.ask(client, 'GET', `/cijfers${query}`)).body

  it('counts what was sent, whole and per period, and refuses a period that ends before it begins', async () => {
    expect((await figures()).registraties).to.include({ totaal: 90, nieuw: 90, open: 90, afgesloten: 0 })
    const year = await figures('?van=2026-01-01&tot=2026-12-31')
    expect(year.registraties.perStatus).to.eql([
      { status: 'actief', aantal: 80 },
      { status: 'intake', aantal: 10 },
    ])
    expect(year.periode).to.eql({ van: '2026-01-01', tot: '2026-12-31' })
    expect((await test.ask('beheer', 'GET', '/cijfers?van=2026-02-01&tot=2026-01-01')).status).to.equal(400)
    expect((await test.ask('beheer', 'GET', '/cijfers?van=gisteren')).status).to.equal(400)
    expect((await test.ask('coordinatiepunt', 'GET', '/cijfers?gemeente=0984')).status).to.equal(404)
  })

  it('gives the same as CSV, and a yearly report of which every chart has a title, a description and a table', async () => {
    const csv = await test.ask('beheer', 'GET', '/cijfers?formaat=csv')
    expect(csv.headers.get('content-type')).to.match(/^text\/csv/)
    expect(csv.text).to.include('onderwerp,getal,uitsplitsing,aantal\r\n').and.to.include('registraties,totaal,,90\r\n')
    expect(csv.text).to.include('registraties,perStatus,actief,80\r\n')
    const asked = await test.ask('beheer', 'GET', '/cijfers', { headers: { accept: 'text/csv' } })
    expect(asked.headers.get('content-type')).to.match(/^text\/csv/)
    const page = await test.ask('beheer', 'GET', '/cijfers/_jaarverslag?jaar=2026')
    expect(page.headers.get('content-type')).to.match(/^text\/html/)
    const charts = page.text.match(/<svg .*?<\/svg>/gs) ?? []
    expect(charts.length).to.be.at.least(2)
    for (const chart of charts)
      expect(chart)
        .to.match(/role="img" aria-labelledby="[^"]+"/)
        .and.include('<title')
        .and.include('<desc')
    expect(page.text).not.to.match(/<script|https?:|src=/)
  })

  it('gives a yearly report that a browser finds accessible', async function () {
    const browser = await chromium.launch({ executablePath: chromiumOrSkip(this) })
    try {
      const page = await browser.newPage({ viewport: { width: 900, height: 1200 } })
      await page.setContent((await test.ask('beheer', 'GET', '/cijfers/_jaarverslag?jaar=2026')).text)
      expect(await page.locator('svg[role=img]').count()).to.be.at.least(2)
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
      expect(violations.map(({ id }) => id)).to.eql([])
    } finally {
      await browser.close()
    }
  })

  it('counts problems and referrals from counts without persons', async () => {
    const telling = (lijst: string, code: string, aantal: number) => ({
      lijst,
      code,
      datum: '2026-11-02',
      gemeente: '1894',
      aantal,
    })
    const tellingen = [
      telling('probleem', 'opvoeden', 12),
      telling('probleem', 'schulden', 7),
      telling('verwijzing', 'huisarts', 3),
    ]
    expect((await test.ask('mee', 'POST', '/tellingen', { body: { tellingen } })).status).to.equal(201)
    const { tellingen: counted } = await figures()
    expect(counted.problemen).to.eql([
      { code: 'opvoeden', aantal: 12 },
      { code: 'schulden', aantal: 7 },
    ])
    expect(counted.verwijzingen).to.eql([{ code: 'huisarts', aantal: null }])
  })

  it('counts matches, follow-up, meldingen, cases and agreements', async () => {
    for (let i = 0; i < 6; i++) {
      const persoon = { bsn: aBsn(3000 + i), geboortedatum: '2009-05-06', gemeente: '1894' }
      for (const by of ['mee', 'rubicon']) {
        await s.register({ by, kenmerk: `k${i}`, persoon })
        await s.consent(by, `k${i}`, { gever: 'jeugdige' })
      }
    }
    for (const match of await s.matches('mee'))
      await s.must('mee', 'POST', `/matches/${match.id}/opvolgingen`, { soort: 'contact', gesproken: true })
    for (const match of await s.matches('coordinatiepunt')) {
      const { id } = (await s.must('coordinatiepunt', 'POST', '/coordinatiecasussen', { match: match.id })).body
      const act = (body: Json) => s.must('coordinatiepunt', 'POST', `/coordinatiecasussen/${id}/handelingen`, body)
      await act({ soort: 'variant', variant: 3 })
      const door = { soort: 'organisatie', organisatie: 'mee' }
      const afspraak = (await act({ soort: 'afspraak', door, code: 'bellen', uiterlijk: '2026-12-24' })).body.id
      await act({ soort: 'afspraakresultaat', afspraak, nagekomen: false })
    }
    const body = await figures('?van=2026-01-01&tot=2026-12-31')
    expect(body.matches).to.include({ nieuw: 6, opgevolgd: 6, opvolgpercentage: 100, dagenTotContact: 0 })
    expect(body.casussen).to.include({ nieuw: 6, open: 6, gesloten: 0 })
    expect(body.casussen.perVariant).to.eql([{ variant: '3', aantal: 6 }])
    expect(body.afspraken).to.eql({ gemaakt: 6, nietNagekomen: 6 })
  })
})
