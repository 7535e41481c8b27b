import { addDays, birthdayOn, startOfDay } from '../calendar.ts'
import { birthRange } from './age.ts'
import { standing_ms } from './answers.ts'
import type { ConsentCase } from './case.ts'
import { type CompiledPolicy, compiled } from './compile.ts'
import { beginOf_ms, momentOf } from './moment.ts'
import { overrideRuns_ms } from './override.ts'
import type { Policy } from './policy.ts'

/**
 * The next instant (RFC 3339, UTC) after the case's moment at which the decision could change by time alone: a birthday that is a
 * boundary, a consent's start, end or withdrawal, an override's start or end, a date of informing. Null when time changes nothing
 * any more. It may name an instant at which nothing turns out to change, never skip one at which something does. Throws
 * `ongeldige-invoer` for a case with an unreadable date.
 */
export function nextChange(policy: Policy, kase: ConsentCase): string | null {
  const ready = compiled(policy)
  const moment = momentOf(kase.peildatum)
  const turns_ms = [...birthdays_ms(ready, kase), ...dates_ms(ready, kase)]
  let next_ms = Number.POSITIVE_INFINITY
  for (const turn_ms of turns_ms) {
    const seen_ms = turn_ms > moment.from_ms && turn_ms <= moment.to_ms ? moment.to_ms + 1 : turn_ms
    if (seen_ms > moment.to_ms && seen_ms < next_ms) next_ms = seen_ms
  }
  return next_ms === Number.POSITIVE_INFINITY ? null : new Date(next_ms).toISOString()
}

function birthdays_ms({ boundaries }: CompiledPolicy, { persoon }: ConsentCase): number[] {
  const birth = birthRange(persoon.geboortedatum)
  if (!birth) return []
  const days = birth.earliest === birth.latest ? [birth.earliest] : [birth.earliest, birth.latest]
  const turns = days.flatMap((day) => boundaries.map(({ jaren, dagen }) => addDays(birthdayOn(day, jaren), dagen)))
  return turns.map((day) => startOfDay(day).getTime())
}

function dates_ms(policy: CompiledPolicy, { toestemmingen, doorbreking, geinformeerd }: ConsentCase): number[] {
  const stretches = toestemmingen.map(standing_ms)
  if (doorbreking) stretches.push(overrideRuns_ms(doorbreking, policy.overrideHours))
  return [...stretches.flatMap(({ from, until }) => [from, until]), ...(geinformeerd ?? []).map(({ op }) => beginOf_ms(op))]
}
