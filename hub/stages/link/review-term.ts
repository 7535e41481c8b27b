import { type Day, dayOf } from '../calendar.ts'

/** Days in which a koppelvraag is answered; one that is open longer is over its term. */
export const REVIEW_TERM_DAYS = 14

/** The instant (RFC 3339) before which a koppelvraag that is still open was asked too long ago. */
export function reviewsDueBefore(now: Date): string {
  return addDaysTo(now, -REVIEW_TERM_DAYS).toISOString()
}

/** The day by which a koppelvraag that was asked at this instant is to be answered. */
export function reviewDueOn(createdAt: string): Day {
  return dayOf(addDaysTo(new Date(createdAt), REVIEW_TERM_DAYS))
}

function addDaysTo(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000)
}
