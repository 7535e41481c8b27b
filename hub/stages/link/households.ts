import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'
import { oneEditApart } from './same-name.ts'

/** People at one address. */
export interface Household {
  persons: number[]
  /** The same people in groups of one surname: own, a partner's, or that of a parent whom they name. */
  names: number[][]
}

/** More are an institution. */
const SURNAMES_MAX = 7
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
  const households = several.map((persons) => ({ persons, names: grouped(persons, surnames) }))
  putBackSwapped(households, surnames, lines, personOf)
  return households.filter(({ names }) => names.length <= SURNAMES_MAX)
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

/** Who shares no surname with anybody in the house, but has that of a group for a given name, is of the group: the two stand in each other's place. */
function putBackSwapped(
  households: Household[],
  surnames: (NameToken[] | undefined)[],
  lines: Lines,
  personOf: Int32Array,
): void {
  const single = households.flatMap(({ names }) => (names.length === 1 ? [] : names.filter((group) => group.length === 1).flat()))
  const givenNames = namesOf(single, personOf, (line, known) => add(known, lines.names.all[lines.given(line)]!))
  for (const household of households) {
    for (const group of household.names.filter(({ length }) => length === 1)) {
      const own = (givenNames[group[0]!] ?? []).filter(({ known }) => !known)
      const other = household.names.find(
        (names) => names !== group && names.some((person) => shareName(surnames[person] ?? [], own)),
      )
      if (!other) continue
      other.push(group[0]!)
      household.names.splice(household.names.indexOf(group), 1)
    }
  }
}

/** A surname in common, or none at all: who has no surname is of those who have none. */
function meets(some: NameToken[], others: NameToken[]): boolean {
  return some.length === 0 ? others.length === 0 : shareName(some, others)
}

function shareName(some: NameToken[], others: NameToken[]): boolean {
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
  return namesOf(households.flat(), personOf, (line, known) => {
    add(known, lines.names.all[lines.surnames(line)]!)
    add(known, lines.names.all[lines.partner(line)]!)
    for (const parent of lines.parents(line)) add(known, parent.surnames)
  })
}

/** Per person of these the names that his lines tell, each once. */
function namesOf(
  persons: number[],
  personOf: Int32Array,
  tell: (line: number, known: NameToken[]) => void,
): (NameToken[] | undefined)[] {
  const all: (NameToken[] | undefined)[] = new Array(personOf.length)
  for (const person of persons) all[person] ??= []
  for (let line = 0; line < personOf.length; line++) {
    const known = all[personOf[line]!]
    if (known) tell(line, known)
  }
  return all
}

function add(known: NameToken[], names: readonly NameToken[]): void {
  for (const name of names) if (!known.includes(name)) known.push(name)
}
