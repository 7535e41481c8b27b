import type { Registratie } from '../../../schemas/types.ts'
import { ageOn, type Day } from '../calendar.ts'
import { birthRange } from './age.ts'

const heard_from_years = 12
const alone_from_years = 16

/**
 * Who is still to be told of a registration: below 12 the guardians, from 12 both, from 16 the young person alone (AVG art. 14;
 * Jeugdwet 7.1). A parent without custody is not; who may be one is. With a birth date that is not wholly known everyone who could have to
 * be told is named. An adult is told as the person that the registration is about. What is postponed waits until its review.
 */
export function stillToInform({ persoon, betrokkenheid, gezagsdragers, geinformeerd }: Registratie, today: Day): string[] {
  if (betrokkenheid.status === 'afgesloten') return []
  const ages = agesOn(persoon, today)
  const guardians = (gezagsdragers ?? []).filter(({ gezag }) => gezag !== 'nee').map(({ kenmerk }) => kenmerk)
  const wanted = [...(ages.most >= heard_from_years ? ['jeugdige'] : []), ...(ages.least < alone_from_years ? guardians : [])]
  const settled = (geinformeerd ?? []).filter(({ op, uitstel }) => op || (uitstel && uitstel.herzienOp > today))
  return wanted.filter((who) => !settled.some(({ wie }) => wie === who))
}

function agesOn(persoon: Registratie['persoon'], today: Day): { least: number; most: number } {
  const isAdult = (persoon.rolInGezin ?? 'jeugdige') !== 'jeugdige'
  if (isAdult) return { least: alone_from_years, most: alone_from_years }
  const born = birthRange(persoon.geboortedatum)
  if (born) return { least: ageOn(born.latest, today), most: ageOn(born.earliest, today) }
  return persoon.verwachteGeboortedatum ? { least: 0, most: 0 } : { least: 0, most: alone_from_years }
}
