/** A birth date in parts; an unknown part is null. `newYear`: 1 January, which sources write for "unknown". */
export interface DateParts {
  year: string | null
  month: string | null
  day: string | null
  newYear: boolean
}

/** What programs write for an empty date. */
const EMPTY = /^(?:1900-?01-?01|01-01-1900|1899-?12-?3[01]|3[01]-12-1899|9999-?12-?31|31-12-9999)$/

/**
 * Reads `jjjj-mm-dd`, `jjjj-mm`, `jjjj`, `dd-mm-jjjj` and `jjjjmmdd` (also with zeros for parts, `jjjjmm`); parts of zeros or out of range
 * are unknown.
 */
export function datePartsOf(text: string): DateParts {
  const [year, month, day] = partsOf(text)
  const parts = {
    year: inRange(year, 1850, 2150, 4),
    month: inRange(month, 1, 12, 2),
    day: inRange(day, 1, 31, 2),
  }
  return { ...parts, newYear: parts.month === '01' && parts.day === '01' }
}

function partsOf(text: string): (string | undefined)[] {
  const clean = text.replace(/[T ]\d\d:.*$/, '').trim()
  if (EMPTY.test(clean)) return []
  const european = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(clean)
  if (european) return [european[3], european[2], european[1]]
  if (/^\d{6}$/.test(clean)) return [clean.slice(0, 4), clean.slice(4)]
  if (/^\d{8}$/.test(clean)) return [clean.slice(0, 4), clean.slice(4, 6), clean.slice(6, 8)]
  return clean.split(/[-/. ]/)
}

function inRange(text: string | undefined, low: number, high: number, width: number): string | null {
  if (text === undefined || !/^\d{1,4}$/.test(text)) return null
  const number = Number(text)
  return number >= low && number <= high ? String(number).padStart(width, '0') : null
}
