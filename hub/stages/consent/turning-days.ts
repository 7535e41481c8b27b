import { addDays, birthdayOn, type Day } from '../calendar.ts'
import { birthRange } from './age.ts'
import type { Consent, ConsentCase } from './case.ts'
import { compiled } from './compile.ts'
import type { Policy } from './policy.ts'

/**
 * The days on which the answer about one registration can change by itself: the policy's birthdays (the first and the last possible
 * one of a birth date known in part), and the days on which answers begin and end. Hours are not among them.
 */
export function turningDays(policy: Policy, person: ConsentCase['persoon'], consents: readonly Consent[]): Set<Day> {
  const days = new Set<Day>()
  const birth = birthRange(person.geboortedatum)
  if (birth)
    for (const { jaren, dagen } of compiled(policy).boundaries)
      for (const born of [birth.earliest, birth.latest]) days.add(addDays(birthdayOn(born, jaren), dagen))
  for (const { geldigVanaf, geldigTot } of consents) {
    if (geldigVanaf?.length === 10) days.add(geldigVanaf)
    if (geldigTot?.length === 10) days.add(addDays(geldigTot, 1))
  }
  return days
}
