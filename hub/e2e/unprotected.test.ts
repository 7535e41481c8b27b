import { networkInterfaces } from 'node:os'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { chromiumOrSkip } from '../../deploy/engines/browser.ts'
import { openapiDocument } from '../../schemas/openapi.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('what needs no token', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const get = (path: string, init: RequestInit = {}) => fetch(test.baseUrl + path, { redirect: 'manual', ...init })

  it('lives and is ready', async () => {
    for (const path of ['/livez', '/readyz']) expect((await get(path)).status, path).to.equal(200)
  })

  it('gives the document to any page of the world, whole and with its version', async () => {
    const response = await get('/v1/openapi.json', { headers: { origin: 'https://elders.example' } })
    expect(response.headers.get('access-control-allow-origin')).to.equal('*')
    expect(response.headers.get('content-type')).to.match(/^application\/json/)
    const document = (await response.json()) as { openapi: string; info: { version: string; contact: object } }
    expect(document).to.eql(JSON.parse(JSON.stringify(openapiDocument())))
    expect(document.openapi).to.match(/^3\.1\./)
    expect(document.info.version).to.equal(response.headers.get('api-version'))
    expect(document.info.contact).to.include.keys('name', 'email', 'url')
    expect((await get('/v1/matches')).headers.get('access-control-allow-origin')).to.equal(null)
  })

  it('has other methods and slashes refused as everywhere, with the same headers on every answer', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/docs', '/v1/openapi.json']) {
      const posted = await get(path, { method: 'POST' })
      expect([posted.status, posted.headers.get('allow')], path).to.eql([405, 'GET, HEAD'])
      expect((await get(`${path}/`)).status, path).to.equal(404)
      expect((await get(path, { method: 'HEAD' })).status, path).to.equal(200)
    }
    for (const path of ['/livez', '/metrics', '/docs', '/onbekend', '/v1', '/v2/registraties', '/%zz']) {
      const { headers } = await get(path)
      expect(headers.get('api-version'), path).to.equal('1.0.0')
      expect(headers.get('x-content-type-options'), path).to.equal('nosniff')
      expect(headers.get('strict-transport-security'), path).to.match(/^max-age=/)
      expect(headers.get('cache-control'), path).to.equal('no-store')
      expect(headers.get('x-powered-by'), path).to.equal(null)
    }
  })

  it('counts without telling of anyone, and to this machine only', async () => {
    const persoon = { bsn: aBsn(1), geslachtsnaam: 'Vogelaar', geboortedatum: '2013-01-01' }
    for (const client of ['mee', 'rubicon']) await test.ask(client, 'POST', '/registraties', { body: aRegistration({ persoon }) })
    await test.untilProcessed()
    const text = await (await get('/metrics')).text()
    expect(text).to.match(/^verwijsindex_registraties 2$/m)
    expect(text)
      .not.to.match(/Vogelaar|verzegel|mee|rubicon/i)
      .and.not.to.include(aBsn(1))
  })

  it('tells its figures to no other machine', async function () {
    const [address] = Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter((one) => !one.internal && one.family === 'IPv4'),
    )
    if (!address) return this.skip()
    const open = await startTestHub({ host: '0.0.0.0' })
    try {
      const { port } = new URL(open.baseUrl)
      expect((await fetch(`http://${address.address}:${port}/livez`)).status).to.equal(200)
      expect((await fetch(`http://${address.address}:${port}/metrics`)).status).to.equal(404)
      expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).to.equal(200)
    } finally {
      await open.stop()
    }
  })

  it('shows the document on screen, under its policy, from this server only', async function () {
    this.timeout(120_000)
    const browser = await chromium.launch({ executablePath: chromiumOrSkip(this) })
    try {
      const page = await browser.newPage()
      const complaints: string[] = []
      const asked: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(`${test.baseUrl}/docs`)
      await page.getByText('Een registratie aanbieden', { exact: true }).first().click()
      await page.getByText('Registreren vraagt geen toestemming.', { exact: false }).first().waitFor({ timeout: 10_000 })
      expect(complaints).to.eql([])
      const foreign = asked.filter((url) => !url.startsWith(test.baseUrl) && !url.startsWith('data:'))
      expect(foreign).to.eql([])
    } finally {
      await browser.close()
    }
  })
})
