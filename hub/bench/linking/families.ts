import { CALLED, NEAR_TWINS, ORIGINS, type Origin } from './names.ts'
import type { Chance } from './random.ts'

/** A person of an invented region, as he is; registrations differ from it. */
export interface Person {
  id: string
  family: string
  sex: 'man' | 'vrouw'
  /** In order; of most children one or two. */
  given: string[]
  calling: string
  prefix: string
  surname: string
  partnerName: string
  born: string
  bsn: string
  addresses: Address[]
  parents: Person[]
  adult: boolean
  twin: { of: string; near: boolean } | null
  nameless: boolean
}

export interface Address {
  postcode: string
  huisnummer: string
  toevoeging: string
}

export interface FamilyOptions {
  families: number
  /** The share of families with twins. */
  twins: number
}

/** A region of families: parents, children, twins, half-siblings, moves, namesakes, institutions. */
export function familiesOf(options: FamilyOptions, chance: Chance): Person[] {
  const institutions = Array.from({ length: Math.ceil(options.families / 500) }, () => addressOf(chance))
  const persons: Person[] = []
  for (let at = 0; at < options.families; at++) persons.push(...familyOf(`g${at + 1}`, options, institutions, chance))
  for (let at = 0; at < options.families * 0.012; at++) makeNamesake(chance.pick(persons), chance.pick(persons), chance)
  persons.forEach((person, at) => {
    person.bsn = bsnAt(at, chance)
  })
  return persons
}

function familyOf(family: string, options: FamilyOptions, institutions: Address[], chance: Chance): Person[] {
  const origin = originOf(chance)
  const addresses = Array.from({ length: chance.happens(0.3) ? 2 : 1 }, () => addressOf(chance))
  if (chance.happens(0.015)) addresses.push(chance.pick(institutions))
  const year = 1962 + chance.below(38)
  const person = (id: number, sex: Person['sex'], surname: string, born: string): Person => ({
    ...{
      id: `${family}-${id}`,
      family,
      sex,
      ...givenOf(sex, origin, chance),
      ...splitSurname(surname),
      partnerName: '',
      born,
      bsn: '',
    },
    ...{ addresses, parents: [], adult: id <= 2, twin: null, nameless: false },
  })
  const father = person(1, 'man', chance.pickEarly(origin.surnames), dateIn(year, chance))
  const other = chance.happens(0.12) ? originOf(chance) : origin
  const mother = person(2, 'vrouw', chance.pickEarly(other.surnames), dateIn(year + chance.below(6), chance))
  if (chance.happens(0.55)) mother.partnerName = `${father.prefix} ${father.surname}`.trim()
  const single = chance.happens(0.12)
  const members = single ? [mother] : [father, mother]
  const children: Person[] = []
  const count = options.twins > 0.3 ? 1 + chance.below(3) : 1 + chance.below(chance.happens(0.2) ? 5 : 3)
  let born = Math.max(year + 20, 2004) + chance.below(6)
  for (let at = 0; at < count; at++) {
    const child = childOf(
      person(3 + at, chance.happens(0.5) ? 'man' : 'vrouw', '', dateIn(Math.min(born, 2026), chance)),
      father,
      mother,
      chance,
    )
    if (!single && chance.happens(0.02) && child.sex === 'man') nameAfter(child, father)
    avoidNameOf(child, children, origin, chance)
    children.push(child)
    born += 1 + chance.below(4)
  }
  if (chance.happens(options.twins))
    children.push(
      twinOf(children[0]!, person(3 + count, chance.happens(0.5) ? 'man' : 'vrouw', '', ''), children, origin, chance),
    )
  if (single || chance.happens(0.1)) makeHalfSibling(children, mother, father, origin, chance)
  return [...members, ...children]
}

function childOf(child: Person, father: Person, mother: Person, chance: Chance): Person {
  const named = chance.happens(0.85) ? father : mother
  return {
    ...child,
    prefix: named.prefix,
    surname: named.surname,
    parents: [father, mother],
    nameless: child.born >= '2026-06' && chance.happens(0.5),
  }
}

/** Another father, perhaps another surname, perhaps an address of his own. */
function makeHalfSibling(children: Person[], mother: Person, father: Person, origin: Origin, chance: Chance): void {
  const last = children.at(-1)!
  if (last.twin || children.length < 2) return
  const before: Person = {
    ...father,
    ...givenOf('man', origin, chance),
    ...splitSurname(chance.pickEarly(origin.surnames)),
    id: `${father.id}x`,
    born: dateIn(1970, chance),
  }
  last.parents = [mother, before]
  if (chance.happens(0.7)) Object.assign(last, { prefix: before.prefix, surname: before.surname })
}

function twinOf(first: Person, second: Person, children: Person[], origin: Origin, chance: Chance): Person {
  const twin = {
    ...second,
    born: first.born,
    prefix: first.prefix,
    surname: first.surname,
    parents: first.parents,
    nameless: first.nameless,
  }
  const near = chance.happens(0.06)
  if (near) {
    const [one, two] = chance.pick(NEAR_TWINS)
    Object.assign(first, { given: [one], calling: one })
    Object.assign(twin, { given: [two], calling: two, sex: first.sex })
  } else {
    const stock = twin.sex === 'man' ? origin.boys : origin.girls
    const initial = chance.happens(0.12)
      ? stock.filter((name) => name[0] === first.given[0]![0] && !isNear(name, first.given[0]!))
      : []
    if (initial.length > 0) Object.assign(twin, callingOf([chance.pick(initial)], chance))
    avoidNameOf(twin, children, origin, chance)
  }
  first.twin = { of: twin.id, near }
  twin.twin = { of: first.id, near }
  return twin
}

/** Parents give no two children the same name, nor one that is used for the other. */
function avoidNameOf(child: Person, siblings: Person[], origin: Origin, chance: Chance): void {
  const clashes = (): boolean =>
    siblings.some(({ given, calling }) => isNear(given[0]!, child.given[0]!) || calling === child.calling)
  for (let turn = 0; turn < 20 && clashes(); turn++) Object.assign(child, givenOf(child.sex, origin, chance))
}

function isNear(a: string, b: string): boolean {
  return (
    a === b ||
    a.startsWith(b) ||
    b.startsWith(a) ||
    (CALLED[a] ?? []).includes(b) ||
    (CALLED[b] ?? []).includes(a) ||
    editsWithinOne(a, b)
  )
}

/** Whether two names are one letter apart or less. */
export function editsWithinOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let end = 0
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++
  return Math.max(a.length, b.length) - from - end <= 1
}

function nameAfter(child: Person, father: Person): void {
  Object.assign(child, { given: father.given, calling: father.calling, prefix: father.prefix, surname: father.surname })
}

/** A stranger who happens to have the same name and birth date. */
function makeNamesake(one: Person, other: Person, chance: Chance): void {
  if (one.family === other.family || one.twin || other.twin || one.adult !== other.adult || one.given[0] === undefined) return
  Object.assign(other, {
    given: one.given.slice(0, 1),
    calling: one.calling,
    sex: one.sex,
    prefix: one.prefix,
    surname: one.surname,
    nameless: false,
  })
  if (chance.happens(0.7)) other.born = one.born
}

function givenOf(sex: Person['sex'], origin: Origin, chance: Chance): { given: string[]; calling: string } {
  const stock = sex === 'man' ? origin.boys : origin.girls
  const count = chance.happens(0.45) ? 2 : chance.happens(0.1) ? 3 : 1
  return callingOf([...new Set(Array.from({ length: count }, () => chance.pickEarly(stock)))], chance)
}

function callingOf(given: string[], chance: Chance): { given: string[]; calling: string } {
  const short = CALLED[given[0]!]
  return { given, calling: short && chance.happens(0.7) ? chance.pick(short) : given[0]! }
}

function splitSurname(surname: string): { prefix: string; surname: string } {
  const words = surname.split(' ')
  const at = words.findIndex((word) => /^[A-ZŁŞÇÖÜ]/.test(word) && !['El', 'Ait', 'Ben', 'Da', 'Dos'].includes(word))
  return { prefix: words.slice(0, Math.max(at, 0)).join(' '), surname: words.slice(Math.max(at, 0)).join(' ') }
}

function originOf(chance: Chance): Origin {
  let left = chance.next()
  for (const origin of ORIGINS) {
    left -= origin.share
    if (left < 0) return origin
  }
  return ORIGINS[0]!
}

function addressOf(chance: Chance): Address {
  const letter = (): string => 'ABCDEGHJKLNPRSTVWXZ'[chance.below(19)]!
  return {
    postcode: `${5900 + chance.below(110)}${letter()}${letter()}`,
    huisnummer: String(1 + chance.below(chance.happens(0.2) ? 400 : 90)),
    toevoeging: chance.happens(0.12) ? chance.pick(['A', 'B', 'bis', '2', 'C']) : '',
  }
}

function dateIn(year: number, chance: Chance): string {
  const month = 1 + chance.below(12)
  const day = 1 + chance.below(month === 2 ? 28 : 30)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Invented numbers: they start with 9 and pass the eleven test. */
function bsnAt(at: number, chance: Chance): string {
  for (let number = 900_000_000 + at * 97 + chance.below(60); ; number++) {
    const digits = String(number)
    const sum = [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
    if (sum % 11 === 0) return digits
  }
}
