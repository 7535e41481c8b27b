import type { InventedChild } from '../adapter.ts'
import { asCsv, dutchDate } from '../sample/table.ts'
import { COLUMNS, PARENTS } from './columns.ts'

const [FIRST] = PARENTS
/** The register tells of a parent's birth date; the invented families hold none. */
const PARENT_BORN = '03-02-1985'

/** A file with an event for each child: by turns a move, a death and the parents. */
export function sample(children: InventedChild[]): Uint8Array {
  return asCsv(children.map(eventOf), ';')
}

function eventOf(child: InventedChild, at: number): Record<string, string> {
  const kind = (['verhuizing', 'overlijden', 'ouders'] as const)[at % 3]
  const empty = Object.fromEntries(PARENTS.flatMap((names) => Object.values(names).map((column) => [column, ''])))
  return {
    [COLUMNS.message]: `G-${child.number}`,
    [COLUMNS.kind]: String(kind),
    [COLUMNS.day]: dutchDate(child.start),
    [COLUMNS.bsn]: child.bsn,
    [COLUMNS.born]: dutchDate(child.geboortedatum),
    [COLUMNS.municipality]: kind === 'verhuizing' ? '1894' : '',
    ...empty,
    ...(kind === 'ouders' && FIRST
      ? {
          [FIRST.voornamen]: child.ouder.voornamen,
          [FIRST.geslachtsnaam]: child.ouder.geslachtsnaam,
          [FIRST.geboortedatum]: PARENT_BORN,
        }
      : {}),
  }
}
