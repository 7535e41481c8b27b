import type { InventedChild } from '../adapter.ts'
import { asWorkbook, dossierCells } from '../sample/table.ts'
import { COLUMNS, DROPPED, FRAMEWORK, SHEET } from './columns.ts'

/** A workbook with a registration for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const dropped = Object.fromEntries([...DROPPED.texts, ...DROPPED.dates].map((column) => [column, '']))
  const rows = children.map((child) => dossierCells(COLUMNS, child, { [FRAMEWORK]: 'vrijwillig', ...dropped }))
  return asWorkbook(rows, SHEET)
}
