import type { InventedChild } from '../adapter.ts'
import { asCsv, dossierCells, dutchDate } from '../sample/table.ts'
import { COLUMNS, DROPPED, REASON, REOPENED_ON } from './columns.ts'

/** A list with a file for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const rows = children.map((child) =>
    dossierCells(COLUMNS, child, {
      [REOPENED_ON]: '',
      [REASON]: '',
      [DROPPED.date]: dutchDate(child.start),
      [DROPPED.text]: 'Centrum',
    }),
  )
  return asCsv(rows, ';')
}
