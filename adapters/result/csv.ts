import { nextSteps, type RowOutcome } from './outcome.ts'

/** The outcomes as a table that a spreadsheet opens: with a byte order mark, and without a cell that it would take for a formula. */
export function asCsv(outcomes: readonly RowOutcome[], delimiter: ';' | ','): string {
  const rows = [HEADER, ...outcomes.map(cells)]
  return `\ufeff${rows.map((row) => row.map((cell) => quoted(harmless(cell), delimiter)).join(delimiter)).join('\r\n')}\r\n`
}

const HEADER = ['Regel', 'Bronbericht', 'Uitkomst', 'Fouten', 'Wat nu']

function cells(row: RowOutcome): string[] {
  const faults = row.fouten.map(({ pointer, melding }) => (pointer ? `${pointer}: ${melding}` : melding))
  return [String(row.regel), row.bronbericht ?? '', row.uitkomst, faults.join(' '), nextSteps(row).join(' ')]
}

/** OWASP, CSV injection: what begins with one of these is run by a spreadsheet; an apostrophe makes it text. */
function harmless(cell: string): string {
  return /^\s*[=+\-@]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
