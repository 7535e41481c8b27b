import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { codo } from './codo/adapter.ts'
import { mee } from './mee/adapter.ts'
import { zip } from './result/zip.ts'
import { seen } from './seen.ts'

const sample = (path: string) => readFileSync(new URL(path, import.meta.url)).toString()

describe('source files in a ZIP', () => {
  it('are read in the order of their names, without what programs add', async () => {
    const dossiers = sample('mee/samples/dossiers.csv')
    const faulty = sample('mee/samples/faulty.csv')
    const packed = zip({ 'b/faulty.csv': faulty, 'a.csv': dossiers, '__MACOSX/a.csv': 'x', '.DS_Store': 'x', 'b/': '' })
    expect(await seen(mee, packed)).to.deep.equal([...(await seen(mee, dossiers)), ...(await seen(mee, faulty))])
  })

  it('leave a workbook to its adapter', async () => {
    for (const file of readdirSync(new URL('codo/samples/', import.meta.url)).filter((name) => name.endsWith('.xlsx'))) {
      const bytes = readFileSync(new URL(`codo/samples/${file}`, import.meta.url))
      const rows: unknown[] = await seen(codo, bytes)
      expect(JSON.parse(sample(`codo/samples/${file}.expected.json`))).to.deep.equal(rows)
    }
  })

  const refused: [string, Buffer, string][] = [
    ['a ZIP in a ZIP', zip({ 'a.zip': 'PK\x03\x04' }), 'zip'],
    ['nothing', zip({ 'map/': '' }), 'leeg'],
    ['a bomb', zip({ 'a.csv': ' '.repeat(5_000_000) }), 'te-groot'],
    ['half of one', zip({ 'a.csv': 'A;B' }).subarray(0, 40), 'zip'],
  ]
  for (const [name, bytes, code] of refused)
    it(`refuses ${name}`, async () => expect(await seen(mee, bytes)).to.deep.equal([{ regel: 1, fouten: [code] }]))
})
