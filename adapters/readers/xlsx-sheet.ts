import type { Fault } from '../../schemas/fault.ts'
import { columns_max } from './limits.ts'
import { walkXml } from './sax.ts'
import type { Workbook } from './xlsx-workbook.ts'

export interface SheetCell {
  /** What the cell shows: a date as `yyyy-mm-dd`, a number in plain digits. */
  value: string
  /** Why it shows nothing that can be read. */
  fout?: Omit<Fault, 'pointer'>
}

export interface SheetRow {
  /** Number of the row in the sheet, from 1. */
  regel: number
  /** By column, from 0; beyond `columns_max` nothing is kept but that something is there. */
  cells: (SheetCell | undefined)[]
}

/** The rows of a sheet (ECMA-376 part 1, 18.3.1) that hold cells, one after another. */
export async function* sheetRows(bytes: AsyncIterable<Uint8Array>, workbook: Workbook): AsyncGenerator<SheetRow> {
  const queue: SheetRow[] = []
  const build = rowBuilder(queue, workbook)
  for await (const _ of walkXml(bytes, build)) yield* queue.splice(0)
  yield* queue.splice(0)
}

function rowBuilder(queue: SheetRow[], workbook: Workbook) {
  let row: SheetRow = { regel: 0, cells: [] }
  let cell: RawCell = emptyCell({})
  let column = -1
  return {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        row = { regel: Number(attributes.r) || row.regel + 1, cells: [] }
        column = -1
      } else if (name === 'c') {
        cell = emptyCell(attributes)
        column = columnOf(attributes.r) ?? column + 1
      } else if (name === 'f') cell.isFormula = true
      else if (name === 'rPh') cell.isPhonetic = true
    },
    close(name: string, text: string) {
      if (name === 'v' || (name === 't' && !cell.isPhonetic)) cell.text += text
      else if (name === 'rPh') cell.isPhonetic = false
      else if (name === 'c') row.cells[Math.min(column, columns_max)] = shown(cell, workbook)
      else if (name === 'row' && row.cells.length > 0) queue.push(row)
    },
  }
}

interface RawCell {
  type: string
  style: number
  text: string
  isFormula: boolean
  isPhonetic: boolean
}

function emptyCell({ t = 'n', s = '0' }: Record<string, string>): RawCell {
  return { type: t, style: Number(s), text: '', isFormula: false, isPhonetic: false }
}

/** `B7` is column 1. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function shown({ type, style, text, isFormula }: RawCell, workbook: Workbook): SheetCell {
  if (isFormula && text === '') return { value: '', fout: NO_RESULT }
  if (type === 'e') return { value: '', fout: ERROR }
  if (type === 's') return { value: (workbook.texts[Number(text)] ?? '').trim() }
  if (type === 'b') return { value: text === '1' ? 'ja' : 'nee' }
  if (type !== 'n' || text === '') return { value: text.trim() }
  if (workbook.dateStyles[style]) return dateOf(Number(text), workbook.is1904)
  return { value: digits(text) }
}

const day_ms = 86_400_000

/** A serial date: days since 30 December 1899 (which allows for the 29 February 1900 that never was), or since 1 January 1904. */
function dateOf(serial: number, is1904: boolean): SheetCell {
  const date = new Date(Date.UTC(is1904 ? 1904 : 1899, is1904 ? 0 : 11, is1904 ? 1 : 30) + Math.floor(serial) * day_ms)
  const isReal = serial >= 61 && date.getTime() < Date.UTC(2200, 0, 1)
  return isReal ? { value: date.toISOString().slice(0, 10) } : { value: '', fout: NO_DATE }
}

/** Spreadsheets save large numbers as `9.99900018E8`. */
function digits(text: string): string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? String(number) : text.trim()
}

const NO_RESULT = {
  code: 'formule',
  melding: 'De cel is een formule zonder bewaarde uitkomst; formules worden niet uitgerekend.',
  watNu: 'Plak de waarde in plaats van de formule.',
}
const ERROR = { code: 'formule', melding: 'De cel toont een foutmelding van het rekenprogramma.', watNu: 'Herstel de cel.' }
const NO_DATE = { code: 'datum', melding: 'De cel is als datum opgemaakt, maar bevat er geen.', watNu: 'Herstel de datum.' }
