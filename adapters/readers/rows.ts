import type { Fault } from '../../schemas/fault.ts'
import { SourceFault } from '../source-fault.ts'
import { cell_chars_max, columns_max } from './limits.ts'

/** The cells of one row by the names of their columns, trimmed; an empty cell is `''`. Without a prototype. */
export type Cells = Record<string, string>

/** One row of a table: where it stands, its cells, what is wrong with its shape, and its text as it stood in the source. */
export interface SourceRow {
  regel: number
  cells: Cells
  fouten: Fault[]
  bron: string
}

/** Does this name belong to the layout, and which names must be there? */
export interface Layout {
  has(column: string): boolean
  required: readonly string[]
}

export function fixedLayout(columns: readonly string[]): Layout {
  return { has: (column) => columns.includes(column), required: columns }
}

/** Throws `SourceFault` naming every column that is unknown, there twice or missing. */
export function checkHeader(header: readonly string[], layout: Layout, regel: number): void {
  if (header.length > columns_max) throw new SourceFault([tooManyColumns()], regel)
  if (!header.some((column) => layout.has(column))) throw new SourceFault([NO_HEADER], regel)
  const unknown = header.filter((column) => !layout.has(column)).map(unknownColumn)
  const twice = header.filter((column, at) => layout.has(column) && header.indexOf(column) < at).map(doubleColumn)
  const missing = layout.required.filter((column) => !header.includes(column)).map(missingColumn)
  const fouten = [...unknown, ...twice, ...missing]
  if (fouten.length > 0) throw new SourceFault(fouten, regel)
}

/** The row of these values under this header. */
export function toRow(header: readonly string[], values: readonly string[], regel: number, bron: string): SourceRow {
  const cells: Cells = Object.create(null)
  const fouten: Fault[] = values.length === header.length ? [] : [wrongNumberOfCells(header.length, values.length)]
  for (const [at, column] of header.entries()) {
    const value = values[at] ?? ''
    cells[column] = value.slice(0, cell_chars_max)
    if (value.length > cell_chars_max) fouten.push(tooLong(column))
  }
  return { regel, cells, fouten, bron }
}

/** A name can hold a person's data, as where a header is missing: what does not look like a name is not repeated. */
export function shownName(name: string, instead: string): string {
  return name.length <= 40 && /^\p{L}[\p{L}\p{M}_. -]*\d{0,2}$/u.test(name) ? name : instead
}

function unknownColumn(column: string, at: number): Fault {
  const shown = shownName(column, `kolom ${at + 1}`)
  return {
    pointer: shown,
    code: 'onbekende-kolom',
    melding: `De kolom ‘${shown}’ hoort niet in dit bestand; het hele bestand is geweigerd.`,
    watNu: 'Verwijder de kolom of herstel de naam (hoofdletters tellen mee) en bied het bestand opnieuw aan.',
  }
}

function doubleColumn(column: string): Fault {
  const melding = `De kolom ‘${column}’ staat er meer dan eens; het hele bestand is geweigerd.`
  return { pointer: column, code: 'dubbele-kolom', melding, watNu: 'Laat de kolom eenmaal staan.' }
}

function missingColumn(column: string): Fault {
  const melding = `De kolom ‘${column}’ ontbreekt; het hele bestand is geweigerd.`
  return { pointer: column, code: 'ontbrekende-kolom', melding, watNu: 'Voeg de kolom toe; de cellen mogen leeg zijn.' }
}

/** Without one known name the first line may well be a person: none of it is repeated. */
const NO_HEADER: Fault = {
  pointer: '',
  code: 'geen-kop',
  melding: 'De eerste regel bevat geen enkele kolom van dit formaat; het hele bestand is geweigerd.',
  watNu: 'Zet de namen van de kolommen op de eerste regel en controleer het scheidingsteken.',
}

function tooManyColumns(): Fault {
  return {
    pointer: '',
    code: 'te-veel',
    melding: `Er zijn meer dan ${columns_max} kolommen.`,
    watNu: 'Controleer het scheidingsteken.',
  }
}

function wrongNumberOfCells(expected: number, found: number): Fault {
  const melding = `De rij heeft ${found} cellen, de kop ${expected}.`
  const watNu = 'Zet een cel waarin het scheidingsteken of een regeleinde voorkomt tussen aanhalingstekens.'
  return { pointer: '', code: 'aantal-cellen', melding, watNu }
}

function tooLong(column: string): Fault {
  const melding = 'De tekst is te lang.'
  return { pointer: column, code: 'te-lang', melding, watNu: `Gebruik ten hoogste ${cell_chars_max} tekens.` }
}
