import type { Registratie } from '../../../schemas/types.ts'
import { addMonths } from '../calendar.ts'

/** What an event says of the one whom it is about. */
interface Told {
  /** Whole or in part, `yyyy-mm-dd`. */
  geboortedatum: string
}

/**
 * Whether an event whose number a registration carries can be about the same person: no known part of the birth date may differ. A number
 * can have been copied from a brother, and what is destroyed for him does not come back.
 */
export function isAbout({ persoon }: Pick<Registratie, 'persoon'>, { geboortedatum }: Told): boolean {
  const own = known(persoon.geboortedatum ?? '')
  const told = known(geboortedatum)
  return own.startsWith(told) || told.startsWith(own)
}

/** Parts written as zeros are unknown. */
const known = (date: string) => date.replace(/(?:-00)+$/, '').replace(/^0000$/, '')

/**
 * Whether a municipality may tell of somebody: of its own inhabitants, and of who comes to live there. Of others it is not the register.
 * `livesIn` is where the person lived until now.
 */
export function mayBeToldBy(municipalities: readonly string[], livesIn: string, movesTo: string | undefined): boolean {
  return municipalities.includes(livesIn) || (movesTo !== undefined && municipalities.includes(movesTo))
}

/** Born from so long before the expected day to so long after it, in months: from twenty-four to forty-four weeks. */
const EARLY_MONTHS = 4
const LATE_MONTHS = 1

/** Whether this expected child can be the one that was born on a day. */
export function canBeBorn({ persoon }: Pick<Registratie, 'persoon'>, on: string): boolean {
  const expected = persoon.verwachteGeboortedatum
  if (!expected || persoon.geboortedatum) return false
  return addMonths(expected, -EARLY_MONTHS) <= on && on <= addMonths(expected, LATE_MONTHS)
}
