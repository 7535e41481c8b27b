import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, runCommand } from '../faults/child-hub.ts'
import { aRegistration } from '../testing/registration.ts'
import type { DemoReport } from './report.ts'

const MAIN = new URL('../main.ts', import.meta.url).pathname

describe('a region of one’s own', function () {
  this.timeout(60_000)
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-regio-'))
  after(() => rmSync(root, { recursive: true }))
  const region = join(root, 'regio met spatie')
  const many = Array.from({ length: 1001 }, aRegistration)
  const [one, other] = [aRegistration(), aRegistration()]
  const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  before(() => {
    mkdirSync(join(region, 'mee', 'eigen'), { recursive: true })
    mkdirSync(join(region, 'coordinatiepunt', 'eigen'), { recursive: true })
    const files = {
      'mee/eigen/1-veel.ndjson': lines(many),
      'mee/eigen/2-leeg.ndjson': '',
      'mee/eigen/3-dubbel.ndjson': lines([
        one,
        one,
        { ...one, bronbericht: `${one.bronbericht}-2`, versie: 2 },
        { ...other, persoon: {} },
      ]),
      'mee/eigen/4-nog-eens.ndjson': lines([one]),
      'coordinatiepunt/eigen/mag-niet.ndjson': lines([other]),
      'mee/toestemmingen.ndjson': lines([consentFor('er-is-geen'), consentFor(one.kenmerk)]),
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(region, name), text)
  })

  const start = (): Record<string, number[]> => {
    const [DATA_DIR, KEYS_DIR, STATE_DIR] = ['data', 'keys', 'state'].map((name) => join(root, name))
    const env = { PATH: process.env.PATH, LOG_LEVEL: 'silent', PORT: '0', DATA_DIR, KEYS_DIR, STATE_DIR }
    const command = [MAIN, 'demo', '--once', '--json', '--dir', region]
    const report = JSON.parse(execFileSync(process.execPath, command, { env, encoding: 'utf8', stdio: 'pipe' })) as DemoReport
    return Object.fromEntries(
      report.bronnen.map(({ bestand, gelezen, geaccepteerd, dubbel, afgekeurd }) => [
        bestand,
        [gelezen, geaccepteerd, dubbel, afgekeurd],
      ]),
    )
  }

  it('is waited with, and the hub is there, while another provider gives no tokens', async () => {
    const site = await makeSite(join(root, 'ander'), { OIDC_ISSUER: 'http://127.0.0.1:1/elders' })
    const { code, stdout, stderr } = await runCommand(site, ['demo', '--once', '--json', '--dir', region])
    expect(code).to.equal(4)
    expect(JSON.parse(stdout)).to.include({ personen: 0 })
    expect(stderr).to.include('niet alle verzonden')
  })

  it('may have files larger than one request, and what is refused holds nothing else back', () => {
    expect(start()).to.deep.equal({
      'mag-niet.ndjson': [1, 0, 0, 1],
      '1-veel.ndjson': [1001, 1001, 0, 0],
      '2-leeg.ndjson': [1, 0, 0, 1],
      '3-dubbel.ndjson': [4, 2, 1, 1],
      '4-nog-eens.ndjson': [1, 0, 1, 0],
    })
    for (const [, geaccepteerd] of Object.values(start())) expect(geaccepteerd).to.equal(0)
  })
})

function consentFor(kenmerk: string) {
  return {
    kenmerk,
    over: 'jeugdige',
    gever: 'jeugdige',
    antwoord: 'ja',
    vorm: 'mondeling',
    bereik: {},
    geldigVanaf: '2026-01-01',
  }
}
