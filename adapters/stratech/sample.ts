import type { InventedChild } from '../adapter.ts'
import { asCsv, dossierCells, dutchDate } from '../sample/table.ts'
import { COLUMNS, DROPPED, MUNICIPALITY, SIGNATURE, SIGNED_UP_ON } from './columns.ts'

/** An export with a client for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const dropped = Object.fromEntries(DROPPED.map((column) => [column, '']))
  const rows = children.map((child) =>
    dossierCells(COLUMNS, child, { [MUNICIPALITY]: '', [SIGNED_UP_ON]: dutchDate(child.start), ...dropped, [SIGNATURE]: 'ja' }),
  )
  return asCsv(rows, ',')
}
