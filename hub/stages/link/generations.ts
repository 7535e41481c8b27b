import type { Token } from '../../crypto/derived-keys.ts'
import type { Ties } from './family-ties.ts'
import type { Lines } from './lines.ts'

/** Whether the first person is a generation younger than the second: so much that he can be the other's child. False where a year is unknown. */
export type Generations = (person: number, other: number) => boolean

const GENERATION_YEARS = 14
const UNKNOWN = -1

/**
 * Who is of which generation, though nobody can read a birth year: each year's token comes with those of the years beside it, so years
 * can be counted from one to another. Years that hang together are a row; of two rows with a gap between them that is the younger in which the
 * other's children are.
 */
export function generations(lines: Lines, personOf: Int32Array, ties: Ties): Generations {
  const years = rowsOfYears(lines)
  const rowOf = new Int32Array(personOf.length).fill(UNKNOWN)
  const yearOf = new Int32Array(personOf.length)
  for (let line = 0; line < personOf.length; line++) {
    const person = personOf[line]!
    const { y } = lines.dates[lines.date(line)]!
    if (y === null || rowOf[person] !== UNKNOWN) continue
    const { row, number } = years.get(y)!
    rowOf[person] = row
    yearOf[person] = number
  }
  const childrenIn = tiesBetween(rowOf, ties)
  return (person, other) => {
    const [row, otherRow] = [rowOf[person]!, rowOf[other]!]
    if (row === UNKNOWN || otherRow === UNKNOWN) return false
    if (row === otherRow) return yearOf[person]! - yearOf[other]! >= GENERATION_YEARS
    return childrenIn(row, otherRow) > childrenIn(otherRow, row)
  }
}

/** Per year the row in which it is, and its number in it, counted from one of them. */
function rowsOfYears({ dates }: Lines): Map<Token, { row: number; number: number }> {
  const [before, after] = [new Map<Token, Token>(), new Map<Token, Token>()]
  for (const { y, near } of dates) {
    const [last, next] = near
    if (y === null || last === undefined || next === undefined) continue
    before.set(y, last).set(next, y)
    after.set(y, next).set(last, y)
  }
  const places = new Map<Token, { row: number; number: number }>()
  let rows = 0
  for (const first of before.keys()) {
    if (places.has(first)) continue
    const row = new Map([[first, 0]])
    for (const [year, number] of row) {
      places.set(year, { row: rows, number })
      const [last, next] = [before.get(year), after.get(year)]
      if (last !== undefined && !row.has(last)) row.set(last, number - 1)
      if (next !== undefined && !row.has(next)) row.set(next, number + 1)
    }
    rows++
  }
  return places
}

/** How many children in one row have a parent in another. */
function tiesBetween(rowOf: Int32Array, { persons, parentsOf }: Ties): (row: number, parentsRow: number) => number {
  const counts = new Map<string, number>()
  for (let child = 0; child < persons; child++)
    for (const parent of parentsOf.of(child)) {
      if (parent >= persons) continue
      const rows = `${rowOf[child]}|${rowOf[parent]}`
      counts.set(rows, (counts.get(rows) ?? 0) + 1)
    }
  return (row, parentsRow) => counts.get(`${row}|${parentsRow}`) ?? 0
}
