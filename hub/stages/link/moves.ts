import type { Profile } from './profile.ts'

/** Per house the houses to or from which a family moved. */
export type Moves = Map<string, string[]>

const HOUSES_MAX = 6

/**
 * Families that moved, seen from the lines together: when two or more people, each with the same given name and birth date, stand
 * at the same two houses, the household moved. One namesake at another address is a stranger as well as a mover; two are a family.
 */
export function movesOf(lines: { profile: Profile }[]): Moves {
  const together = new Map<string, Map<string, number>>()
  for (const houses of housesByPerson(lines).values()) {
    if (houses.size < 2 || houses.size > HOUSES_MAX) continue
    for (const one of houses) for (const other of houses) if (one !== other) count(together, one, other)
  }
  const moves: Moves = new Map()
  for (const [house, others] of together) {
    const moved = [...others].filter(([, people]) => people >= 2).map(([other]) => other)
    if (moved.length > 0) moves.set(house, moved)
  }
  return moves
}

function housesByPerson(lines: { profile: Profile }[]): Map<string, Set<string>> {
  const houses = new Map<string, Set<string>>()
  for (const { profile } of lines) {
    const { date, given, address } = profile
    if (!date.y || !date.m || !date.d || date.newYear || !given[0] || !address?.nr) continue
    const person = `${given[0].sound}|${date.y}|${date.m}|${date.d}`
    const known = houses.get(person)
    if (known) known.add(address.nr)
    else houses.set(person, new Set([address.nr]))
  }
  return houses
}

function count(together: Map<string, Map<string, number>>, one: string, other: string): void {
  const others = together.get(one) ?? new Map<string, number>()
  others.set(other, (others.get(other) ?? 0) + 1)
  together.set(one, others)
}
