import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { startTestHub, type TestHub } from '../../testing/hub.ts'
import { createLog } from '../log.ts'
import { watchedFolder } from './watch.ts'

const HEADER =
  'Dossiernr;Volgnr;BSN;Voornamen;Tussenvoegsel;Achternaam;Geboortedatum;Geslacht;Postcode;Huisnr;Toev;Consulent_functie;Telefoon;Start;Einde;Status;Overeenkomst_getekend;Toestemming_jeugdige;Toestemming_ouder1;Gezag_ouder1;Toestemming_ouder2;Gezag_ouder2'
const row = (nr: number, bsn = '999900018') =>
  `I-${nr};1;${bsn};Noor;;Berg;01-04-2015;v;;;;consulent;;01-10-2026;;actief;nee;;ja;ja;;onbekend`
const table = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`

describe('watched folder', () => {
  let test: TestHub
  let root: string
  let now_ms = 0
  let stop: AbortController

  const step = () => watchedFolder(test.hub, root, createLog('silent'), stop.signal, () => now_ms)
  /** Looks, waits as long as a file must be still, and looks until nothing is left. */
  async function settle(look = step()): Promise<number> {
    let taken = await look()
    now_ms += 3000
    while ((await look()) > 0) taken += 1
    return taken
  }
  const mee = (...parts: string[]) => join(root, 'mee', 'mee', ...parts)
  const put = (name: string, text: string) => writeFileSync(mee(name), text)
  const registered = async () => (await test.ask('mee', 'GET', '/registraties?limiet=1000')).body.registraties as unknown[]

  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00Z' })
  })
  after(() => test.stop())
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'map-'))
    stop = new AbortController()
    step()
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('moves a good file to klaar, and says beside it what is missing', async () => {
    put('goed.csv', table(row(1)))
    expect(await settle()).to.equal(1)
    expect(readdirSync(mee('klaar'))).to.deep.equal(['goed.csv', 'goed.csv.resultaat.csv'])
    expect(readdirSync(mee('bezig'))).to.deep.equal([])
    const result = readFileSync(mee('klaar', 'goed.csv.resultaat.csv'), 'utf8')
    expect(result).to.contain('2;I-1-1;geaccepteerd;;ouder2;ouder1, ouder2;')
    expect(await registered()).to.have.length(1)
  })

  it('moves a file with a refused row to fout, and takes the good rows', async () => {
    put('half.csv', table(row(2), row(3, '999900019')))
    await settle()
    const result = readFileSync(mee('fout', 'half.csv.resultaat.csv'), 'utf8')
    expect(result).to.contain('2;I-2-1;geaccepteerd').and.to.contain('3;I-3-1;afgekeurd;BSN: ')
    expect(readdirSync(mee('fout'))).to.contain('half.csv')
  })

  it('moves a file that is none to fout, with what is wrong', async () => {
    put('vreemd.csv', 'Naam;Leeftijd\nNoor;11\n')
    await settle()
    expect(readFileSync(mee('fout', 'vreemd.csv.resultaat.csv'), 'utf8'))
      .to.contain('afgekeurd')
      .and.not.to.contain('Noor')
  })

  it('lets a file wait as long as it changes, or is named as not there yet', async () => {
    const look = step()
    put('groeit.csv', HEADER)
    put('straks.csv.part', table(row(4)))
    put('.verborgen.csv', table(row(4)))
    await look()
    now_ms += 1500
    put('groeit.csv', table(row(4)))
    expect(await look()).to.equal(0)
    now_ms += 1500
    expect(await look()).to.equal(0)
    now_ms += 600
    expect(await look()).to.equal(1)
    expect(await settle(look)).to.equal(0)
    expect(readdirSync(mee()).sort()).to.deep.equal(['.verborgen.csv', 'bezig', 'fout', 'klaar', 'straks.csv.part'])
  })

  it('goes on with what a run that ended left, and takes nothing in twice', async () => {
    put('lang.csv', table(...Array.from({ length: 250 }, (_, at) => row(100 + at))))
    const look = step()
    await look()
    now_ms += 3000
    stop.abort()
    expect(await look().catch((error) => error.code)).to.equal('tijdelijk-niet-beschikbaar')
    expect(readdirSync(mee('bezig'))).to.deep.equal(['lang.csv'])
    stop = new AbortController()
    expect(await settle()).to.equal(1)
    const lines = readFileSync(mee('klaar', 'lang.csv.resultaat.csv'), 'utf8').trimEnd().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(';')[2])).to.deep.equal([
      ...Array(100).fill('hervat'),
      ...Array(150).fill('geaccepteerd'),
    ])
  })

  it('keeps both of two files of one name', async () => {
    for (const nr of [5, 6]) {
      put('zelfde.csv', table(row(nr)))
      await settle()
    }
    expect(readdirSync(mee('klaar')).filter((name) => !name.includes('resultaat'))).to.deep.equal(['zelfde-2.csv', 'zelfde.csv'])
  })

  it('leaves links, unknown clients and adapters that a client may not use alone', async () => {
    writeFileSync(join(root, 'elders.csv'), table(row(7)))
    symlinkSync(join(root, 'elders.csv'), mee('link.csv'))
    for (const folder of ['onbekend/mee', 'coordinatiepunt/mee', 'mee/bestaat-niet']) {
      mkdirSync(join(root, folder), { recursive: true })
      writeFileSync(join(root, folder, 'x.csv'), table(row(7)))
    }
    expect(await settle()).to.equal(0)
    expect(existsSync(mee('link.csv'))).to.equal(true)
  })
})
