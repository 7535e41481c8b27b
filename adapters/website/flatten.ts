import type { Fault } from '../../schemas/fault.ts'
import type { Row } from '../cells.ts'
import { cell_chars_max } from '../readers/limits.ts'
import { type Layout, shownName } from '../readers/rows.ts'

/** One record as a row of cells named by dotted paths, with a fault for everything that has no place in the layout. */
export function flatten(value: unknown, layout: Layout, before: Fault[]): Row {
  const row: Row = { cells: Object.create(null), fouten: [...before] }
  if (isObject(value)) takeMembers(row, value, '', layout)
  else
    row.fouten.push({ pointer: '', code: 'type', melding: 'Dit is geen JSON-object.', watNu: 'Geef elke aanmelding als object.' })
  return row
}

function takeMembers(row: Row, value: Record<string, unknown>, prefix: string, layout: Layout): void {
  for (const [name, member] of Object.entries(value)) {
    const path = prefix + name
    if (isObject(member) && layout.required.some((known) => known.startsWith(`${path}.`)))
      takeMembers(row, member, `${path}.`, layout)
    else if (!layout.has(path)) row.fouten.push(unknownField(prefix + shownName(name, '?')))
    else row.cells[path] = cellOf(row, path, member)
  }
}

/** A tick is `true` or `false` in JSON, and `ja` or `nee` as a cell. */
function cellOf(row: Row, path: string, member: unknown): string {
  if (member === null || member === undefined) return ''
  if (typeof member === 'boolean') return member ? 'ja' : 'nee'
  if (typeof member === 'number') return String(member)
  if (typeof member === 'string' && member.length <= cell_chars_max) return member.trim()
  const melding = 'Hier hoort een korte tekst te staan.'
  row.fouten.push({ pointer: path, code: 'type', melding, watNu: 'Geef tekst, een getal, true of false.' })
  return ''
}

function unknownField(pointer: string): Fault {
  return {
    pointer,
    code: 'onbekend-veld',
    melding: 'Dit veld hoort niet in een aanmelding.',
    watNu: 'Verwijder het veld of herstel de naam.',
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
