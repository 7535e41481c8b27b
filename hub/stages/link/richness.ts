import type { Profile } from './profile.ts'

/** How much a profile says, as a number that does not depend on keys: full names and dates before all else, then number, household. */
export function richnessOf({ given, calling, initials, date, bsn, surnames, address, parents, sex }: Profile): number {
  const named = given.length > 0 ? 3 : calling.length > 0 ? 2 : initials.length > 0 ? 1 : 0
  const dated = date.y === null ? 0 : date.newYear || date.m === null ? 1 : date.d === null ? 2 : 3
  const parentsTold = parents.reduce((sum, { given: name, date: born }) => sum + (name ? 1 : 0) + (born.d ? 1 : 0), 0)
  const household = (address?.nr ? 2 : address ? 1 : 0) + Math.min(4, parentsTold)
  const inUse = given[0]?.known || calling[0]?.known ? 150 : 0
  return (
    inUse +
    named * 1000 +
    dated * 200 +
    (bsn ? 60 : 0) +
    (surnames.length > 0 ? 30 : 0) +
    household * 4 +
    Math.min(3, given.length) +
    (sex ? 1 : 0)
  )
}
