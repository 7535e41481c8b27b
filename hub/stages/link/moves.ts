import type { Profile } from './profile.ts'

/** Per house the houses to or from which a family moved. */
export type Moves = Map<string, string[]>

const HOUSES_MAX = 6

/**
 * Families that moved, seen from the lines together: when people of two birth dates, each with the same given name or surname, stand at
 * the same two houses, the household moved. One namesake at another address is a stranger as well as a mover; two are a family.
 */
export function movesOf(lines: { profile: Profile }[]): Moves {
  const together = new Map<string, Map<string, Set<string>>>()
  for (const [person, houses] of housesByPerson(lines)) {
    if (houses.size < 2 || houses.size > HOUSES_MAX) continue
    const born = person.slice(person.indexOf('#') + 1)
    for (const one of houses) for (const other of houses) if (one !== other) note(together, one, other, born)
  }
  const moves: Moves = new Map()
  for (const [house, others] of together) {
    const moved = [...others].filter(([, births]) => births.size >= 2).map(([other]) => other)
    if (moved.length > 0) moves.set(house, moved)
  }
  return moves
}

/** The houses of each name (given or sur) with a whole birth date. */
function housesByPerson(lines: { profile: Profile }[]): Map<string, Set<string>> {
  const houses = new Map<string, Set<string>>()
  for (const { profile } of lines) {
    const { date, given, surnames, address } = profile
    if (!date.y || !date.m || !date.d || date.newYear || !address?.nr) continue
    for (const name of [given[0], surnames[0]]) if (name) add(houses, `${name.sound}#${date.y}|${date.m}|${date.d}`, address.nr)
  }
  return houses
}

function note(together: Map<string, Map<string, Set<string>>>, one: string, other: string, born: string): void {
  const others = together.get(one) ?? new Map<string, Set<string>>()
  add(others, other, born)
  together.set(one, others)
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}
