import type { InventedChild } from '../adapter.ts'
import { asCsv, dossierCells } from '../sample/table.ts'
import { AGREEMENT, COLUMNS, GUARDIANS, YOUTH_ANSWER } from './columns.ts'

/** An export with a dossier for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const [first, second] = GUARDIANS
  const rows = children.map((child) =>
    dossierCells(COLUMNS, child, {
      [AGREEMENT]: 'ja',
      [YOUTH_ANSWER]: 'ja',
      [first.answer]: 'ja',
      [first.custody]: child.ouder.gezag,
      [second.answer]: '',
      [second.custody]: '',
    }),
  )
  return asCsv(rows, ';')
}
