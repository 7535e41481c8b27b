import { expect } from 'chai'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import type { ResultForm, RowOutcome } from './adapter.ts'
import { readCsv } from './readers/csv.ts'
import { readXlsx } from './readers/xlsx.ts'
import { readXml } from './readers/xml.ts'
import { startResult } from './result.ts'

const fault = { pointer: 'BSN', code: 'elfproef', melding: 'Dit is geen BSN.', watNu: 'Herstel het; of laat het weg.' }
const outcomes: RowOutcome[] = [
  {
    regel: 2,
    bronbericht: 'M-1-1',
    uitkomst: 'geaccepteerd',
    fouten: [],
    ontbreekt: ['jeugdige', 'ouder2'],
    informeren: ['ouder2'],
  },
  {
    regel: 3,
    bronbericht: '=HYPERLINK("x")',
    uitkomst: 'afgekeurd',
    fouten: [fault, { ...fault, pointer: '', melding: 'En "dit".' }],
  },
  { regel: 4, uitkomst: 'dubbel', fouten: [] },
]

describe('result of a file', () => {
  it('is a table with the delimiter of the source, in which nothing is a formula', () => {
    const { contentType, body } = rendered('csv-semicolon', outcomes)
    expect(contentType).to.equal('text/csv; charset=utf-8')
    expect(body).to.equal(
      [
        '\ufeffRegel;Bronbericht;Uitkomst;Fouten;Toestemming ontbreekt;Nog informeren;Wat nu',
        '2;M-1-1;geaccepteerd;;jeugdige, ouder2;ouder2;Vraag de toestemming die ontbreekt: jeugdige, ouder2. Informeer binnen een maand na de registratie: ouder2.',
        `3;"'=HYPERLINK(""x"")";afgekeurd;"BSN: Dit is geen BSN. En ""dit"".";;;"Herstel het; of laat het weg."`,
        '4;;dubbel;;;;',
        '',
      ].join('\r\n'),
    )
  })

  it('is XML beside XML, and can be read as such', async () => {
    const { contentType, body } = rendered('xml', outcomes)
    expect(contentType).to.equal('application/xml; charset=utf-8')
    const elements = await all(readXml(new TextEncoder().encode(body), 'Resultaten', 'Resultaat'))
    expect(elements.map(({ element }) => element.attributes.uitkomst)).to.deep.equal(['geaccepteerd', 'afgekeurd', 'dubbel'])
    expect(elements[1]!.element.children.map(({ text }) => text)).to.deep.equal(['Dit is geen BSN.', 'En "dit".', fault.watNu])
    expect(elements[0]!.element.children[0]!.attributes.wie).to.equal('jeugdige')
  })

  it('is NDJSON beside JSON, a line per row', () => {
    const { contentType, body } = rendered('ndjson', outcomes)
    expect(contentType).to.equal('application/x-ndjson')
    const lines = body.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).to.deep.equal(outcomes)
  })

  it('is a workbook beside a workbook, in which every cell is text', async () => {
    const bytes = startResult('xlsx')
    bytes.add(outcomes)
    const rows = await all(readXlsx(bytes.finish().body, 'Resultaat', { has: () => true, required: [] }))
    expect(rows.map(({ cells }) => cells.Uitkomst)).to.deep.equal(['geaccepteerd', 'afgekeurd', 'dubbel'])
    expect(rows[1]!.cells.Bronbericht).to.equal(`'=HYPERLINK("x")`)
    expect(rows[0]!.cells['Toestemming ontbreekt']).to.equal('jeugdige, ouder2')
  })

  it('is an answer beside an e-mail, that a mail program opens as a draft', async () => {
    const answer = await PostalMime.parse(rendered('message', outcomes).body)
    expect(answer.headers.find(({ key }) => key === 'x-unsent')?.value).to.equal('1')
    expect(answer.text).to.contain('Bronbericht: M-1-1').and.to.contain('Toestemming ontbreekt: jeugdige, ouder2')
    expect(answer.text).to.contain('Fout: BSN: Dit is geen BSN.').and.to.contain('Wat nu: Herstel het; of laat het weg.')
  })

  it('can be read again whatever the name of a message is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (bronbericht) => {
        const rows = [{ regel: 1, bronbericht, uitkomst: 'dubbel', fouten: [] }]
        expect(
          await all(readXml(new TextEncoder().encode(rendered('xml', rows).body), 'Resultaten', 'Resultaat')),
        ).to.have.length(1)
        const layout = { has: () => true, required: [] }
        const cells = await all(
          readCsv(new TextEncoder().encode(rendered('csv-semicolon', rows).body.replaceAll('\0', '')), ';', layout),
        )
        expect(cells[0]!.cells.Uitkomst).to.equal('dubbel')
        expect(cells[0]!.cells.Bronbericht).not.to.match(/^[=+\-@]/)
      }),
    )
  })
})

function rendered(form: ResultForm, rows: readonly RowOutcome[]): { contentType: string; body: string } {
  const result = startResult(form)
  for (const row of rows) result.add([row])
  const { contentType, body } = result.finish()
  return { contentType, body: Buffer.from(body).toString() }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items)
}
