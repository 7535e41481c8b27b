import { expect } from 'chai'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumOrSkip } from '../../deploy/engines/browser.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('the screens of a running hub', function () {
  this.timeout(120_000)
  let test: TestHub
  let browser: Browser
  let page: Page

  before(async function () {
    const executablePath = chromiumOrSkip(this)
    test = await startTestHub({ clock: '2026-11-22T09:00:00Z' })
    browser = await chromium.launch({ executablePath })
  })
  after(async () => {
    await browser?.close()
    await test?.stop()
  })
  beforeEach(async () => {
    page = await browser.newPage({ locale: 'nl-NL' })
    page.setDefaultTimeout(5000)
  })
  afterEach(() => page.close())

  /** Registers one child at two organisations; all consent when `mayTell`. */
  async function matchBetween(number: number, mayTell: boolean): Promise<void> {
    const persoon = { bsn: aBsn(number), geslachtsnaam: `Geheim${number}`, geboortedatum: '2018-05-06', gemeente: '1894' }
    const gezagsdragers = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]
    for (const client of ['mee', 'rubicon']) {
      const contact = { functie: `consulent ${number}`, telefoon: '0770000000' }
      const { body } = await test.ask(client, 'POST', '/registraties', {
        body: aRegistration({ persoon, gezagsdragers, contact }),
      })
      const consent = { registratie: body.id, over: 'jeugdige', gever: 'o1', antwoord: 'ja', vorm: 'mondeling', bereik: {} }
      if (mayTell) await test.ask(client, 'POST', '/toestemmingen', { body: { ...consent, geldigVanaf: '2026-01-01' } })
    }
    await test.untilProcessed()
  }

  async function logIn(name = 'Inloggen als Coördinatiepunt'): Promise<void> {
    await page.goto(test.baseUrl)
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
  }

  it('take one from a registration to a recorded contact, with every look in the access log', async () => {
    await matchBetween(1, true)
    await matchBetween(2, false)
    await logIn()
    const text = await page.getByRole('main').innerText()
    expect(text).to.contain('Nog niet gesproken; uiterlijk 29 november 2026').and.not.contain('Geheim')
    expect(await page.getByRole('listitem').count(), 'the sealed match is not there').to.equal(1)

    await page.getByRole('link', { name: /^Match / }).click()
    await page.getByText('consulent 1').first().waitFor()
    await page.getByRole('radio', { name: 'Ja, er is gesproken' }).check()
    await page.getByRole('checkbox', { name: 'Stichting MEE' }).check()
    await page.getByRole('button', { name: 'Contact vastleggen' }).click()
    await page.getByText('Het contact is vastgelegd.').waitFor()

    const { matches } = (await test.ask('mee', 'GET', '/matches?opgevolgd=true')).body
    expect(matches).to.have.length(1)
    expect(matches[0].opvolging.contact).to.include({ gesproken: true, op: '2026-11-22', door: 'coordinatiepunt' })
    const { logregels } = (
      await test.ask('privacy-functionaris', 'POST', '/logregels/_zoek', { body: { gebruiker: 'coordinatiepunt' } })
    ).body
    const seen = logregels.map(({ actie, client }: { actie: string; client: string }) => `${client} ${actie}`)
    expect(new Set(seen)).to.deep.equal(new Set(['verwijsindex-scherm aanmaken', 'verwijsindex-scherm lezen']))
  })

  it('show what the hub finds wrong with the form', async () => {
    await matchBetween(3, true)
    await logIn('Stichting MEE')
    await page
      .getByRole('link', { name: /^Match / })
      .first()
      .click()
    await page.getByRole('radio', { name: /^3\./ }).check()
    await page.getByRole('button', { name: 'Variant vastleggen' }).click()
    expect(await page.getByRole('alert').innerText()).to.contain('Uw rol mag deze variant niet vaststellen.')
  })

  it('log what they refuse', async () => {
    await logIn()
    await page.goto(`${test.baseUrl}/matches/m_01KA0000000000000000000000`)
    await page.getByRole('heading', { name: 'Niet gevonden' }).waitFor()
    await page.goto(`${test.baseUrl}/aanmelden/terug?code=vals&state=vals`)
    await page.getByText('Probeer het opnieuw').waitFor()
    const { logregels } = (
      await test.ask('privacy-functionaris', 'POST', '/logregels/_zoek', { body: { uitkomst: 'geweigerd' } })
    ).body
    const clients = logregels
      .slice(0, 2)
      .map(({ client, gebruiker }: { client: string; gebruiker: string }) => [client, gebruiker])
    expect(clients[0][0]).to.equal('-')
    expect(clients[1]).to.deep.equal(['verwijsindex-scherm', 'coordinatiepunt'])
  })

  it('leave other addresses to the API, which answers as ever', async () => {
    const { status, headers } = await fetch(`${test.baseUrl}/nergens`)
    expect(status).to.equal(404)
    expect(headers.get('content-type')).to.match(/^application\/problem\+json/)
  })
})
