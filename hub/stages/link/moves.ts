import type { LineNumbers } from './line-numbers.ts'
import type { Profile } from './profile.ts'

/** Per house the houses to or from which a family moved, as tokens. */
export type Moves = Map<number, string[]>

const HOUSES_MAX = 6
const HOUSES_ROOM = 2 ** 24

/**
 * Families that moved, seen from the lines together: when people of two birth dates, each with the same given name or surname, stand at
 * the same two houses, the household moved. One namesake at another address is a stranger as well as a mover; two are a family.
 */
export function movesOf(lines: { profile: Profile }[], numbers: LineNumbers): Moves {
  const tokens = new Map<number, string>()
  const firstBorn = new Map<number, number>()
  const moves: Moves = new Map()
  const found = new Set<number>()
  for (const [born, houses] of movers(lines, numbers, tokens)) {
    if (houses.length > HOUSES_MAX) continue
    for (const one of houses) {
      for (const other of houses) {
        if (one === other) continue
        const pair = one * HOUSES_ROOM + other
        const before = firstBorn.get(pair)
        if (before === undefined) firstBorn.set(pair, born)
        else if (before !== born && !found.has(pair)) {
          found.add(pair)
          const known = moves.get(one)
          if (known) known.push(tokens.get(other)!)
          else moves.set(one, [tokens.get(other)!])
        }
      }
    }
  }
  return moves
}

/** Whoever has a name (given or sur) and a whole birth date and stands at two houses or more: the birth date, and those houses. */
function movers(
  lines: { profile: Profile }[],
  numbers: LineNumbers,
  tokens: Map<number, string>,
): [born: number, houses: number[]][] {
  const firstHouse = new Map<number, number>()
  const several = new Map<number, [born: number, houses: number[]]>()
  for (const { profile } of lines) {
    const born = numbers.day(profile.date)
    const house = numbers.house(profile.address)
    if (born < 0 || house < 0) continue
    tokens.set(house, profile.address!.nr!)
    for (const name of [profile.given[0], profile.surnames[0]]) {
      if (!name) continue
      const key = numbers.nameDay(name, born)
      const first = firstHouse.get(key)
      if (first === undefined) firstHouse.set(key, house)
      else if (first !== house) {
        const known = several.get(key)
        if (!known) several.set(key, [born, [first, house]])
        else if (!known[1].includes(house)) known[1].push(house)
      }
    }
  }
  return [...several.values()]
}
