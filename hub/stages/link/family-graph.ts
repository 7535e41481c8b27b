import type { LinkedLine, LinkLine } from './linker.ts'
import type { NameToken } from './name-token.ts'
import type { DateToken, ParentToken, Profile } from './profile.ts'

/** Who is whose parent, and who lives under one roof with one surname. A parent nobody registered has a negative number. */
export interface Ties {
  persons: Set<number>
  parentsOf: Map<number, Set<number>>
  childrenOf: Map<number, Set<number>>
  housemates: Map<number, Set<number>>
  /** Filled while families are grown. */
  reach: Map<number, Set<number>>
}

/** The ties that the lines tell. A parent is found by initial, surname and birth date, or by name and the child's own house. */
export function familyGraph(lines: LinkLine[], linked: LinkedLine[]): Ties {
  const ties: Ties = {
    persons: new Set(linked.map(({ person }) => person)),
    parentsOf: new Map(),
    childrenOf: new Map(),
    housemates: new Map(),
    reach: new Map(),
  }
  const parentBy = new Map<string, number>()
  lines.forEach(({ profile }, at) => {
    for (const anchor of ownAnchors(profile)) if (!parentBy.has(anchor)) parentBy.set(anchor, linked[at]!.person)
  })
  lines.forEach(({ profile }, at) => {
    for (const parent of profile.parents) {
      const number = numberOf(parentAnchors(parent, profile), parentBy)
      if (number !== null && number !== linked[at]!.person) tie(ties, linked[at]!.person, number)
    }
  })
  addHousemates(ties, lines, linked)
  return ties
}

/** What a parent with these names and birth date, or with these names in this house, would be called. */
function ownAnchors({ given, calling, initials, surnames, partner, date, address }: Profile): string[] {
  const letters = [...given.slice(0, 1), ...calling].flatMap((name) => name.letters)
  return anchorsOf([...letters, ...initials.slice(0, 1)], [...surnames, ...partner], date, address?.nr)
}

function parentAnchors({ given, initial, surnames, date }: ParentToken, { address }: Profile): string[] {
  return anchorsOf(given ? given.letters : initial ? [initial] : [], surnames, date, given ? address?.nr : null)
}

/** First letters, since a parent is named by the full name here and the name in use there; the birth date or the house does the rest. */
function anchorsOf(
  letters: string[],
  surnames: NameToken[],
  { y, m, d, newYear }: DateToken,
  house: string | null | undefined,
): string[] {
  const anchors = new Set<string>()
  for (const letter of letters) {
    for (const { sound } of surnames) {
      if (y && m && d && !newYear) anchors.add(`${letter}|${sound}|${y}|${m}|${d}`)
      if (house) anchors.add(`${letter}|${sound}|${house}`)
    }
  }
  return [...anchors]
}

/** The person, or the parent nobody registered, whom one of the anchors names; all anchors name that one from now on. */
function numberOf(anchors: string[], parentBy: Map<string, number>): number | null {
  if (anchors.length === 0) return null
  const known = anchors.map((anchor) => parentBy.get(anchor)).find((number) => number !== undefined)
  const number = known ?? -1 - parentBy.size
  for (const anchor of anchors) if (!parentBy.has(anchor)) parentBy.set(anchor, number)
  return number
}

function tie({ parentsOf, childrenOf }: Ties, child: number, parent: number): void {
  add(parentsOf, child, parent)
  add(childrenOf, parent, child)
}

/**
 * Under one roof, by house number with its addition; a file of lines has no other word for a household. Where people of more than a few surnames
 * live it is an institution or a shared door, and says nothing.
 */
function addHousemates({ housemates }: Ties, lines: LinkLine[], linked: LinkedLine[]): void {
  const houses = new Map<string, Set<number>>()
  const surnames = new Map<string, Set<string>>()
  lines.forEach(({ profile }, at) => {
    if (!profile.address?.nr) return
    add(houses, profile.address.full, linked[at]!.person)
    if (profile.surnames[0]) add(surnames, profile.address.full, profile.surnames[0].sound)
  })
  for (const [house, persons] of houses) {
    if (persons.size > HOUSEHOLD_MAX || (surnames.get(house)?.size ?? 0) > SURNAMES_MAX) continue
    for (const one of persons) for (const other of persons) if (one !== other) add(housemates, one, other)
  }
}

const SURNAMES_MAX = 4
const HOUSEHOLD_MAX = 12

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}
