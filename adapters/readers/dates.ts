import { isPartialDate } from '../../schemas/formats.ts'

/**
 * A date as sources write it, as `yyyy-mm-dd`, or `yyyy-mm` or `yyyy` where the rest is unknown. Read are dd-mm-jjjj (also d-m-jjjj
 * and mm-jjjj), jjjjmmdd and the ISO form, each with `00` for an unknown part and a time of midnight behind it. An unknown month
 * makes the day unknown. Empty and all zeros give `''`: unknown; what is no date gives undefined.
 */
export function toDate(text: string): string | undefined {
  const cell = text.trim().replace(MIDNIGHT, '')
  if (cell === '' || NOTHING.test(cell)) return ''
  const parts = FORMS.map((form) => form.exec(cell)?.groups).find((groups) => groups !== undefined)
  if (!parts) return undefined
  const date = withoutUnknown(parts.year!, padded(parts.month), padded(parts.day))
  return isPartialDate(date) ? date : undefined
}

const MIDNIGHT = /[T ]0?0:00(:00(\.0+)?)?Z?$/
const NOTHING = /^[0-]+$/

const FORMS = [
  /^(?<day>\d{1,2})-(?<month>\d{1,2})-(?<year>\d{4})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<year>\d{4})(-(?<month>\d{2})(-(?<day>\d{2}))?)?$/,
  /^(?<month>\d{1,2})-(?<year>\d{4})$/,
]

function padded(part: string | undefined): string {
  return (part ?? '').padStart(2, '0')
}

function withoutUnknown(year: string, month: string, day: string): string {
  if (month === '00') return year
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`
}
