import { asWorkbook } from '../../adapters/sample/table.ts'

/** Where the example region's workbook comes from, and where it lies; both below `deploy/voorbeeldregio/`. */
export const WORKBOOK = { text: 'rubicon/aanmelding.csv', file: 'rubicon/codo/aanmelding.xlsx' }

/** The sheet `Aanmelding` of a table in text: cells between semicolons, its names on the first line. */
export function workbookOf(text: string): Uint8Array {
  const [header = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(';'))
  return asWorkbook(
    rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))),
    'Aanmelding',
  )
}
