import { ageOn, type Day } from '../calendar.ts'
import { birthRange } from '../consent/age.ts'

/**
 * Whether these persons together may ask for what is a right of the person registered: below 12 a guardian, from 12 up to 16 the young
 * person and a guardian together, from 16 the young person alone. Of a birth date that leaves several ages possible each must allow it.
 */
export function mayRequest(
  person: { geboortedatum?: string | null; rolInGezin?: string | null },
  guardians: readonly { kenmerk: string; gezag?: string | null }[],
  by: readonly string[],
  day: Day,
): boolean {
  const born = birthRange(person.geboortedatum)
  const ages = born ? [ageOn(born.earliest, day), ageOn(born.latest, day)] : person.rolInGezin === 'ouder' ? [18] : [0, 12, 16]
  const self = by.includes('jeugdige')
  const guardian = by.some((who) => guardians.some(({ kenmerk, gezag }) => kenmerk === who && gezag !== 'nee'))
  return ages.every((age) => (age < 12 ? guardian : age < 16 ? self && guardian : self))
}
