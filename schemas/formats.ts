import { isBsn } from './bsn.ts'

/** The formats of the contract, beside those of JSON Schema: each answers whether a text has the form. */
export const FORMATS: Record<string, (text: string) => boolean> = {
  bsn: isBsn,
  datum: isDate,
  deeldatum: isPartialDate,
  tijdstip: isInstant,
  'datum-of-tijdstip': (text) => isDate(text) || isInstant(text),
  email: (text) => EMAIL.test(text),
  url: isUrl,
}

const DATE = /^(1[89]|2[01])\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const MONTH = /^(1[89]|2[01])\d\d-(0[1-9]|1[0-2])$/
const YEAR = /^(1[89]|2[01])\d\d$/
/** RFC 3339 section 5.6, with the upper case letters that NL GOV asks for; no leap second, since no clock here has one. */
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const EMAIL = /^[^\s@<>(),;:"\\\p{Cc}]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/iu

/** A real calendar date, `yyyy-mm-dd`, of the years 1800 to 2199. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const day = Number(text.slice(8))
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
}

/** A date of which the day, or the day and the month, may be unknown: `yyyy-mm-dd`, `yyyy-mm` or `yyyy`. */
export function isPartialDate(text: string): boolean {
  return isDate(text) || MONTH.test(text) || YEAR.test(text)
}

/** A moment with a time zone, by RFC 3339. */
function isInstant(text: string): boolean {
  return text[10] === 'T' && isDate(text.slice(0, 10)) && TIME.test(text.slice(11))
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isUrl(text: string): boolean {
  if (!/^https?:\/\/\P{Cc}*$/u.test(text)) return false
  return URL.canParse(text)
}
