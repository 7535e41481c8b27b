import { expect } from 'chai'
import { partsOf } from './parts.ts'

const LIMITS = { rows_max: 2, bytes_max: 1000 }
const parts = (text: string | Buffer, limits = LIMITS) =>
  partsOf(Buffer.from(text), limits)?.map((part) => part.toString()) ?? null

describe('parts of a file', () => {
  it('are lines of JSON, without the empty ones', () => {
    expect(parts('\ufeff{"a":1}\r\n\r\n{"a":2}\n  \n{"a":3}')).to.deep.equal(['{"a":1}\r\n{"a":2}\n', '{"a":3}\n'])
  })

  it('are lines of JSON of a list', () => {
    expect(parts('\n[ {"a":"x\\ny"},\n {"a":2}, {"a":3} ]')).to.deep.equal(['{"a":"x\\ny"}\n{"a":2}\n', '{"a":3}\n'])
    expect(parts('[{"a":1}, {')).to.equal(null)
  })

  it('are rows of CSV, each part under the head, also with line feeds between quotes', () => {
    const rows = ['1;"a\n;b"', '2;Be"rg', '3;"zei ""nee"";\n"', '4;']
    expect(parts(`N;M\n\n${rows.join('\n')}`)).to.deep.equal([`N;M\n${rows[0]}\n${rows[1]}\n`, `N;M\n${rows[2]}\n${rows[3]}\n`])
  })

  it('keep the bytes of a file that is not in UTF-8', () => {
    const file = Buffer.from('N\nM\xfcller\nZo\xeb\n\x80', 'latin1')
    expect(Buffer.concat(partsOf(file, { rows_max: 3, bytes_max: 1000 }) ?? [])).to.deep.equal(
      Buffer.concat([file, Buffer.from('\n')]),
    )
  })

  it('are as small as is asked', () => {
    const rows = Array.from({ length: 50 }, (_, row) => `${row};${'x'.repeat(row)}`)
    const some = parts(['N;M', ...rows].join('\n'), { rows_max: 100, bytes_max: 200 }) ?? []
    for (const part of some) expect(part.length).to.be.at.most(200)
    expect(some.flatMap((part) => part.trimEnd().split('\n').slice(1))).to.deep.equal(rows)
  })

  it('are not of another form, nor of nothing', () => {
    for (const text of ['<Aanmeldingen/>', 'PK\x03\x04', '', ' \n', 'N;M\n']) expect(parts(text), text).to.equal(null)
  })
})
