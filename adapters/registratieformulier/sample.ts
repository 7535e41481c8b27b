import type { InventedChild } from '../adapter.ts'
import { asWorkbook, dutchDate } from '../sample/table.ts'
import { COLUMNS, PROBLEMS, REFERRALS, SHEET } from './columns.ts'

/** A sheet with as many conversations as there are children; of the children themselves nothing is in it. */
export function sample(children: InventedChild[]): Uint8Array {
  const [problems, referrals] = [Object.keys(PROBLEMS), Object.keys(REFERRALS)]
  const rows = children.map(({ number, start }) => ({
    [COLUMNS.number]: String(number),
    [COLUMNS.day]: dutchDate(start),
    [COLUMNS.municipality]: '',
    [COLUMNS.problem]: problems[number % problems.length] as string,
    [COLUMNS.referral]: referrals[number % referrals.length] as string,
  }))
  return asWorkbook(rows, SHEET)
}
