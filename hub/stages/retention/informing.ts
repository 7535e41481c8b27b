import { addMonths, ageOn, type Day } from '../calendar.ts'
import { birthRange } from '../consent/age.ts'
import type { AgeBand, Boundary, Consenter, Policy } from '../consent/policy.ts'

/** What is known of the informing of one registration. */
export interface InformingFacts {
  receivedOn: Day
  birthDate: string | null
  guardians: readonly { kenmerk: string; gezag?: string | null }[]
  /** Oldest first; the last one about a person counts, one that says when they were told before any postponement. */
  records: readonly Informed[]
}

export interface Informed {
  wie: string
  op?: string | null
  uitstel?: { grond: string; herzienOp: Day }
}

/** Of one person who must know of a registration: where that stands on a day, and by when it must be done or looked at again. */
export interface InformingState {
  wie: string
  stand: 'openstaand' | 'uitgesteld' | 'verlopen' | 'geinformeerd'
  uiterlijk: Day
  grond?: string
  op?: Day
}

/**
 * Who must be told of a registration, and whether that was done (policy `informeren`). Of a birth date known in part everyone counts
 * whom any possible age asks for. A postponement with a ground and a review date holds until that date.
 */
export function informingOf({ informeren }: Policy, facts: InformingFacts, day: Day): InformingState[] {
  const due = addMonths(facts.receivedOn, informeren.binnenMaanden)
  return whoMustKnow(informeren.wie, facts, day).map((wie) => {
    const records = facts.records.filter((each) => each.wie === wie)
    const told = records.findLast(({ op }) => op)
    if (told?.op) return { wie, stand: 'geinformeerd', uiterlijk: due, op: told.op }
    const postponed = records.findLast(({ uitstel }) => uitstel)?.uitstel
    if (!postponed) return { wie, stand: day > due ? 'verlopen' : 'openstaand', uiterlijk: due }
    const { grond, herzienOp } = postponed
    return { wie, stand: day > herzienOp ? 'verlopen' : 'uitgesteld', uiterlijk: herzienOp, grond }
  })
}

function whoMustKnow(bands: Policy['informeren']['wie'], { birthDate, guardians }: InformingFacts, day: Day): string[] {
  const born = birthRange(birthDate)
  const days = born ? [born.earliest, born.latest] : []
  const asked = new Set<Consenter>(
    bands.filter(({ leeftijd }) => days.length === 0 || covers(leeftijd, days, day)).flatMap(({ wie }) => wie),
  )
  const heard = guardians.filter(({ gezag }) => gezag !== 'nee').map(({ kenmerk }) => kenmerk)
  return [...(asked.has('jeugdige') ? ['jeugdige'] : []), ...(asked.has('gezagsdragers') ? heard : [])]
}

/** Whether any possible age lies in the band: the oldest has reached its begin and the youngest not its end. */
function covers({ vanaf, tot }: AgeBand, [earliest = '', latest = '']: Day[], day: Day): boolean {
  return (vanaf === undefined || ageOn(earliest, day) >= years(vanaf)) && (tot === undefined || ageOn(latest, day) < years(tot))
}

function years(boundary: Boundary): number {
  return typeof boundary === 'number' ? boundary : boundary.jaren
}
