import { type Moves, movesOf } from './moves.ts'
import type { NameToken } from './name-token.ts'
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
 * The same lines with what the file itself tells by counting tokens: how common a name is, whether it is a name in use rather than a
 * slip, and at which addresses many families live (an institution is no household). Counting needs no value.
 */
export function withFrequencies<L extends Line>(lines: L[]): L[] {
  const counts = countsOf(lines)
  const moves = movesOf(lines)
  const names = new Map<string, NameToken>()
  const name = (token: NameToken): NameToken => {
    const known = names.get(token.exact)
    if (known) return known
    const told = nameWith(token, counts, lines.length)
    names.set(token.exact, told)
    return told
  }
  return lines.map((line) => ({ ...line, profile: profileWith(line.profile, name, counts, moves) }))
}

interface Counts {
  given: Map<string, number>
  surnames: Map<string, number>
  /** Spellings of a first name within one birth date and surname. */
  spellings: Map<string, number>
  /** Surname sounds per house. */
  houses: Map<string, Set<string>>
}

function countsOf(lines: Line[]): Counts {
  const counts: Counts = { given: new Map(), surnames: new Map(), spellings: new Map(), houses: new Map() }
  for (const { profile } of lines) {
    if (profile.given[0]) increase(counts.given, profile.given[0].exact)
    const spelling = spellingOf(profile)
    if (spelling !== null) increase(counts.spellings, spelling)
    if (profile.surnames[0]) increase(counts.surnames, profile.surnames[0].exact)
    const house = profile.address?.nr
    if (!house || !profile.surnames[0]) continue
    const sounds = counts.houses.get(house)
    if (sounds) sounds.add(profile.surnames[0].sound)
    else counts.houses.set(house, new Set([profile.surnames[0].sound]))
  }
  return counts
}

/** The name somebody goes by, at a birth date and surname. */
function spellingOf({ given, calling, date, surnames }: Profile): string | null {
  const name = given[0] ?? calling[0]
  return name && surnames[0] && date.d ? `${name.exact}|${surnames[0].sound}|${date.y}|${date.m}|${date.d}` : null
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function nameWith(token: NameToken, counts: Counts, lines: number): NameToken {
  const given = counts.given.get(token.exact) ?? 0
  const surname = counts.surnames.get(token.exact) ?? 0
  const common = (table: number, count: number): number =>
    lines < LINES_MIN ? table : Math.max(table, SHARES.filter((share) => count / lines >= share).length)
  return {
    ...token,
    common: [common(token.common[0], given), common(token.common[1], surname)],
    known: token.known || given >= Math.max(IN_USE_MIN, lines / 20_000),
  }
}

function profileWith(written: Profile, name: (token: NameToken) => NameToken, counts: Counts, moves: Moves): Profile {
  const profile = inPlace(written, counts)
  const spelling = spellingOf(profile)
  return {
    ...profile,
    firstInUse: spelling !== null && (counts.spellings.get(spelling) ?? 0) > 1,
    given: profile.given.map(name),
    calling: profile.calling.map(name),
    surnames: profile.surnames.map(name),
    partner: profile.partner.map(name),
    address: addressWith(profile.address, counts, moves),
  }
}

const SELDOM = 10

/** A given name that is nearly always a surname, with a surname that is nearly always a given name, stand in each other's place. */
function inPlace(profile: Profile, { given, surnames }: Counts): Profile {
  const [first, last] = [profile.given[0], profile.surnames[0]]
  if (!first || !last || profile.given.length > 1 || profile.surnames.length > 1) return profile
  const isSurname = (surnames.get(first.exact) ?? 0) > SELDOM * (given.get(first.exact) ?? 0)
  const isGiven = (given.get(last.exact) ?? 0) > SELDOM * (surnames.get(last.exact) ?? 0)
  if (!isSurname || !isGiven) return profile
  const initials = [last.initial]
  return { ...profile, given: [last], surnames: [first], initials, givenAll: last.exact, surnameAll: first.exact }
}

function addressWith(address: AddressToken | null, counts: Counts, moves: Moves): AddressToken | null {
  if (address?.nr == null) return address
  if ((counts.houses.get(address.nr)?.size ?? 0) > CROWDED_MIN) return null
  const other = moves.get(address.nr)
  return other ? { ...address, movedWith: other } : address
}
