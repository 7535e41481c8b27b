import type { Address, Person } from '../families.ts'
import { editsWithinOne } from '../families.ts'
import type { Chance } from '../random.ts'
import { CALLED_HERE, CLOSE_PAIRS, givenHere, surnameHere } from './names.ts'

interface Shape {
  families: number
  /** The share of families with twins. */
  twins: number
}

/** A region made otherwise than the first: divorced parents with two addresses, naamketens, sons named after fathers, streets full of namesakes. */
export function regionOf(shape: Shape, chance: Chance): Person[] {
  const streets = Array.from({ length: Math.ceil(shape.families / 6) }, () => postcodeOf(chance))
  const shelter = houseIn(streets, chance)
  const persons: Person[] = []
  for (let at = 0; at < shape.families; at++) persons.push(...householdOf(`h${at}`, shape, streets, shelter, chance))
  for (let at = 0; at < shape.families * 0.01; at++) copyName(chance.pick(persons), chance.pick(persons), chance)
  persons.forEach((person, at) => {
    person.bsn = numberOf(at, chance)
  })
  return persons
}

function householdOf(family: string, { twins }: Shape, streets: string[], shelter: Address, chance: Chance): Person[] {
  const home = houseIn(streets, chance)
  const parents = parentsOf(family, home, streets, chance)
  const apart = parents.length > 1 && chance.happens(0.18)
  if (apart) parents[0]!.addresses = [home, houseIn(streets, chance)]
  const addresses = [home]
  if (apart) addresses.push(parents[0]!.addresses[1]!)
  else if (chance.happens(0.2)) addresses.push(houseIn(streets, chance))
  if (chance.happens(0.01)) addresses.push(shelter)
  const children: Person[] = []
  const named = chance.happens(0.7) ? parents[0]! : parents.at(-1)!
  let year = 2005 + chance.below(15)
  const count = chance.pick([1, 1, 2, 2, 2, 3, 3, 4, 6])
  for (let at = 0; at < count; at++) {
    const child = personOf(
      `${family}c${at}`,
      family,
      chance.happens(0.51) ? 'man' : 'vrouw',
      dayIn(Math.min(year, 2025), chance),
      chance,
    )
    Object.assign(child, { addresses, parents, prefix: named.prefix, surname: named.surname })
    if (at === 0 && child.sex === parents[0]!.sex && chance.happens(0.03))
      Object.assign(child, { given: parents[0]!.given, calling: parents[0]!.calling })
    nameApart(child, children, chance)
    children.push(child)
    year += 1 + chance.below(4)
  }
  if (chance.happens(twins)) children.push(twinOf(chance.pick(children), `${family}t`, children, chance))
  return [...parents, ...children]
}

function parentsOf(family: string, home: Address, streets: string[], chance: Chance): Person[] {
  const year = 1965 + chance.below(32)
  const one = personOf(`${family}a`, family, chance.happens(0.9) ? 'man' : 'vrouw', dayIn(year, chance), chance)
  const other = personOf(`${family}b`, family, 'vrouw', dayIn(year - 3 + chance.below(8), chance), chance)
  for (const parent of [one, other])
    Object.assign(parent, { adult: true, addresses: chance.happens(0.2) ? [houseIn(streets, chance), home] : [home] })
  if (chance.happens(0.5)) other.partnerName = `${one.prefix} ${one.surname}`.trim()
  return chance.happens(0.15) ? [other] : [one, other]
}

function personOf(id: string, family: string, sex: Person['sex'], born: string, chance: Chance): Person {
  const given = [...new Set(Array.from({ length: chance.pick([1, 1, 1, 2, 2, 3]) }, () => givenHere(sex, chance)))]
  const [surname, prefix] = chance.happens(0.015) ? ['', ''] : splitName(surnameHere(chance))
  return {
    ...{ id, family, sex, given, calling: CALLED_HERE[given[0]!] ?? given[0]!, prefix, surname, partnerName: '', born, bsn: '' },
    ...{ addresses: [], parents: [], adult: false, twin: null, nameless: false },
  }
}

function twinOf(first: Person, id: string, children: Person[], chance: Chance): Person {
  const twin = { ...first, id, sex: chance.happens(0.65) ? first.sex : first.sex === 'man' ? 'vrouw' : 'man' } as Person
  const near = chance.happens(0.06)
  if (near) {
    const [one, two] = chance.pick(CLOSE_PAIRS)
    Object.assign(first, { given: [one, ...first.given.slice(1)], calling: one })
    Object.assign(twin, { given: [two], calling: two, sex: first.sex })
  } else {
    rename(twin, chance)
    for (let turn = 0; turn < 40 && chance.happens(0.25) && twin.given[0]![0] !== first.given[0]![0]; turn++) rename(twin, chance)
    nameApart(twin, children, chance)
  }
  first.twin = { of: twin.id, near }
  twin.twin = { of: first.id, near }
  return twin
}

function nameApart(child: Person, siblings: Person[], chance: Chance): void {
  const clashes = (): boolean =>
    siblings.some(({ given, calling }) => editsWithinOne(given[0]!, child.given[0]!) || calling === child.calling)
  for (let turn = 0; turn < 30 && clashes(); turn++) rename(child, chance)
}

function rename(person: Person, chance: Chance): void {
  const given = [givenHere(person.sex, chance), ...(chance.happens(0.4) ? [givenHere(person.sex, chance)] : [])]
  Object.assign(person, { given, calling: CALLED_HERE[given[0]!] ?? given[0]! })
}

/** A stranger of one name and birth date, sometimes in the same street. */
function copyName(one: Person, other: Person, chance: Chance): void {
  if (one.family === other.family || one.twin || other.twin || one.adult !== other.adult) return
  Object.assign(other, {
    given: chance.happens(0.3) ? one.given : one.given.slice(0, 1),
    calling: one.calling,
    sex: one.sex,
    prefix: one.prefix,
    surname: one.surname,
    born: one.born,
  })
  if (chance.happens(0.1))
    other.addresses = [{ ...one.addresses[0]!, huisnummer: String(Number(one.addresses[0]!.huisnummer) + 2) }]
}

function splitName(name: string): [surname: string, prefix: string] {
  const words = name.split(' ')
  const at = words.findIndex((word) => /^\p{Lu}/u.test(word))
  return [words.slice(Math.max(0, at)).join(' '), words.slice(0, Math.max(0, at)).join(' ')]
}

function postcodeOf(chance: Chance): string {
  const letter = (): string => 'ABCDEGHJKLMNPRSTVWXZ'[chance.below(20)]!
  return `${5800 + chance.below(60)}${letter()}${letter()}`
}

function houseIn(streets: string[], chance: Chance): Address {
  return {
    postcode: chance.pick(streets),
    huisnummer: String(1 + chance.below(60)),
    toevoeging: chance.happens(0.1) ? chance.pick(['a', 'b', 'bis', 'hs', '1']) : '',
  }
}

function dayIn(year: number, chance: Chance): string {
  const month = 1 + chance.below(12)
  return `${year}-${String(month).padStart(2, '0')}-${String(1 + chance.below(month === 2 ? 28 : 30)).padStart(2, '0')}`
}

/** Invented numbers: they start with 9 and pass the eleven test. */
function numberOf(at: number, chance: Chance): string {
  for (let number = 950_000_000 + at * 61 + chance.below(30); ; number++) {
    const digits = String(number)
    if ([9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11 === 0)
      return digits
  }
}
