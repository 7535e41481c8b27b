import { addDays, addMonths, type Day, dayOf, startOfDay } from '../calendar.ts'
import type { Duration, Policy, Term } from '../consent/policy.ts'
import { addWorkingDays } from './working-days.ts'

const HOUR_MS = 3_600_000

/**
 * The instant (RFC 3339, UTC) from which a term has passed. Hours run by the clock; days, working days, weeks and months end with
 * their last day in Europe/Amsterdam, so they have passed when the next one begins.
 */
export function passesAt(duration: Duration, from: Date): string {
  if (duration.eenheid === 'uren') return new Date(from.getTime() + duration.aantal * HOUR_MS).toISOString()
  return startOfDay(addDays(lastDayOf(duration, dayOf(from)), 1)).toISOString()
}

/** The instant from which a term that repeats has passed again: a term of days counts on from its last day, one of hours from its last hour. */
export function passesAgainAt(duration: Duration, passedAt: string): string {
  const ended = Date.parse(passedAt) - (duration.eenheid === 'uren' ? 0 : 1)
  return passesAt(duration, new Date(ended))
}

/** The last day of a term that began on a day; hours count as the days they are. */
export function lastDayOf({ aantal, eenheid }: Duration, from: Day): Day {
  if (eenheid === 'werkdagen') return addWorkingDays(from, aantal)
  if (eenheid === 'maanden') return addMonths(from, aantal)
  if (eenheid === 'uren') return addDays(from, Math.ceil(aantal / 24))
  return addDays(from, eenheid === 'weken' ? aantal * 7 : aantal)
}

/** What of a registration decides which terms run for it. */
export interface TermFacts {
  organisation: string
  status: string
  hat: string | null
  urgency: string | null
  startedOn: Day
  receivedAt: string
  isOpen: boolean
}

/**
 * The terms that run for a registration as it stands, with the instant at which each passes. One that was over when the registration
 * came is history, and warns nobody.
 */
export function termsOf(policy: Policy, facts: TermFacts): { term: string; passesAt: string }[] {
  return Object.entries(policy.termijnen)
    .filter(([, term]) => facts.isOpen && runsFor(term, facts))
    .map(([id, term]) => {
      const from = term.vanaf === 'begindatum' ? startOfDay(facts.startedOn) : new Date(facts.receivedAt)
      return { term: id, passesAt: passesAt(term, from) }
    })
    .filter((each) => each.passesAt > facts.receivedAt)
}

function runsFor(term: Term, { organisation, status, hat, urgency }: TermFacts): boolean {
  if (term.vanaf !== 'ontvangst' && term.vanaf !== 'begindatum') return false
  if (!term.organisaties && !term.bijPet) return false
  return (
    (term.organisaties?.includes(organisation) ?? true) &&
    (term.bijStatus?.includes(status) ?? true) &&
    (term.bijUrgentie?.includes(urgency ?? '') ?? true) &&
    (term.bijPet === undefined || term.bijPet === hat)
  )
}

/** The terms that begin with a case or a melding; a melding's only at some urgencies. */
export function termsFrom(policy: Policy, vanaf: 'casus' | 'melding', at: Date, urgency: string | null = null) {
  return Object.entries(policy.termijnen)
    .filter(([, term]) => term.vanaf === vanaf && (term.bijUrgentie?.includes(urgency ?? '') ?? true))
    .map(([id, term]) => ({ term: id, passesAt: passesAt(term, at) }))
}
