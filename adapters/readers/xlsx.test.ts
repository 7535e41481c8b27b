import { expect } from 'chai'
import { zip } from '../result/zip.ts'
import { columns_max, zip_entries_max } from './limits.ts'
import { fixedLayout } from './rows.ts'
import { bytes, outcome } from './testing.ts'
import { readXlsx } from './xlsx.ts'

const BOOK = {
  'xl/workbook.xml': '<x:workbook><x:sheets><x:sheet name="Blad" rel:id="r7"/></x:sheets></x:workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r7" Target="worksheets/a.xml"/></Relationships>',
}
const HEADER = '<row><c t="inlineStr"><is><t>A</t></is></c><c t="str"><v>B</v></c></row>'
const sheet = (rows: string, before = '') => ({
  ...BOOK,
  'xl/worksheets/a.xml': `${before}<worksheet><sheetData>${HEADER}${rows}</sheetData></worksheet>`,
})
const read = (content: Buffer, name = 'Blad') => outcome(readXlsx(content, name, fixedLayout(['A', 'B'])))

describe('XLSX reader', () => {
  it('reads a workbook as bare as one can be, with prefixes and without references', async () => {
    const { items, codes } = await read(zip(sheet('<row r="9"><c r="B9"><v>1E3</v></c></row><row><c><v>2</v></c></row>')))
    expect(codes).to.deep.equal([])
    expect(items.map(({ regel, cells }) => [regel, { ...cells }])).to.deep.equal([
      [9, { A: '', B: '1000' }],
      [10, { A: '2', B: '' }],
    ])
  })

  it('never works out a formula: the saved value or a fault', async () => {
    const cells = '<c><f>WEBSERVICE("http://voorbeeld.example")</f><v>7</v></c><c><f>1+1</f></c>'
    const { items } = await read(zip(sheet(`<row>${cells}</row>`)))
    expect(items[0]!.cells.A).to.equal('7')
    expect(items[0]!.fouten.map(({ pointer, code }) => [pointer, code])).to.deep.equal([['B', 'formule']])
  })

  const refused: [string, Buffer, string][] = [
    ['a bomb', zip({ ...sheet(''), 'xl/media/x': ' '.repeat(5_000_000) }), 'te-groot'],
    [
      'a bomb that lies about its size',
      zip(sheet(`<row><c><v>${' '.repeat(5_000_000)}</v></c></row>`), { 'xl/worksheets/a.xml': 400 }),
      'zip',
    ],
    ['an entry that claims more than there can be', zip(sheet(''), { 'xl/worksheets/a.xml': 4_000_000_000 }), 'te-groot'],
    [
      'more entries than a workbook has',
      zip({ ...sheet(''), ...Object.fromEntries(Array.from({ length: zip_entries_max }, (_, n) => [`x${n}`, ''])) }),
      'te-groot',
    ],
    ['a document type in a sheet', zip(sheet('', '<!DOCTYPE x [<!ENTITY a "b">]>')), 'xml'],
    ['an entity in a sheet', zip(sheet('<row><c><v>&a;</v></c></row>')), 'xml'],
    ['a sheet that is cut off', zip({ ...BOOK, 'xl/worksheets/a.xml': '<worksheet><sheetData>' }), 'xml'],
    ['a workbook without sheets', zip({ 'xl/workbook.xml': '<workbook/>' }), 'geen-werkblad'],
    ['a sheet that is not there', zip(BOOK), 'geen-werkblad'],
    ['another ZIP', zip({ 'a.txt': 'x' }), 'geen-werkblad'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'zip'],
    ['half a ZIP', zip(sheet('')).subarray(0, 300), 'zip'],
    ['nothing', bytes(''), 'zip'],
  ]
  for (const [name, content, code] of refused)
    it(`refuses ${name}`, async () => expect((await read(content)).codes).to.deep.equal([code]))

  it('does not keep what stands far to the right, but faults it', async () => {
    const { items } = await read(zip(sheet('<row><c r="A2"><v>1</v></c><c r="XFD2"><v>2</v></c></row>')))
    expect(items[0]!.fouten.map(({ code }) => code)).to.deep.equal(['aantal-cellen'])
    expect(items[0]!.bron.length).to.be.lessThan(columns_max + 10)
  })
})
