import { expect } from 'chai'
import { readCsv } from './csv.ts'
import { columns_max, record_chars_max } from './limits.ts'
import { fixedLayout } from './rows.ts'
import { bytes, outcome } from './testing.ts'

const layout = fixedLayout(['A', 'B'])
const anything = { has: () => true, required: [] }

describe('CSV reader', () => {
  it('counts lines as an editor does: blank ones, quoted line ends, any line end', async () => {
    const { items } = await outcome(readCsv(bytes('\r\nA;B\r\n\r\n1;"x\r\ny"\n;\n2;z\r3;"a;""b"""\n'), ';', layout))
    expect(items.map(({ regel, cells }) => [regel, { ...cells }])).to.deep.equal([
      [4, { A: '1', B: 'x\ny' }],
      [7, { A: '2', B: 'z' }],
      [8, { A: '3', B: 'a;"b"' }],
    ])
    expect(items.map(({ bron }) => bron)).to.deep.equal(['1;"x\ny"', '2;z', '3;"a;""b"""'])
  })

  it('gives the rows before a quote that stays open, whatever the size of the pieces', async () => {
    const text = bytes(`A;B\n${'1;2\n'.repeat(500)}3;"open\n4;5\n`)
    for (const size of [7, 100, 100_000]) {
      const { items, codes } = await outcome(readCsv(chunks(text, size), ';', layout))
      expect([items.length, codes]).to.deep.equal([500, ['aanhalingstekens']])
    }
  })

  it('allows empty cells beyond the header, and no others', async () => {
    const { items } = await outcome(readCsv(bytes('B;A;;\n1;2;;\n1;2;;3\n1\n'), ';', layout))
    expect(items.map(({ fouten }) => fouten.map(({ code }) => code))).to.deep.equal([[], ['aantal-cellen'], ['aantal-cellen']])
  })

  it('names every column that is unknown, there twice or missing', async () => {
    expect((await outcome(readCsv(bytes('A;A;C\n1;2;3\n'), ';', layout))).codes).to.deep.equal([
      'onbekende-kolom',
      'dubbele-kolom',
      'ontbrekende-kolom',
    ])
  })

  it('takes a column for what it is called, also __proto__ and constructor', async () => {
    const { items } = await outcome(readCsv(bytes('__proto__;constructor\n1;2\n'), ';', anything))
    expect(Object.entries(items[0]!.cells)).to.deep.equal([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })

  it('finds the delimiter itself when asked', async () => {
    for (const delimiter of [';', ',', '\t']) {
      const { items } = await outcome(readCsv(bytes(`\n A${delimiter}B\n1${delimiter}2\n`), 'auto', layout))
      expect({ ...items[0]!.cells }).to.deep.equal({ A: '1', B: '2' })
    }
  })

  it('refuses an empty file, a row that does not end and a header that does not either', async () => {
    expect((await outcome(readCsv(bytes(' \n\n'), ';', layout))).codes).to.deep.equal(['leeg'])
    expect((await outcome(readCsv(bytes(`A;B\n1;${'x'.repeat(record_chars_max + 1)}`), ';', layout))).codes).to.deep.equal([
      'te-lang',
    ])
    expect((await outcome(readCsv(bytes('x'.repeat(3 * record_chars_max)), ';', layout))).codes).to.deep.equal(['te-lang'])
    expect((await outcome(readCsv(bytes(`A${';x'.repeat(columns_max)}\n`), ';', layout))).codes).to.deep.equal(['te-veel'])
  })

  it('repeats nothing of a first line that is no header, nor of a name that is no word', async () => {
    for (const text of ['Noor;999900018\n', 'A;B;999900018\n', 'A;B;Noor123456\n'])
      try {
        await Array.fromAsync(readCsv(bytes(text), ';', layout))
        expect.fail('read')
      } catch (error) {
        expect(JSON.stringify(error)).not.to.match(/Noor|9999|123456/)
      }
  })
})

async function* chunks(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
}
