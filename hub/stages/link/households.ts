import type { Token } from '../../crypto/derived-keys.ts'
import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'
import { numbering, perObject } from './numbering.ts'
import type { AddressToken } from './profile.ts'

/** People at one address, in the groups that are one household by surname or parents. */
export type Household = number[][]

const SURNAMES_MAX = 4
const PERSONS_MAX = 12
const LOOSE_MAX = 2

/**
 * Who lives under one roof, by house number with its addition; a file of lines has no other word for a household. People of more than a few
 * surnames are an institution or a shared door, which says nothing. Two families at one number (one moved out, the other in) are two
 * households: who shares a surname or a parent belongs together, and one more of another surname is taken for a partner.
 */
export function householdsOf(
  lines: Lines,
  linked: LinkedLine[],
  related: (one: number, other: number) => boolean,
  isParent: (person: number) => boolean,
): Household[] {
  const houses = housesOf(lines, linked)
  const surnames = surnamesOf(lines, linked, new Set(houses.flat()))
  const namesOf = (person: number): Set<Token> => surnames.get(person) ?? NOBODY
  const households: Household[] = []
  for (const persons of houses) {
    const groups = grouped(persons, (one, other) => meets(namesOf(one), namesOf(other)) || related(one, other))
    if (groups.length <= SURNAMES_MAX) households.push(joined(groups, isParent))
  }
  return households
}

const NOBODY: Set<Token> = new Set()

/** The groups that hang together, largest first. */
function grouped(persons: number[], together: (one: number, other: number) => boolean): number[][] {
  const groups: number[][] = []
  for (const person of persons) {
    const near = groups.filter((group) => group.some((other) => together(person, other)))
    const merged = [person, ...near.flat()]
    for (const group of near) groups.splice(groups.indexOf(group), 1)
    groups.push(merged)
  }
  return groups.sort((a, b) => b.length - a.length || a[0]! - b[0]!)
}

/** One family, with one or two people of another surname unless it has two parents already, is one household; two families are two. */
function joined(groups: number[][], isParent: (person: number) => boolean): Household {
  const loose = groups.filter((group) => group.length === 1)
  const families = groups.filter((group) => group.length > 1)
  const parents = families.flat().filter(isParent).length
  if (families.length < 2 && loose.length <= LOOSE_MAX && (parents < 2 || loose.length === 0)) return [groups.flat()]
  return families
}

function meets(one: Set<Token>, other: Set<Token>): boolean {
  for (const name of one) if (other.has(name)) return true
  return false
}

/** The persons of each address where more than one stands, and not too many. */
function housesOf(lines: Lines, linked: LinkedLine[]): number[][] {
  const numberOf = numbering<Token>()
  const houseOf = perObject(({ full }: AddressToken) => numberOf(full))
  const houses: number[][] = []
  linked.forEach((_, at) => {
    const { address } = lines.profile(at)
    if (!address?.nr) return
    const house = houseOf(address)
    const persons = houses[house]
    if (!persons) houses[house] = [linked[at]!.person]
    else if (!persons.includes(linked[at]!.person) && persons.length <= PERSONS_MAX) persons.push(linked[at]!.person)
  })
  return houses.filter((persons) => persons.length > 1 && persons.length <= PERSONS_MAX)
}

function surnamesOf(lines: Lines, linked: LinkedLine[], among: Set<number>): Map<number, Set<Token>> {
  const surnames = new Map<number, Set<Token>>()
  linked.forEach(({ person }, at) => {
    if (!among.has(person)) return
    const profile = lines.profile(at)
    const known = surnames.get(person) ?? new Set()
    surnames.set(person, known)
    for (const { sound } of profile.surnames) known.add(sound)
    for (const { sound } of profile.partner) known.add(sound)
  })
  return surnames
}
