import { isDate, isPartialDate } from '../schemas/formats.ts'

/**
 * Whole years of age on a day, at least: an unknown day or month of birth counts as the last there is. Born on 29 February, a year
 * is full on 1 March. Undefined without a birth date or a day.
 */
export function yearsOn(born: string | undefined, day: string | undefined): number | undefined {
  if (!born || !day || !isPartialDate(born) || !isDate(day)) return undefined
  const [year, month = '12', dayOfMonth = '31'] = born.split('-')
  const isBeforeBirthday = day.slice(5) < `${month}-${dayOfMonth}`
  return Number(day.slice(0, 4)) - Number(year) - (isBeforeBirthday ? 1 : 0)
}
