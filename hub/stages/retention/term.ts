import { addDays, addYears, ageOn, birthdayOn, type Day, isDay } from '../calendar.ts'
import type { FamilyRole, Policy } from '../consent/policy.ts'

/** What of a registration decides how long it is kept. */
export interface KeptFacts {
  /** The day of the last registration of an involvement that goes on; two years count from here. */
  renewedOn: Day
  receivedOn: Day
  endedOn: Day | null
  /** `afsluitreden` of an involvement that ended. */
  reason: string | null
  archivedOn: Day | null
  role: FamilyRole
  /** Whole or in part; null or empty is unknown. */
  birthDate: string | null
}

/** Until when a registration takes part, and until when it exists. The day is the first on which it does not. */
export interface RetentionTerm {
  /** To the archive on this day; null: it is there, or is destroyed before. */
  archiveOn: Day | null
  /** Destroyed on this day; null: not before it has been in the archive. */
  destroyOn: Day | null
  /** The word of the policy for why (`risico-weg`, `twee-jaar`, `onterecht`, `eindleeftijd`, `overleden`, `archieftermijn`). */
  ground: string
  /** When the organisation is reminded that it goes to the archive unless it is registered anew. */
  remindOn: Day | null
}

/** The policy's word for a reason of closing that bears on retention; any other closing waits for the two years. */
const GROUNDS: Readonly<Record<string, string>> = {
  'doelen-bereikt': 'risico-weg',
  onterecht: 'onterecht',
  overleden: 'overleden',
}

/**
 * How long one registration is kept, by the policy's terms. What the policy destroys at once goes on the day it is so; "risk gone" goes
 * to the archive when it ended; everything else two years after its last renewal; from the archive after the archive's years.
 */
export function retentionOf({ bewaren }: Policy, facts: KeptFacts): RetentionTerm {
  const ground = facts.reason === null ? undefined : GROUNDS[facts.reason]
  const ended = facts.endedOn ?? facts.renewedOn
  const direct = ground !== undefined && bewaren.directVernietigen.includes(ground) ? ended : null
  const grown = bewaren.directVernietigen.includes('eindleeftijd') ? endAgeOn(facts, bewaren.eindleeftijd) : null
  const destroyed = earliest(direct, grown)
  if (facts.archivedOn !== null) {
    const over = addYears(facts.archivedOn, bewaren.archiefJaren)
    const first = earliest(destroyed, over)
    return {
      archiveOn: null,
      destroyOn: first,
      ground: first === over ? 'archieftermijn' : named(destroyed, direct, ground),
      remindOn: null,
    }
  }
  const expires = addYears(facts.renewedOn, bewaren.actiefJaren)
  const archived = ground !== undefined && bewaren.naarArchief.includes(ground) && facts.endedOn ? facts.endedOn : expires
  const goesOn = facts.endedOn === null
  if (destroyed !== null && destroyed <= archived) {
    const remindOn = goesOn ? addDays(destroyed, -bewaren.herinneringDagen) : null
    return { archiveOn: null, destroyOn: destroyed, ground: named(destroyed, direct, ground), remindOn }
  }
  const remindOn = goesOn ? addDays(expires, -bewaren.herinneringDagen) : null
  return { archiveOn: archived, destroyOn: destroyed, ground: archived === expires ? 'twee-jaar' : 'risico-weg', remindOn }
}

function named(destroyed: Day | null, direct: Day | null, ground: string | undefined): string {
  return destroyed === direct && ground !== undefined ? ground : 'eindleeftijd'
}

/**
 * The birthday with which the index ends for a young person. Of a birth date known in part the last possible day counts: destroying
 * cannot be taken back. Who had that age when registered is registered as an adult of the family.
 */
function endAgeOn({ role, birthDate, receivedOn }: KeptFacts, years: number): Day | null {
  const born = role === 'jeugdige' ? latestDay(birthDate) : null
  return born === null || ageOn(born, receivedOn) >= years ? null : birthdayOn(born, years)
}

function latestDay(birthDate: string | null): Day | null {
  const known = (birthDate ?? '').replace(/(?:-00)+$/, '')
  if (known.startsWith('0000')) return null
  const days = [known, `${known}-31`, `${known}-30`, `${known}-29`, `${known}-28`, `${known}-12-31`]
  return days.find(isDay) ?? null
}

function earliest(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
