import Holidays from 'date-holidays'
import { addDays, type Day } from '../calendar.ts'

const calendar = new Holidays('NL')
const byYear = new Map<string, Set<Day>>()

/**
 * The general holidays of the Algemene termijnenwet, art. 3: the library's public ones, with Good Friday and 5 May, which the law
 * counts too and the library lists as days off for schools.
 */
const ALSO = new Set(['easter -2', '05-05'])

/** No Saturday, Sunday or general holiday (Algemene termijnenwet, art. 3). */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidaysOf(day.slice(0, 4)).has(day)
}

/** The day on which the so-maniest working day after a day falls. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left -= 1
  }
  return at
}

function holidaysOf(year: string): Set<Day> {
  const known = byYear.get(year)
  if (known) return known
  const days = calendar
    .getHolidays(Number(year))
    .filter(({ type, rule }) => type === 'public' || ALSO.has(rule))
    .map(({ date }) => date.slice(0, 10))
  const found = new Set(days)
  byYear.set(year, found)
  return found
}
