import type { Token } from '../../crypto/derived-keys.ts'
import type { Lines } from './lines.ts'

/** Whether the first person is a generation younger than the second: so much that he can be the other's child. False where a year is unknown. */
export type Generations = (person: number, other: number) => boolean

const GENERATION_YEARS = 14

/**
 * Who is of which generation, though nobody can read a birth year: each year's token comes with those of the years beside it, so years
 * can be counted from one to another. A year that hangs together with none of the others is unknown.
 */
export function generations(lines: Lines, personOf: Int32Array): Generations {
  const beside = new Map<Token, Token[]>()
  for (const { y, near } of lines.dates) if (y !== null) beside.set(y, near)
  const years = longestRow(beside)
  const yearOf = new Float64Array(personOf.length).fill(NaN)
  const isKnown = new Uint8Array(personOf.length)
  for (let line = 0; line < personOf.length; line++) {
    const person = personOf[line]!
    const { y } = lines.dates[lines.date(line)]!
    if (y === null || isKnown[person]) continue
    isKnown[person] = 1
    yearOf[person] = years.get(y) ?? NaN
  }
  return (person, other) => yearOf[person]! - yearOf[other]! >= GENERATION_YEARS
}

/** The years that hang together, numbered from one of them; the most, where they hang together in several rows. */
function longestRow(beside: Map<Token, Token[]>): Map<Token, number> {
  let longest = new Map<Token, number>()
  const seen = new Set<Token>()
  for (const first of beside.keys()) {
    if (seen.has(first)) continue
    const row = new Map([[first, 0]])
    for (const [year, number] of row) {
      seen.add(year)
      const [before, after] = beside.get(year) ?? []
      if (before !== undefined && !row.has(before)) row.set(before, number - 1)
      if (after !== undefined && !row.has(after)) row.set(after, number + 1)
    }
    if (row.size > longest.size) longest = row
  }
  return longest
}
