import type { Token } from '../../crypto/derived-keys.ts'
import type { Lines } from './lines.ts'

/** Fewer parents told to be born in a year are slips. */
const PARENTS_MIN = 3
/** For one child of a year so many parents: then who is born in it has left the house of his parents, and his twin another. */
const PARENTS_PER_CHILD = 10

/**
 * Years in which parents are born and hardly any children of whom parents are told. Two of such a birth date in one household are not twins, as children
 * are. No year needs to be read for that.
 */
export function yearsOfParents(lines: Lines): Set<Token> {
  const [parents, children] = [new Map<Token, number>(), new Map<Token, number>()]
  for (let line = 0; line < lines.length; line++) {
    const named = lines.parents(line)
    if (named.length === 0) continue
    increase(children, lines.dates[lines.date(line)]!.y)
    for (const { date } of named) increase(parents, date.y)
  }
  const years = new Set<Token>()
  for (const [year, count] of parents)
    if (count >= PARENTS_MIN && count > (children.get(year) ?? 0) * PARENTS_PER_CHILD) years.add(year)
  return years
}

function increase(counts: Map<Token, number>, year: Token | null): void {
  if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1)
}
