import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'
import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'
import { oneEditApart } from './same-name.ts'

/** People at one address. */
export interface Household {
  persons: number[]
  /** The same people in groups of one surname: own, a partner's, or that of a parent whom they name. */
  names: number[][]
}

const SURNAMES_MAX = 4
const PERSONS_MAX = 20
const DOORS_MAX = 2

/**
 * Who lives under one roof; a file of lines has no other word for a household. One number with many additions is a block of flats, each a
 * household; with one or two it is a house, since an addition is often left out. People of more than a few surnames behind one door are an
 * institution, which says nothing.
 */
export function householdsOf(lines: Lines, linked: LinkedLine[]): Household[] {
  const roofs = housesOf(lines, linked).flatMap((doors) => (doors.length > DOORS_MAX ? doors : [[...new Set(doors.flat())]]))
  const several = roofs.filter((persons) => persons.length > 1 && persons.length <= PERSONS_MAX)
  const surnames = surnamesOf(lines, linked, new Set(several.flat()))
  return several
    .map((persons) => ({ persons, names: grouped(persons, surnames) }))
    .filter(({ names }) => names.length <= SURNAMES_MAX)
}

/** The groups that hang together by a surname, or by one a letter off, largest first. */
function grouped(persons: number[], surnames: Map<number, NameToken[]>): number[][] {
  const groups: { persons: number[]; names: NameToken[] }[] = []
  for (const person of persons) {
    const own = surnames.get(person) ?? []
    const merged = { persons: [person], names: [...own] }
    for (const group of groups.filter(({ names }) => meets(names, own))) {
      groups.splice(groups.indexOf(group), 1)
      merged.persons.push(...group.persons)
      merged.names.push(...group.names)
    }
    groups.push(merged)
  }
  return groups.map((group) => group.persons.slice()).sort((a, b) => b.length - a.length || a[0]! - b[0]!)
}

function meets(some: NameToken[], others: NameToken[]): boolean {
  return some.some((one) => others.some((other) => one.sound === other.sound || oneEditApart(one, other)))
}

/** Per house number the persons of each of its doors. */
function housesOf(lines: Lines, linked: LinkedLine[]): number[][][] {
  const houses: number[][][] = []
  const persons: number[][] = []
  linked.forEach(({ person }, at) => {
    const address = lines.address.at(at)
    if (address < 0 || !lines.addresses[address]?.nr) return
    const [house, door] = [lines.houseOf(address), lines.doorOf(address)]
    const known = persons[door]
    if (known) {
      if (known.length <= PERSONS_MAX && !known.includes(person)) known.push(person)
      return
    }
    persons[door] = [person]
    const doors = houses[house]
    if (doors) doors.push(persons[door])
    else houses[house] = [persons[door]]
  })
  return houses
}

function surnamesOf(lines: Lines, linked: LinkedLine[], among: Set<number>): Map<number, NameToken[]> {
  const surnames = new Map<number, NameToken[]>()
  linked.forEach(({ person }, at) => {
    if (!among.has(person)) return
    const profile = lines.profile(at)
    const known = surnames.get(person) ?? []
    const fresh = namesIn(profile).filter((name, at, all) => !known.includes(name) && all.indexOf(name) === at)
    if (fresh.length > 0) surnames.set(person, known.concat(fresh))
  })
  return surnames
}

function namesIn({ surnames, partner, parents }: Profile): NameToken[] {
  return [...surnames, ...partner, ...parents.flatMap((parent) => parent.surnames)]
}
