import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { expect } from 'chai'
import express from 'express'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumOrSkip } from '../../../deploy/engines/browser.ts'
import type { Match, Opvolging } from '../../../schemas/types.ts'
import { HubError } from '../../errors.ts'
import type { Principal } from '../../principal.ts'
import { gateOf } from '../../testing/gate.ts'
import { admitLogins } from '../auth/admit.ts'
import { demoClientKeys, demoProviderKeys, publicPart } from '../auth/demo-keys.ts'
import { demoLogins } from '../auth/demo-logins.ts'
import { createDemoProvider } from '../auth/demo-provider.ts'
import { localKeys } from '../auth/key-source.ts'
import { createLogin } from '../auth/login.ts'
import type { RegionClient } from '../auth/region-client.ts'
import { createReplayCache } from '../auth/replay-cache.ts'
import { createTokenVerifier } from '../auth/verify-token.ts'
import { demoProviderPages } from './pages/demo-login-page.ts'
import { createScreens } from './screens.ts'

const AUDIENCE = 'urn:verwijsindex:api'
const TODAY = '2026-11-22'
const SCOPES = ['match:lezen', 'coordinatie:schrijven']
const CLIENTS: RegionClient[] = [
  { id: 'noordzorg', organisatie: 'noordzorg', rol: 'organisatie', scopes: ['match:lezen'], gemeenten: ['1894'] },
  { id: 'coordinatiepunt', organisatie: 'coordinatiepunt', rol: 'coordinatiepunt', scopes: SCOPES, gemeenten: ['1894'] },
]
const NAMES: Record<string, string> = {
  noordzorg: 'Noordzorg',
  welzijn: 'Welzijn <Oost> & "West"',
  coordinatiepunt: 'Coördinatiepunt',
}
const FIRST = 'm_01KA0000000000000000FIRST'

function matchOf(id: string, opvolging: Partial<Match['opvolging']> = {}): Match {
  const grond = { soort: 'toestemming', reglement: 'peel-en-maas-1g1p@1', regel: '12-16-beiden' }
  const party = (organisatie: string) => ({
    organisatie: { id: organisatie, naam: NAMES[organisatie] ?? organisatie },
    status: 'actief' as const,
    begindatum: '2026-10-01',
    contact: { functie: 'jeugdhulpverlener', telefoon: '077 123 45 67', eMail: 'team@voorbeeld.example' },
    grond,
  })
  const betrokkenen = [party('noordzorg'), party('welzijn')]
  const begin = { id, soort: 'persoon', status: 'open', geopendOp: '2026-11-10T09:00:00Z', gemeente: '1894' } as const
  return {
    ...begin,
    eigenKenmerken: [],
    betrokkenen,
    opvolging: { uiterlijk: '2026-11-17', contact: null, variant: null, ...opvolging },
  }
}

/** What the screens ask of the hub, kept in memory: their port, for pages alone. */
function createPort() {
  const port = {
    matches: new Map<string, Match>(),
    recorded: [] as { principal: Principal; id: string; body: Opvolging }[],
    worklist: async (_: Principal, { cursor, limiet }: { cursor?: string; limiet: number }) => {
      const start = Number(cursor ?? 0)
      const matches = [...port.matches.values()].slice(start, start + limiet)
      return { matches, ...(start + limiet < port.matches.size ? { volgende: String(start + limiet) } : {}) }
    },
    match: async (_: Principal, id: string) => {
      const match = port.matches.get(id)
      if (!match) throw new HubError('niet-gevonden')
      return match
    },
    recordFollowUp: async (principal: Principal, id: string, body: Opvolging) => {
      port.recorded.push({ principal, id, body })
      const { gesproken = false, op = TODAY, metOrganisaties = [], variant = null } = body
      const contact = body.soort === 'contact' ? { gesproken, op, metOrganisaties, door: principal.organisation } : null
      port.matches.set(id, matchOf(id, { contact, variant }))
    },
  }
  return port
}

describe('the screens', function () {
  this.timeout(120_000)
  const port = createPort()
  const faults: unknown[] = []
  const refusals: string[] = []
  let clients = CLIENTS
  const gate = gateOf()
  let keysDir: string
  let server: Server
  let origin: string
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const troubles: string[] = []

  before(async function () {
    const executablePath = chromiumOrSkip(this)
    keysDir = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    const app = express()
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const nameOf = (id: string) => NAMES[id] ?? id
    const keys = await demoClientKeys(keysDir, [...CLIENTS.map(({ id }) => id), 'scherm'])
    const issuer = `${origin}/oidc`
    const screen = { clientId: 'scherm', redirectUri: `${origin}/aanmelden/terug` }
    const common = { issuer, audience: AUDIENCE }
    const unbound = { binding: 'none', certificateOf: () => undefined } as const
    const providerKeys = await demoProviderKeys(keysDir)
    const onFault = (reason: unknown) => void faults.push(reason)
    const pages = demoProviderPages(nameOf)
    const provider = createDemoProvider({
      ...common,
      ...unbound,
      clients: CLIENTS,
      providerKeys,
      clientKeys: keys,
      screen,
      pages,
      gate,
      logStop: async () => {},
      onFault,
    })
    const admits = admitLogins(() => clients, 'scherm')
    const trusted = localKeys(async () => ({ keys: providerKeys.map(publicPart) }))
    const verifier = createTokenVerifier({ ...common, keys: trusted, binding: 'none', replays: createReplayCache(), admits })
    app.use('/oidc', provider.router)
    app.use(
      createScreens({
        port,
        login: createLogin({ ...common, ...screen, keys: () => [keys.get('scherm')!], onRefusedKey: onFault, scopes: SCOPES }),
        verify: (token, facts) => verifier.verify(['authorization', `Bearer ${token}`], { method: 'GET', url: origin }, facts),
        admits,
        gate,
        baseUrl: origin,
        nameOf,
        today: () => TODAY,
        demoLogins: demoLogins(CLIENTS).map(({ id }) => ({ id, naam: nameOf(id) })),
        logRefusal: async (principal, { code, object }) => void refusals.push(`${principal?.organisation} ${code} ${object}`),
        onFault,
      }),
    )
    browser = await chromium.launch({ executablePath })
  })
  after(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    if (keysDir) rmSync(keysDir, { recursive: true })
  })

  beforeEach(async () => {
    port.matches = new Map([
      [FIRST, matchOf(FIRST)],
      ['m_01KA000000000000000SECOND', matchOf('m_01KA000000000000000SECOND', { variant: 2 })],
    ])
    port.recorded.length = 0
    clients = CLIENTS
    Object.assign(gate, gateOf())
    context = await browser.newContext({ locale: 'nl-NL' })
    page = await context.newPage()
    page.setDefaultTimeout(5_000)
    page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())))
    page.on('pageerror', (error) => void troubles.push(error.message))
    page.on('request', (request) => void (request.url().startsWith(origin) || troubles.push(`foreign: ${request.url()}`)))
  })
  afterEach(async () => {
    await context.close()
    const expected = /status of (40[0134]|429)/
    expect(troubles.splice(0).filter((trouble) => !expected.test(trouble))).to.deep.equal([])
    expect(faults.splice(0)).to.deep.equal([])
  })

  async function logIn(): Promise<void> {
    await page.goto(origin)
    await page.getByRole('link', { name: 'Inloggen als Coördinatiepunt' }).click()
    await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
  }

  /** No violations of WCAG or of good practice, and nothing beside the screen at 320 pixels. */
  async function expectAccessible(): Promise<void> {
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(320)
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      expect(found, `${await page.title()} at ${width}`).to.deep.equal([])
    }
  }

  const states: Record<string, () => Promise<unknown>> = {
    'the start': () => page.goto(origin),
    'the worklist': logIn,
    'the worklist, empty': async () => {
      port.matches.clear()
      await logIn()
      await page.getByText('Er zijn nu geen matches').waitFor()
    },
    'the worklist, second page': async () => {
      for (let n = 0; n < 60; n += 1) port.matches.set(`m_${n}`, matchOf(`m_${n}`))
      await logIn()
      await page.getByRole('link', { name: 'Verder in de lijst' }).click()
      await page.getByRole('link', { name: 'Naar het begin' }).waitFor()
    },
    'a match': () => logIn().then(() => page.goto(`${origin}/matches/${FIRST}`)),
    'a match with a refused form': async () => {
      await logIn()
      await page.goto(`${origin}/matches/${FIRST}`)
      await page.getByRole('button', { name: 'Contact vastleggen' }).click()
      await page.getByRole('alert').waitFor()
    },
    'a match with a confirmation': async () => {
      await logIn()
      await page.goto(`${origin}/matches/${FIRST}`)
      await page.getByRole('radio', { name: '2. Afstemmen' }).check()
      await page.getByRole('button', { name: 'Variant vastleggen' }).click()
      await page.getByText('De variant is vastgelegd.').waitFor()
    },
    'a match that is not there': () => logIn().then(() => page.goto(`${origin}/matches/m_onbekend`)),
    'a page that needs a login': () => page.goto(`${origin}/matches/${FIRST}`),
    'a page too many': async () => {
      await logIn()
      Object.assign(gate, gateOf({ pagesPerMinute: 4 }))
      for (let n = 0; n < 5; n += 1) await page.reload()
      await page.getByText(/Probeer het over \d+ seconden opnieuw/).waitFor()
    },
    'a login too many': async () => {
      Object.assign(gate, gateOf({ loginsPerMinute: 1 }))
      await page.goto(`${origin}/aanmelden`)
      await page.getByText('Probeer het over 60 seconden opnieuw').waitFor()
    },
    'an ended session': async () => {
      await logIn()
      clients = []
      await page.reload()
      await page.getByText('Uw sessie is verlopen').waitFor()
    },
    'logged out': async () => {
      await logIn()
      await page.getByRole('button', { name: 'Uitloggen' }).click()
      await page.getByText('U bent uitgelogd').waitFor()
    },
    'a login that failed': () => page.goto(`${origin}/aanmelden/terug?code=x&state=y`),
    'the choice of a demo login': () => page.goto(`${origin}/aanmelden`),
    'an error of the demo provider': () => page.goto(`${origin}/oidc/auth?client_id=onbekend`),
  }
  for (const [name, reach] of Object.entries(states))
    it(`accessible, at 320 pixels too: ${name}`, async () => {
      await reach()
      await expectAccessible()
      if (name === 'an error of the demo provider') faults.length = 0
    })

  it('log in by one click, show what was not followed up first, and say in words what is late', async () => {
    await logIn()
    const cards = await page.getByRole('listitem').allInnerTexts()
    expect(cards[0])
      .to.contain('Noordzorg en Welzijn <Oost> & "West"')
      .and.contain('Te laat: 5 dagen')
      .and.contain('10 november 2026')
    expect(cards[1]).to.contain('Variant 2: Afstemmen')
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).to.deep.equal(['Nog niet opgevolgd', 'Opgevolgd'])
  })

  it('show a match: who, since when, how to reach them and on what ground', async () => {
    await logIn()
    await page.getByRole('link', { name: /Match .*FIRST/ }).click()
    const text = await page.getByRole('main').innerText()
    for (const part of ['1 oktober 2026', 'jeugdhulpverlener', '077 123 45 67', 'toestemming gegeven', '12-16-beiden'])
      expect(text).to.contain(part)
    expect(await page.getByRole('link', { name: '077 123 45 67' }).first().getAttribute('href')).to.equal('tel:0771234567')
  })

  it('are used by keyboard alone, without JavaScript', async () => {
    await context.close()
    context = await browser.newContext({ javaScriptEnabled: false })
    page = await context.newPage()
    await page.goto(origin)
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('Tab', 'Tab', 'Tab', 'Enter')
    await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter')
    await page.getByRole('heading', { name: 'Contact vastleggen' }).waitFor()
    await press(...Array.from({ length: 8 }, () => 'Tab'), 'Space', 'Tab', 'Space', 'Enter')
    await page.getByText('Het contact is vastgelegd.').waitFor()
    expect(port.recorded.map(({ body }) => body)).to.deep.equal([
      { soort: 'contact', gesproken: true, metOrganisaties: ['noordzorg'], op: TODAY },
    ])
    expect(port.recorded[0]!.principal).to.include({
      organisation: 'coordinatiepunt',
      subject: 'coordinatiepunt',
      origin: 'scherm',
    })
  })

  it('name every fault at once, with links to the fields, and keep what was filled in', async () => {
    await logIn()
    await page.goto(`${origin}/matches/${FIRST}`)
    await page.getByRole('checkbox', { name: 'Noordzorg' }).check()
    await page.getByLabel('Op welke dag?').fill('2026-12-01')
    await page.getByRole('button', { name: 'Contact vastleggen' }).click()
    const links = page.getByRole('alert').getByRole('link')
    expect(await links.count()).to.equal(2)
    expect(await page.title()).to.match(/^Fout: /)
    await links.first().click()
    expect(await page.evaluate('document.activeElement.id')).to.equal('veld-gesproken-0')
    expect(await page.getByRole('checkbox', { name: 'Noordzorg' }).isChecked()).to.equal(true)
    expect(await page.getByLabel('Op welke dag?').inputValue()).to.equal('2026-12-01')
    expect(port.recorded).to.deep.equal([])
  })

  it('show a confirmation once, and record nothing twice on reload', async () => {
    await logIn()
    await page.goto(`${origin}/matches/${FIRST}`)
    await page.getByRole('radio', { name: '0. Van elkaar weten' }).check()
    await page.getByRole('button', { name: 'Variant vastleggen' }).click()
    await page.getByText('De variant is vastgelegd.').waitFor()
    await page.reload()
    expect(await page.getByText('De variant is vastgelegd.').count()).to.equal(0)
    expect(port.recorded).to.have.length(1)
  })

  it('offer no form to who may only look', async () => {
    await page.goto(origin)
    await page.getByRole('link', { name: 'Noordzorg' }).click()
    await page.getByRole('link', { name: /Match .*FIRST/ }).click()
    expect(await page.getByRole('button').allInnerTexts()).to.deep.equal(['Uitloggen'])
  })

  it('refuse a form of another session, another site and another role', async () => {
    await logIn()
    const post = (csrf: string) => context.request.post(`${origin}/matches/${FIRST}/variant`, { form: { csrf, variant: '1' } })
    for (const csrf of ['', 'x'.repeat(43)]) expect((await post(csrf)).status()).to.equal(403)
    expect((await context.request.post(`${origin}/afmelden`, { form: { csrf: '' } })).status()).to.equal(403)
    await page.goto(origin)
    await page.getByRole('button', { name: 'Uitloggen' }).click()
    await page.getByRole('link', { name: 'Noordzorg' }).click()
    await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
    expect((await post(await page.locator('input[name=csrf]').inputValue())).status()).to.equal(403)
    expect(port.recorded).to.deep.equal([])
  })

  it('keep the session on the server: a strict cookie that no script reads and that logging out makes worthless', async () => {
    await logIn()
    const cookie = (await context.cookies()).find(({ name }) => name === 'verwijsindex_sessie')!
    expect(cookie).to.include({ httpOnly: true, sameSite: 'Strict', path: '/' })
    const read = () => fetch(`${origin}/matches/${FIRST}`, { headers: { cookie: `${cookie.name}=${cookie.value}` } })
    expect((await read()).status).to.equal(200)
    await page.getByRole('button', { name: 'Uitloggen' }).click()
    await page.getByText('U bent uitgelogd').waitFor()
    expect((await read()).status).to.equal(401)
  })

  it('bring who comes by another name of this machine to the address that logging in returns to', async () => {
    const { port: number } = new URL(origin)
    await page.goto(`http://localhost:${number}/`)
    await page.getByRole('link', { name: 'Inloggen als Coördinatiepunt' }).click()
    await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
    expect(new URL(page.url()).origin).to.equal(origin)
    troubles.length = 0
  })

  it('forbid scripts, frames and foreign content on every page', async () => {
    for (const path of ['/', '/matches/x', '/aanmelden/terug', '/matches/x/y']) {
      const { headers } = await fetch(origin + path)
      expect(headers.get('content-security-policy')).to.match(/^default-src 'none'; style-src 'self'; /)
      expect(headers.get('content-security-policy')).to.not.contain('unsafe')
      expect(headers.get('cache-control')).to.equal('no-store')
    }
  })
})
