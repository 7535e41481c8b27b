import type { InventedChild } from '../adapter.ts'
import { asCsv, dossierCells, dutchDate } from '../sample/table.ts'
import { ANSWERS, COLUMNS, CUSTODY, DROPPED, FAMILY, INFORMED, PLAN_SIGNED } from './columns.ts'

/** A caseload with a case for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const rows = children.map((child) =>
    dossierCells(COLUMNS, child, {
      [FAMILY]: `G-${child.family}`,
      [CUSTODY]: child.ouder.gezag,
      [ANSWERS.jeugdige]: 'ja',
      [ANSWERS.ouder1]: 'ja',
      [PLAN_SIGNED]: 'ja',
      [INFORMED.jeugdige]: dutchDate(child.start),
      [INFORMED.ouder1]: dutchDate(child.start),
      [DROPPED.yesNo]: 'nee',
      [DROPPED.number]: '4',
    }),
  )
  return asCsv(rows, ';')
}
