import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, runCommand, type Site, startHub, tokensOf } from '../faults/child-hub.ts'

const MESSAGE = {
  bronbericht: 'E-1/1',
  kenmerk: 'E-1',
  versie: 3,
  persoon: { bsn: '999900018' },
  betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
  contact: { functie: 'jeugdhulpverlener' },
}

describe('verwijsindex export', function () {
  this.timeout(120_000)
  let site: Site
  beforeEach(async () => {
    site = await makeSite(mkdtempSync(join(tmpdir(), 'verwijsindex-')))
  })
  afterEach(() => rmSync(site.root, { recursive: true, force: true }))
  const files = () => ['data', 'keys', 'state'].map((name) => readdirSync(join(site.root, name)).sort())

  it('lists every registration beside a running hub, of a killed one, and of none; leaves no file behind', async () => {
    const hub = await startHub(site)
    const response = await fetch(`${site.baseUrl}/v1/registraties`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokensOf(site)('mee')}`, 'content-type': 'application/json' },
      body: JSON.stringify(MESSAGE),
    })
    const { id } = (await response.json()) as { id: string }
    const expected = { id, client: 'mee', bronbericht: 'E-1/1', kenmerk: 'E-1', versie: 3 }
    const exported = async () => {
      const before = files()
      const { code, stdout, stderr } = await runCommand(site, ['export'])
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
      expect(files()).to.deep.equal(before)
      const { status, ...line } = JSON.parse(stdout)
      expect(status).to.be.oneOf(['ontvangen', 'verwerkt'])
      return line
    }
    expect(await exported()).to.deep.equal(expected)
    await hub.kill()
    expect(await exported()).to.deep.equal(expected)
    const { code } = await (await startHub(site)).stop()
    expect(code).to.equal(0)
    expect(await exported()).to.deep.equal(expected)
  })

  it('names the settings when there is no store', async () => {
    const { code, stderr } = await runCommand(site, ['export'])
    expect(code).to.equal(3)
    expect(stderr).to.match(/sleutels/)
  })
})
