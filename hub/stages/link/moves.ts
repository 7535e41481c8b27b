import type { Token } from '../../crypto/derived-keys.ts'
import type { Lines } from './lines.ts'
import { NumberMap } from './number-map.ts'

/** Per house the houses to or from which a family moved, as tokens. */
export type Moves = Map<number, Token[]>

const HOUSES_MAX = 6
const HOUSES_ROOM = 2 ** 24
/** Room for so many names at a birth date in one number; a number that does not fit costs one wrong count, nothing else. */
const ROOM = 2 ** 17

/**
 * Families that moved, seen from the lines together: when people of two birth dates, each with the same given name or surname, stand at
 * the same two houses, the household moved. One namesake at another address is a stranger as well as a mover; two are a family.
 */
export function movesOf(lines: Lines): Moves {
  const tokens = new Map<number, Token>()
  const firstBorn = new NumberMap()
  const moves: Moves = new Map()
  const found = new Set<number>()
  for (const [born, houses] of movers(lines, tokens)) {
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
  firstBorn.release()
  return moves
}

/** Whoever has a name (given or sur) and a whole birth date and stands at two houses or more: the birth date, and those houses. */
function movers(lines: Lines, tokens: Map<number, Token>): [born: number, houses: number[]][] {
  const firstHouse = new NumberMap()
  const several = new Map<number, [born: number, houses: number[]]>()
  const { sound } = lines.names
  for (let line = 0; line < lines.length; line++) {
    const born = lines.day(line)
    const house = lines.house(line)
    if (born < 0 || house < 0) continue
    tokens.set(house, lines.addresses[lines.address(line)]!.nr!)
    for (const list of [lines.given(line), lines.surnames(line)]) {
      if (sound[list]! < 0) continue
      const key = sound[list]! * ROOM + born
      const first = firstHouse.get(key)
      if (first === undefined) firstHouse.set(key, house)
      else if (first !== house) {
        const known = several.get(key)
        if (!known) several.set(key, [born, [first, house]])
        else if (!known[1].includes(house)) known[1].push(house)
      }
    }
  }
  firstHouse.release()
  return [...several.values()]
}
