import type { Fault } from '../schemas/fault.ts'
import { toDate } from './readers/dates.ts'
import type { Cells } from './readers/rows.ts'

/** The cells of one row, and what is found wrong with them while they are read. */
export interface Row {
  cells: Cells
  fouten: Fault[]
}

/*
 * Each reads one cell and gives undefined for an empty one. What cannot be read is put in `fouten` under the column's name and given
 * back as it stands: it makes the registration refused anyway, and keeps the schema from calling the field absent.
 */

export function text(row: Row, column: string): string | undefined {
  return row.cells[column] || undefined
}

/** A whole calendar date as `yyyy-mm-dd`. */
export function date(row: Row, column: string): string | undefined {
  const cell = partialDate(row, column)
  const isPart = cell !== undefined && /^\d{4}(-\d\d)?$/.test(cell)
  if (isPart) row.fouten.push({ pointer: column, ...PART_OF_DATE })
  return cell
}

/** A date of which the day, or month and day, may be unknown: `yyyy-mm-dd`, `yyyy-mm` or `yyyy`. */
export function partialDate(row: Row, column: string): string | undefined {
  const cell = text(row, column)
  if (cell === undefined) return undefined
  const found = toDate(cell)
  if (found === undefined) row.fouten.push({ pointer: column, ...NO_DATE })
  return found === undefined ? cell : found || undefined
}

/** A whole number without a sign. */
export function integer(row: Row, column: string): number | string | undefined {
  const cell = text(row, column)
  if (cell === undefined) return undefined
  if (/^\d{1,10}$/.test(cell)) return Number(cell)
  row.fouten.push({ pointer: column, ...NO_NUMBER })
  return cell
}

/** One of a list of codes, upper and lower case alike. */
export function code<T extends string>(row: Row, column: string, codes: Readonly<Record<string, T>>): T | string | undefined {
  const cell = text(row, column)
  if (cell === undefined) return undefined
  const found = Object.hasOwn(codes, cell.toLowerCase()) ? codes[cell.toLowerCase()] : undefined
  if (found === undefined) row.fouten.push(noSuchCode(column, Object.keys(codes)))
  return found ?? cell
}

/** `ja` as true, `nee` as false; `codes` says how else a source writes them. */
export function yesNo(row: Row, column: string, codes: Readonly<Record<string, 'ja' | 'nee'>> = YES_NO): boolean | undefined {
  const answer = code(row, column, codes)
  return answer === 'ja' ? true : answer === 'nee' ? false : undefined
}

/** A citizen service number; one that lost its leading zero in a spreadsheet gets it back. The schema tests it. */
export function bsn(row: Row, column: string): string | undefined {
  const cell = text(row, column)
  return cell && padBsn(cell)
}

export function padBsn(number: string): string {
  return /^\d{8}$/.test(number) ? `0${number}` : number
}

/** A row as it may be kept when it is refused: without empty cells, and without what is looked at and left behind. */
export function keepable(cells: Cells, dropped: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(cells).filter(([column, cell]) => cell !== '' && !dropped.includes(column))),
  )
}

export const YES_NO = { ja: 'ja', nee: 'nee' } as const

/** With the two ways in which XML writes a truth (XML Schema part 2, 3.2.2). */
export const XML_YES_NO = { ...YES_NO, true: 'ja', false: 'nee', 1: 'ja', 0: 'nee' } as const

function noSuchCode(column: string, codes: string[]): Fault {
  const watNu = `Kies uit ${codes.join(', ')}, of laat de cel leeg als het onbekend is.`
  return { pointer: column, code: 'keuze', melding: 'Deze code is niet bekend.', watNu }
}

const NO_DATE = {
  code: 'datum',
  melding: 'Dit is geen bestaande datum.',
  watNu: 'Geef dd-mm-jjjj of jjjjmmdd, met 00 voor een onbekende dag of maand.',
}
const PART_OF_DATE = {
  code: 'datum',
  melding: 'Van deze datum is een deel onbekend.',
  watNu: 'Geef de hele datum als dd-mm-jjjj.',
}
const NO_NUMBER = { code: 'type', melding: 'Dit is geen heel getal.', watNu: 'Geef alleen cijfers.' }
