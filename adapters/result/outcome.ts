import type { RowOutcome } from '../adapter.ts'

/** Dutch: what the organisation can do about a row. */
export function nextSteps(row: RowOutcome): string[] {
  const faults = row.fouten.map((fault) => fault.watNu)
  const missing = row.ontbreekt?.length ? [`Vraag de toestemming die ontbreekt: ${row.ontbreekt.join(', ')}.`] : []
  const untold = row.informeren?.length ? [`Informeer binnen een maand na de registratie: ${row.informeren.join(', ')}.`] : []
  return [...new Set([...faults, ...missing, ...untold])]
}

export const HEADER = ['Regel', 'Bronbericht', 'Uitkomst', 'Fouten', 'Toestemming ontbreekt', 'Nog informeren', 'Wat nu']

/** A row as the cells of a table under `HEADER`, for whose people a spreadsheet is the tool. */
export function cellsOf(row: RowOutcome): string[] {
  const faults = row.fouten.map(({ pointer, melding }) => (pointer ? `${pointer}: ${melding}` : melding))
  const lists = [row.ontbreekt ?? [], row.informeren ?? []].map((who) => who.join(', '))
  return [String(row.regel), row.bronbericht ?? '', row.uitkomst, faults.join(' '), ...lists, nextSteps(row).join(' ')].map(
    harmless,
  )
}

/** OWASP, CSV injection: what begins with one of these is run by a spreadsheet; an apostrophe makes it text. */
function harmless(cell: string): string {
  return /^\s*[=+\-@]/.test(cell) ? `'${cell}` : cell
}

/** Text as XML 1.0 can hold it: control characters and halves of a character have no place in it at all, escaped or not. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
