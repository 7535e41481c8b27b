import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AdapterRow } from './adapter.ts'
import { COLUMNS as CODO } from './codo/columns.ts'
import { adapterNamed } from './registry.ts'
import { inventedFamilies } from './sample/families.ts'
import { asWorkbook, dossierCells } from './sample/table.ts'

/** A text that no column of the registration holds, put where each source has something that is left behind. */
const NEEDLE = 'Zevenblad'
const [child] = inventedFamilies(1, 3)

const sample = (adapter: string) => Buffer.from(adapterNamed(adapter)!.sample([child!])).toString()

function withCell(adapter: string, column: string): string {
  const [header = '', row = ''] = sample(adapter).split('\r\n')
  const delimiter = header.includes(';') ? ';' : ','
  const at = header.split(delimiter).indexOf(column)
  const cells = row.split(delimiter).map((cell, each) => (each === at ? NEEDLE : cell))
  return `${header}\n${cells.join(delimiter)}\n`
}

const SOURCES: [string, string, string | Uint8Array][] = [
  ['stratech', 'Urgentie', withCell('stratech', 'Urgentie')],
  ['stratech', 'Wachtlijst', withCell('stratech', 'Wachtlijst')],
  ['bregje', 'Wijk', withCell('bregje', 'Wijk')],
  ['myneva', 'Complex (a fault: neither ja nor nee)', withCell('myneva', 'Complex')],
  ['website', 'toelichting', JSON.stringify({ ...JSON.parse(sample('website')), toelichting: NEEDLE })],
  ['website', 'toelichting, of a row that is refused', JSON.stringify({ nummer: 'W-1', toelichting: NEEDLE })],
  ['jgz', 'another observation', observationWithText()],
  ['codo', 'Hulpvorm', codoWith('Hulpvorm')],
  ['codo', 'Verwijsroute, of a row that is refused', codoWith('Verwijsroute', 'geen datum')],
  ['ijw', 'the product', productNamed()],
  ['brp', 'a parent, at a move', moveWithParent('1894')],
  ['brp', 'a parent, of a row that is refused', moveWithParent('Venray')],
  [
    'ij',
    'the address of a parent',
    sample('ij').replace('<Ouder gezag="', `<Ouder gezag="nee"><Toev>${NEEDLE}</Toev></Ouder><Ouder gezag="`),
  ],
]

describe('what a source holds beyond the registration', () => {
  for (const [adapter, where, source] of SOURCES)
    it(`${adapter}, ${where}: is in nothing that the hub keeps of the row`, async () => {
      if (typeof source === 'string') expect(source).to.include(NEEDLE)
      const rows: AdapterRow[] = []
      const context = { client: 'c', gemeente: '1894', ontvangenOp: '2026-11-22' }
      for await (const row of adapterNamed(adapter)!.read(Buffer.from(source), context)) rows.push(row)
      expect(rows).to.have.length(1)
      if (typeof source !== 'string') expect(JSON.stringify(rows[0]?.cellen)).to.include(NEEDLE)
      const kept = rows.map(({ registratie, gebeurtenis, toestemmingen, bron, fouten }) => ({
        ...{ registratie, gebeurtenis, toestemmingen, bron, fouten },
      }))
      expect(JSON.stringify(kept)).not.to.include(NEEDLE)
    })
})

function codoWith(column: string, start?: string): Uint8Array {
  const cells = dossierCells(CODO, child!, { Verwijsroute: '', Kader: '', Hulpvorm: '', WachtlijstVanaf: '', Evaluatiedatum: '' })
  return asWorkbook([{ ...cells, [column]: NEEDLE, ...(start ? { Start: start } : {}) }], 'Aanmelding')
}

function productNamed(): string {
  return readFileSync(new URL('ijw/samples/jw307.xml', import.meta.url), 'utf8').replace(/<Code>[^<]*</, `<Code>${NEEDLE}<`)
}

function moveWithParent(municipality: string): string {
  const [header = '', row = ''] = sample('brp').split('\r\n')
  const parent: Record<string, string> = {
    ...{ Ouder1_voornamen: NEEDLE, Ouder1_achternaam: NEEDLE, Ouder1_geboortedatum: '03-02-1985' },
    Gemeente: municipality,
  }
  const cells = row.split(';').map((cell, at) => parent[header.split(';')[at]!] ?? cell)
  return `${header}\n${cells.join(';')}\n`
}

function observationWithText(): string {
  return readFileSync(new URL('jgz/samples/aanmelding.xml', import.meta.url), 'utf8').replace('veel zorgen thuis', NEEDLE)
}
