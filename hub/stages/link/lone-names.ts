import type { Token } from '../../crypto/derived-keys.ts'
import type { FamilyGroups } from './family-groups.ts'
import { givenNamesIn, surnamesIn } from './line-names.ts'
import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'

/** More families than these are not counted: such a surname is common anywhere. */
export const FAMILIES_MAX = 128
const PERSONS_MAX = 3
/** Among fewer families a name that only one has is no rare name. */
const FAMILIES_MIN = 100

/** In whose lines a surname stands: his own, a partner's, or a parent's name. */
interface Surname {
  /** Some of the persons. */
  persons: number[]
  /** The families; of who is in none the person. */
  families: Set<number>
  /** By given name, as far as anybody alone bears it or names a parent so. */
  full: Map<Token, FullName>
}

/** Who is called by one given name and surname, and whose parent is, with the birth years told of them; null where a line tells none. */
export interface FullName {
  bearers: Map<number, Set<Token | null>>
  children: Map<number, Set<Token | null>>
}

/** The names of who is in no family yet, and of the parents whom he names, by sound, and who else tells them. */
export interface LoneNames {
  /** Per such person the surnames, own and a partner's. */
  namesOf: Map<number, Set<Token>>
  surnames: Map<Token, Surname>
  full: FullName[]
  /** Whether the file has so many families that a name which only one of them has tells something. */
  tells: boolean
}

export function loneNames(families: FamilyGroups, lines: Lines, personOf: Int32Array): LoneNames {
  const names: LoneNames = { namesOf: new Map(), surnames: new Map(), full: [], tells: false }
  let count = 0
  for (let line = 0; line < personOf.length; line++) {
    if (families.isAlone(personOf[line]!)) want(names, lines, line, personOf[line]!)
    else if (families.of(line) === line && personOf[line] === line) count++
  }
  const isWanted = wantedLists(names, lines)
  for (let line = 0; line < personOf.length; line++) {
    const parents = lines.parents(line)
    const person = personOf[line]!
    const family = families.of(person)
    if (isWanted(lines.surnames(line)) || isWanted(lines.partner(line)))
      tellOwn(names, lines, line, person, family, parents.length === 0)
    for (const { given, surnames, date } of parents)
      for (const { sound } of surnames) {
        const name = names.surnames.get(sound)
        if (!name) continue
        add(name, person, family)
        const full = given && name.full.get(given.sound)
        if (full) tellYear(full.children, person, date.y)
      }
  }
  return {
    ...names,
    tells: count >= FAMILIES_MIN,
    full: names.full.filter(({ bearers, children }) => bearers.size > 0 && children.size > 0),
  }
}

/** Whether a list of names has one of these surnames; each is looked at once. */
function wantedLists({ surnames }: LoneNames, lines: Lines): (list: number) => boolean {
  const known = new Int8Array(lines.names.all.length)
  return (list) => {
    if (known[list] === 0) known[list] = lines.names.all[list]!.some(({ sound }) => surnames.has(sound)) ? 1 : -1
    return known[list] === 1
  }
}

function want(names: LoneNames, lines: Lines, line: number, person: number): void {
  const own = names.namesOf.get(person) ?? new Set()
  names.namesOf.set(person, own)
  const parents = lines.parents(line)
  for (const surname of surnamesIn(lines, line)) {
    own.add(surname.sound)
    const name = surnameOf(names, surname)
    if (parents.length === 0) for (const given of givenNamesIn(lines, line)) wantFull(names, name, given)
  }
  for (const { given, surnames } of parents)
    if (given) for (const surname of surnames) wantFull(names, surnameOf(names, surname), given)
}

function surnameOf({ surnames }: LoneNames, { sound }: NameToken): Surname {
  const known = surnames.get(sound)
  if (known) return known
  const name: Surname = { persons: [], families: new Set(), full: new Map() }
  surnames.set(sound, name)
  return name
}

function wantFull({ full }: LoneNames, name: Surname, { sound }: NameToken): void {
  if (name.full.has(sound)) return
  const made: FullName = { bearers: new Map(), children: new Map() }
  name.full.set(sound, made)
  full.push(made)
}

function tellOwn({ surnames }: LoneNames, lines: Lines, line: number, person: number, family: number, isBearer: boolean): void {
  for (const { sound } of surnamesIn(lines, line)) {
    const name = surnames.get(sound)
    if (!name) continue
    add(name, person, family)
    if (!isBearer || name.full.size === 0) continue
    for (const given of givenNamesIn(lines, line)) {
      const full = name.full.get(given.sound)
      if (full) tellYear(full.bearers, person, lines.dates[lines.date(line)]!.y)
    }
  }
}

function add({ persons, families }: Surname, person: number, family: number): void {
  if (families.size >= FAMILIES_MAX) return
  families.add(family)
  if (persons.length < PERSONS_MAX && !persons.includes(person)) persons.push(person)
}

function tellYear(persons: Map<number, Set<Token | null>>, person: number, year: Token | null): void {
  const years = persons.get(person)
  if (years) years.add(year)
  else persons.set(person, new Set([year]))
}
