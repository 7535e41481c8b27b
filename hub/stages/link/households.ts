import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'
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
export function householdsOf(lines: Lines, personOf: Int32Array): Household[] {
  const several = roofsOf(lines, personOf).filter((persons) => persons.length > 1 && persons.length <= PERSONS_MAX)
  const surnames = surnamesOf(lines, personOf, several)
  return several
    .map((persons) => ({ persons, names: grouped(persons, surnames) }))
    .filter(({ names }) => names.length <= SURNAMES_MAX)
}

/** The groups that hang together by a surname, or by one a letter off, largest first. */
function grouped(persons: number[], surnames: (NameToken[] | undefined)[]): number[][] {
  const groups: { persons: number[]; names: NameToken[] }[] = []
  for (const person of persons) {
    const own = surnames[person] ?? []
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

/** The persons behind each door of a block of flats, and of each house. */
function roofsOf(lines: Lines, personOf: Int32Array): number[][] {
  return housesOf(lines, personOf).flatMap((doors) =>
    doors.length > DOORS_MAX ? doors : doors.length === 1 ? [doors[0]!] : [[...new Set(doors.flat())]],
  )
}

/** Per house number the persons of each of its doors. */
function housesOf(lines: Lines, personOf: Int32Array): number[][][] {
  const houses: number[][][] = []
  const persons: number[][] = []
  for (let line = 0; line < personOf.length; line++) {
    const person = personOf[line]!
    const address = lines.address(line)
    if (address < 0 || !lines.addresses[address]?.nr) continue
    const [house, door] = [lines.houseOf(address), lines.doorOf(address)]
    const known = persons[door]
    if (known) {
      if (known.length <= PERSONS_MAX && !known.includes(person)) known.push(person)
      continue
    }
    persons[door] = [person]
    const doors = houses[house]
    if (doors) doors.push(persons[door])
    else houses[house] = [persons[door]]
  }
  return houses
}

/** Per person of these households the surnames that go with it: own, a partner's, the parents'. */
function surnamesOf(lines: Lines, personOf: Int32Array, households: number[][]): (NameToken[] | undefined)[] {
  const surnames: (NameToken[] | undefined)[] = new Array(personOf.length)
  for (const persons of households) for (const person of persons) surnames[person] ??= []
  for (let line = 0; line < personOf.length; line++) {
    const known = surnames[personOf[line]!]
    if (!known) continue
    const add = (names: NameToken[]): void => {
      for (const name of names) if (!known.includes(name)) known.push(name)
    }
    add(lines.names.all[lines.surnames(line)]!)
    add(lines.names.all[lines.partner(line)]!)
    for (const parent of lines.parents(line)) add(parent.surnames)
  }
  return surnames
}
