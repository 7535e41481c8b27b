import { HubError } from '../errors.ts'

/** A calendar day, `YYYY-MM-DD`. Days compare as text: an earlier day sorts first. */
export type Day = string

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CACHE_MAX = 100_000
const DAY_FORM = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT_FORM =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** The day in Europe/Amsterdam on which an instant falls. A text may be an RFC 3339 instant or already a day. Throws `ongeldige-invoer`. */
export function dayOf(instant: Date | string): Day {
  if (typeof instant === 'string' && instant.length === 10) return checkedDay(instant)
  const at_ms = typeof instant === 'string' ? msOf(instant) : instant.getTime()
  return dayNamed(Math.floor((at_ms + offset_ms(at_ms)) / DAY_MS))
}

/** The instant at which a day begins in Europe/Amsterdam. Summer time never starts or ends at midnight, so it is one instant. */
export function startOfDay(day: Day): Date {
  const local_ms = numberOf(day) * DAY_MS
  const guess_ms = local_ms - offset_ms(local_ms)
  return new Date(local_ms - offset_ms(guess_ms))
}

export function addDays(day: Day, days: number): Day {
  return dayNamed(numberOf(day) + days)
}

/** A term of months ends on the same day of the month, else on that month's last day (Regulation 1182/71, art. 3(2)(c)). */
export function addMonths(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  return written(year, month, Math.min(Number(day.slice(8, 10)), daysInMonth(year, month)))
}

/** A term of years; from 29 February it ends on 28 February of a common year. For a birthday use `birthdayOn`. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, years * 12)
}

/** Completed years on a day; negative before the birth. Who was born on 29 February turns on 1 March of a common year. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The day on which someone turns so many years: the first day on which `ageOn` gives them. */
export function birthdayOn(birthDate: Day, years: number): Day {
  const year = Number(birthDate.slice(0, 4)) + years
  if (birthDate.slice(5) === '02-29' && daysInMonth(year, 2) === 28) return written(year, 3, 1)
  return `${pad(year, 4)}${birthDate.slice(4)}`
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  const parts = DAY_FORM.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Whether a text is an RFC 3339 instant with its zone, on a day that exists. */
export function isInstant(text: string): boolean {
  const parts = INSTANT_FORM.exec(text)
  return parts !== null && isDay(parts[1]!)
}

/** Milliseconds since 1970 of an RFC 3339 instant; a leap second counts as the second that follows. Throws `ongeldige-invoer`. */
export function msOf(instant: string): number {
  if (!isInstant(instant)) throw new HubError('ongeldige-invoer', { detail: 'Geen tijdstip volgens RFC 3339.' })
  const leap = instant.slice(17, 19) === '60'
  return leap ? Date.parse(`${instant.slice(0, 17)}59${instant.slice(19)}`) + 1000 : Date.parse(instant)
}

const formatter = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})
const offsetByHour = new Map<number, number>()
const dayByNumber = new Map<number, Day>()

/** How far Amsterdam is ahead of UTC. Its transitions fall on whole UTC hours (since 1940), so one answer serves an hour; Intl is slow. */
function offset_ms(at_ms: number): number {
  const hour = Math.floor(at_ms / HOUR_MS)
  return remembered(offsetByHour, hour, () => {
    const parts: Record<string, number> = {}
    for (const { type, value } of formatter.formatToParts(hour * HOUR_MS)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hours, minute, second) - hour * HOUR_MS
  })
}

function dayNamed(number: number): Day {
  return remembered(dayByNumber, number, () => new Date(number * DAY_MS).toISOString().slice(0, 10))
}

/** Forgets everything when full: simple, bounded, and the working set is back at once. */
function remembered<T>(cache: Map<number, T>, key: number, find: () => T): T {
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= CACHE_MAX) cache.clear()
  const found = find()
  cache.set(key, found)
  return found
}

function numberOf(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS
}

function checkedDay(text: string): Day {
  if (!isDay(text)) throw new HubError('ongeldige-invoer', { detail: 'Geen bestaande datum in de vorm jjjj-mm-dd.' })
  return text
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function written(year: number, month: number, day: number): Day {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
