import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { records_max } from './limits.ts'
import { checkHeader, type Layout, type SourceRow, toRow } from './rows.ts'
import { type SheetRow, sheetRows } from './xlsx-sheet.ts'
import { readWorkbook } from './xlsx-workbook.ts'
import { openZip } from './zip.ts'

/**
 * The rows of one sheet of an XLSX workbook under its header, as `readCsv` gives them: blank rows are skipped, `regel` is the number
 * of the row in the sheet, a date cell is its date, a formula the value that was saved with it. The ZIP is held in memory, the
 * sheet is not. Throws `SourceFault` as `readCsv` does, and for a workbook without the sheet.
 */
export async function* readXlsx(content: Content, sheetName: string, layout: Layout): AsyncGenerator<SourceRow> {
  const { open } = await openZip(content)
  const workbook = await readWorkbook(open, sheetName)
  let header: string[] | undefined
  let count = 0
  const sheet = open(workbook.sheet)
  if (!sheet) throw unreadable('geen-werkblad', `Het werkblad ${sheetName} ontbreekt in het bestand.`)
  for await (const row of sheetRows(sheet, workbook)) {
    const values = valuesOf(row, header?.length ?? 0)
    if (values.every((value) => value === '') && !row.cells.some((cell) => cell?.fout)) continue
    if (!header) {
      header = values
      checkHeader(header, layout, row.regel)
      continue
    }
    count += 1
    if (count > records_max) throw unreadable('te-veel', `Er zijn meer dan ${records_max} rijen.`)
    yield withFaults(toRow(header, values, row.regel, values.join('\t')), row, header)
  }
  if (!header) throw unreadable('leeg', `Het werkblad ${sheetName} is leeg: er is geen kopregel.`)
}

/** The texts of a row, as many as `width` or up to the last one that is not empty. */
function valuesOf(row: SheetRow, width: number): string[] {
  const values = Array.from(row.cells, (cell) => cell?.value ?? '')
  const length = Math.max(width, values.findLastIndex((value) => value !== '') + 1)
  return Array.from({ length }, (_, at) => values[at] ?? '')
}

function withFaults(made: SourceRow, row: SheetRow, header: string[]): SourceRow {
  for (const [at, cell] of row.cells.entries()) {
    if (cell?.fout) made.fouten.push({ pointer: header[at] ?? '', ...cell.fout })
  }
  return made
}

function unreadable(code: string, melding: string): SourceFault {
  const watNu = 'Zet de namen van de kolommen op de eerste rij, en verdeel een groot blad over meer bestanden.'
  return new SourceFault([{ pointer: '', code, melding, watNu }], 1)
}
