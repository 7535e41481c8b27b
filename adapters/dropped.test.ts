import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AdapterRow } from './adapter.ts'
import { adapterNamed } from './registry.ts'
import { inventedFamilies } from './sample/families.ts'

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

const SOURCES: [string, string, string][] = [
  ['stratech', 'Urgentie', withCell('stratech', 'Urgentie')],
  ['stratech', 'Wachtlijst', withCell('stratech', 'Wachtlijst')],
  ['bregje', 'Wijk', withCell('bregje', 'Wijk')],
  ['myneva', 'Complex (a fault: neither ja nor nee)', withCell('myneva', 'Complex')],
  ['website', 'toelichting', JSON.stringify({ ...JSON.parse(sample('website')), toelichting: NEEDLE })],
  ['website', 'toelichting, of a row that is refused', JSON.stringify({ nummer: 'W-1', toelichting: NEEDLE })],
  ['jgz', 'another observation', observationWithText()],
  [
    'ij',
    'the address of a parent',
    sample('ij').replace('<Ouder gezag="', `<Ouder gezag="nee"><Toev>${NEEDLE}</Toev></Ouder><Ouder gezag="`),
  ],
]

describe('what a source holds beyond the registration', () => {
  for (const [adapter, where, source] of SOURCES)
    it(`${adapter}, ${where}: is in nothing that the hub keeps of the row`, async () => {
      expect(source).to.include(NEEDLE)
      const rows: AdapterRow[] = []
      const context = { client: 'c', gemeente: '1894', ontvangenOp: '2026-11-22' }
      for await (const row of adapterNamed(adapter)!.read(Buffer.from(source), context)) rows.push(row)
      expect(rows).to.have.length(1)
      const kept = rows.map(({ registratie, toestemmingen, bron, fouten }) => ({ registratie, toestemmingen, bron, fouten }))
      expect(JSON.stringify(kept)).not.to.include(NEEDLE)
    })
})

function observationWithText(): string {
  return readFileSync(new URL('jgz/samples/aanmelding.xml', import.meta.url), 'utf8').replace('veel zorgen thuis', NEEDLE)
}
