import { type LineNumbers, lineNumbers } from './line-numbers.ts'
import { type Moves, movesOf } from './moves.ts'

import type { NameToken } from './name-token.ts'
import { perObject } from './numbering.ts'
import type { AddressToken, Profile } from './profile.ts'

interface Line {
  rid: string
  profile: Profile
}

/** Shares of the lines from which a name counts as rare, common, among the commonest. */
const SHARES = [0.0003, 0.001, 0.005]
const LINES_MIN = 1000
const IN_USE_MIN = 4
const CROWDED_MIN = 6

/**
 * Puts in the place of each line the same with what the file itself tells by counting tokens: how common a name is, whether it is a name in
 * use rather than a slip, and at which addresses many families live (an institution is no household). Counting needs no value. Blocking keys
 * are left out: they are in the index by then.
 */
export function tellFrequencies(lines: Line[]): void {
  const numbers = lineNumbers()
  const counts = countsOf(lines, numbers)
  const moves = movesOf(lines, numbers)
  const told = perNumber(
    (token: NameToken) => numbers.exact(token),
    (token) => nameWith(token, counts, lines.length),
  )
  const addressed = perObject((address: AddressToken) => addressWith(address, counts, moves))
  lines.forEach(({ rid, profile }, at) => {
    lines[at] = { rid, profile: profileWith(profile, told, addressed, counts) }
  })
}

interface Counts {
  numbers: LineNumbers
  /** How often a name is a first given name, and a surname. */
  given: number[]
  surnames: number[]
  /** Spellings of a first name within one birth date and surname. */
  spellings: Map<number, number>
  /** Surname sounds per house. */
  houses: Map<number, number[]>
}

function countsOf(lines: Line[], numbers: LineNumbers): Counts {
  const counts: Counts = { numbers, given: [], surnames: [], spellings: new Map(), houses: new Map() }
  for (const { profile } of lines) {
    const [first, last] = [profile.given[0], profile.surnames[0]]
    if (first) increase(counts.given, numbers.exact(first))
    const spelling = numbers.spelling(profile)
    if (spelling >= 0) counts.spellings.set(spelling, (counts.spellings.get(spelling) ?? 0) + 1)
    if (!last) continue
    increase(counts.surnames, numbers.exact(last))
    const house = numbers.house(profile.address)
    if (house >= 0) addSound(counts.houses, house, numbers.sound(last))
  }
  return counts
}

function increase(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

function addSound(houses: Counts['houses'], house: number, sound: number): void {
  const sounds = houses.get(house)
  if (!sounds) houses.set(house, [sound])
  else if (sounds.length <= CROWDED_MIN && !sounds.includes(sound)) sounds.push(sound)
}

/** What `of` makes of a thing, made once for each number. */
function perNumber<T>(numberOf: (thing: T) => number, of: (thing: T) => T): (thing: T) => T {
  const made: T[] = []
  return (thing) => {
    const number = numberOf(thing)
    const before = made[number]
    if (before !== undefined) return before
    made[number] = of(thing)
    return made[number]
  }
}

function nameWith(token: NameToken, counts: Counts, lines: number): NameToken {
  const number = counts.numbers.exact(token)
  const given = counts.given[number] ?? 0
  const surname = counts.surnames[number] ?? 0
  const common = (table: number, count: number): number =>
    lines < LINES_MIN ? table : Math.max(table, SHARES.filter((share) => count / lines >= share).length)
  return {
    ...token,
    common: [common(token.common[0], given), common(token.common[1], surname)],
    known: token.known || given >= Math.max(IN_USE_MIN, lines / 20_000),
  }
}

const NO_KEYS: string[] = []

function profileWith(
  written: Profile,
  name: (token: NameToken) => NameToken,
  address: (address: AddressToken) => AddressToken | null,
  counts: Counts,
): Profile {
  const profile = inPlace(written, counts)
  return {
    ...profile,
    keys: NO_KEYS,
    firstInUse: (counts.spellings.get(counts.numbers.spelling(profile)) ?? 0) > 1,
    given: profile.given.map(name),
    calling: profile.calling.map(name),
    surnames: profile.surnames.map(name),
    partner: profile.partner.map(name),
    address: profile.address && address(profile.address),
  }
}

const SELDOM = 10

/** A given name that is nearly always a surname, with a surname that is nearly always a given name, stand in each other's place. */
function inPlace(profile: Profile, { given, surnames, numbers }: Counts): Profile {
  const [first, last] = [profile.given[0], profile.surnames[0]]
  if (!first || !last || profile.given.length > 1 || profile.surnames.length > 1) return profile
  const isSurname = (surnames[numbers.exact(first)] ?? 0) > SELDOM * (given[numbers.exact(first)] ?? 0)
  const isGiven = (given[numbers.exact(last)] ?? 0) > SELDOM * (surnames[numbers.exact(last)] ?? 0)
  if (!isSurname || !isGiven) return profile
  const initials = [last.initial]
  return { ...profile, given: [last], surnames: [first], initials, givenAll: last.exact, surnameAll: first.exact }
}

function addressWith(address: AddressToken, { houses, numbers }: Counts, moves: Moves): AddressToken | null {
  const house = numbers.house(address)
  if (house < 0) return address
  if ((houses.get(house)?.length ?? 0) > CROWDED_MIN) return null
  const other = moves.get(house)
  return other ? { ...address, movedWith: other } : address
}
