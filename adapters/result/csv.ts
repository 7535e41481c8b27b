import { cellsOf, HEADER } from './outcome.ts'
import type { ResultWriter } from './writer.ts'

/** The outcomes as a table that a spreadsheet opens: with a byte order mark, CRLF, and the delimiter of the source. */
export function csvWriter(delimiter: ';' | ','): ResultWriter {
  const line = (cells: string[]) => `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
  return {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    head: `\ufeff${line(HEADER)}`,
    row: (row) => line(cellsOf(row)),
    tail: '',
  }
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
