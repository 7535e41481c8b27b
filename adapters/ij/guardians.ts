import { isBsn } from '../../schemas/bsn.ts'
import { code, type Row } from '../cells.ts'
import { personFrom, present } from '../dossier.ts'
import { parentColumns } from './columns.ts'

export interface Guardian {
  kenmerk: string
  relatie: 'ouder'
  gezag: string
  [name: string]: unknown
}

/**
 * The parents of a record as `ouder1`, `ouder2`, …; an element without anything in it is no parent, one that does not say who has
 * custody counts as `onbekend`. Their numbers and addresses are tested and left behind: the registration has no place for them.
 */
export function guardiansFrom(row: Row, parents: number): Guardian[] {
  const numbers = Array.from({ length: parents }, (_, index) => index + 1)
  return numbers.filter((n) => isPresent(row, n)).map((n) => guardianFrom(row, n))
}

function isPresent(row: Row, n: number): boolean {
  return Object.values(parentColumns(n)).some((column) => row.cells[column])
}

function guardianFrom(row: Row, n: number): Guardian {
  const columns = parentColumns(n)
  const { bsn, adres: _adres, ...person } = personFrom(row, columns)
  if (bsn !== undefined && !isBsn(bsn as string)) row.fouten.push({ pointer: columns.bsn, ...NO_BSN })
  return present({ kenmerk: `ouder${n}`, relatie: 'ouder', gezag: code(row, columns.gezag, CUSTODY) ?? 'onbekend', ...person })
}

const CUSTODY = { ja: 'ja', nee: 'nee', onbekend: 'onbekend' } as const

const NO_BSN = {
  code: 'elfproef',
  melding: 'Dit is geen geldig burgerservicenummer.',
  watNu: 'Herstel het nummer of laat het weg; het nummer van een ouder wordt niet bewaard.',
}
