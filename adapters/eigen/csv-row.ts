import { bsn, code, date, integer, partialDate, type Row, text } from '../cells.ts'
import type { Layout } from '../readers/rows.ts'
import { type Field, fieldAt } from './fields.ts'

/** Any field of the registration can be a column; what is required is told row by row, by the schema. */
export const LAYOUT: Layout = { has: (column) => fieldAt(column) !== undefined, required: [] }

/** The registration of one row with dotted columns: types are those of the schema, an empty cell is an absent field. */
export function registrationOf(row: Row): Record<string, unknown> {
  const root: Branch = new Map()
  for (const column of Object.keys(row.cells)) {
    const field = fieldAt(column)!
    const value = read(row, column, field)
    if (value !== undefined) put(root, field.path, value)
  }
  return { ...REQUIRED, ...(grown(root) as Record<string, unknown>) }
}

/** So that a missing part is told by the column that lacks it. */
const REQUIRED = { persoon: {}, betrokkenheid: {}, contact: {} }

/** `/persoon/bsn` -> `persoon.bsn`. */
export function columnOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.')
}

function read(row: Row, column: string, field: Field): unknown {
  if (field.type === 'integer') return integer(row, column)
  if (field.type === 'boolean') return truth(row, column)
  if (field.format === 'bsn') return bsn(row, column)
  if (field.format === 'datum') return date(row, column)
  if (field.format === 'deeldatum') return partialDate(row, column)
  return text(row, column)
}

/** As JSON writes it, as Dutch does, or as a Dutch spreadsheet does. */
function truth(row: Row, column: string): boolean | string | undefined {
  const answer = code(row, column, { true: 'true', false: 'false', ja: 'true', nee: 'false', waar: 'true', onwaar: 'false' })
  return answer === 'true' ? true : answer === 'false' ? false : answer
}

type Branch = Map<string, unknown>

function put(branch: Branch, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) branch.set(name!, value)
  else {
    if (!branch.has(name!)) branch.set(name!, new Map())
    put(branch.get(name!) as Branch, rest, value)
  }
}

/** The object of a branch; names that are numbers make a list, in order of the numbers, without gaps. */
function grown(node: unknown): unknown {
  if (!(node instanceof Map)) return node
  const members = [...node].map(([name, value]) => [name, grown(value)] as const)
  if (!members.every(([name]) => /^\d+$/.test(name))) return Object.fromEntries(members)
  return members.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
}
