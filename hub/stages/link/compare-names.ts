import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'

export type GivenLevel =
  | 'alle'
  | 'eerste'
  | 'roepnaam'
  | 'variant'
  | 'klank'
  | 'typfout'
  | 'skelet'
  | 'afkorting'
  | 'verwisseld'
  | 'tweede'
  | 'twee-namen'
  | 'voorletters'
  | 'voorletter'
  | 'ontbreekt'
  | 'voorletter-anders'
  | 'anders'

export type SurnameLevel =
  | 'gelijk'
  | 'deel'
  | 'klank'
  | 'typfout'
  | 'skelet'
  | 'dm'
  | 'partner'
  | 'verwisseld'
  | 'ontbreekt'
  | 'anders'

/** Whether two names are at most one letter (wrong, missing, extra or swapped with its neighbour) apart. */
export function oneEditApart(a: NameToken, b: NameToken): boolean {
  if (a.shorter.includes(b.itself) || b.shorter.includes(a.itself)) return true
  for (let at = 0; at < a.shorter.length; at++) {
    const left = a.shorter[at]
    if (left === b.shorter[at] || left === b.shorter[at - 1] || left === b.shorter[at + 1]) return true
  }
  return false
}

/** How the given names of two subjects relate; the weakest that is still no conflict is "twee-namen": two names in use, alike. */
export function compareGiven(a: Profile, b: Profile): GivenLevel {
  const namesA = a.given.length > 0 || a.calling.length > 0
  const namesB = b.given.length > 0 || b.calling.length > 0
  if (namesA && namesB) return compareFull(a, b)
  if (a.initials.length === 0 && !namesA) return 'ontbreekt'
  if (b.initials.length === 0 && !namesB) return 'ontbreekt'
  return compareInitials(a, b)
}

function compareFull(a: Profile, b: Profile): GivenLevel {
  if (a.givenAll !== null && a.givenAll === b.givenAll) return 'alle'
  const [firstA, firstB] = [a.given[0], b.given[0]]
  if (firstA && firstA.exact === firstB?.exact) return 'eerste'
  const known = (profile: Profile): NameToken[] => [...profile.given.slice(0, 1), ...profile.calling]
  let best: GivenLevel = 'anders'
  for (const one of known(a)) {
    for (const other of known(b)) {
      const level = compareName(one, other)
      if (GIVEN_RANK[level] < GIVEN_RANK[best]) best = level
    }
  }
  if (best !== 'anders') return best
  if (isSwapped(a, b)) return 'verwisseld'
  return calledBySecond(a, b) || calledBySecond(b, a) ? 'tweede' : 'anders'
}

const GIVEN_RANK: Record<GivenLevel, number> = {
  alle: 0,
  eerste: 1,
  roepnaam: 2,
  variant: 3,
  klank: 4,
  typfout: 5,
  skelet: 6,
  afkorting: 7,
  verwisseld: 8,
  tweede: 9,
  'twee-namen': 10,
  voorletters: 11,
  voorletter: 12,
  ontbreekt: 13,
  'voorletter-anders': 14,
  anders: 15,
}

/** Two given names. Names that are both in use and differ in sound are two names, however alike: twins have such names. */
function compareName(a: NameToken, b: NameToken): GivenLevel {
  if (a.exact === b.exact) return 'roepnaam'
  if (a.formal.includes(b.exact) || b.formal.includes(a.exact)) return 'variant'
  if (a.sound === b.sound) return 'klank'
  const twoNames = a.known && b.known
  if (oneEditApart(a, b)) return twoNames ? 'twee-namen' : 'typfout'
  if (a.skeleton !== null && a.skeleton === b.skeleton) return twoNames ? 'twee-namen' : 'skelet'
  if (a.parts.includes(b.exact) || b.parts.includes(a.exact)) return twoNames ? 'twee-namen' : 'afkorting'
  return a.formal.some((name) => b.formal.includes(name)) ? 'twee-namen' : 'anders'
}

function isSwapped(a: Profile, b: Profile): boolean {
  const crosses = (one: NameToken[], other: NameToken[]): boolean => one.some((x) => other.some((y) => x.sound === y.sound))
  return crosses(a.given, b.surnames) && crosses(b.given, a.surnames)
}

function calledBySecond(a: Profile, b: Profile): boolean {
  return b.given.length === 1 && a.given.slice(1).some(({ exact }) => exact === b.given[0]!.exact)
}

/** At least one side has initials only. */
function compareInitials(a: Profile, b: Profile): GivenLevel {
  const lettersOf = (profile: Profile): Set<string | undefined> =>
    new Set([profile.initials[0], ...profile.calling.map(({ initial }) => initial)].filter((letter) => letter !== undefined))
  const shared = [...lettersOf(a)].some((letter) => lettersOf(b).has(letter))
  if (!shared) return 'voorletter-anders'
  const length = Math.min(a.initials.length, b.initials.length)
  const equal = a.initials.slice(0, length).every((letter, at) => letter === b.initials[at])
  if (length < 2 || a.initials[0] !== b.initials[0]) return 'voorletter'
  return equal && a.initials.length === b.initials.length ? 'voorletters' : 'voorletter'
}

/** Own and partner's surnames as sets; a hit only through a partner's name says no more than "same household". */
export function compareSurnames(a: Profile, b: Profile): SurnameLevel {
  if (a.surnames.length + a.partner.length === 0 || b.surnames.length + b.partner.length === 0) return 'ontbreekt'
  if (a.surnameAll !== null && a.surnameAll === b.surnameAll) return 'gelijk'
  const own = bestSurname(a.surnames, b.surnames)
  if (own === 'gelijk')
    return a.surnames.length === b.surnames.length && a.surnames.length > 1 && !sameSet(a, b) ? 'deel' : 'gelijk'
  if (own !== 'anders') return own
  if (sharesExact(a.partner, [...b.surnames, ...b.partner]) || sharesExact(b.partner, a.surnames)) return 'partner'
  return isSwapped(a, b) ? 'verwisseld' : 'anders'
}

function bestSurname(a: NameToken[], b: NameToken[]): SurnameLevel {
  if (sharesExact(a, b)) return 'gelijk'
  const some = (test: (x: NameToken, y: NameToken) => boolean): boolean => a.some((x) => b.some((y) => test(x, y)))
  if (some((x, y) => x.sound === y.sound)) return 'klank'
  if (some(oneEditApart)) return 'typfout'
  if (some((x, y) => x.skeleton !== null && x.skeleton === y.skeleton)) return 'skelet'
  return some((x, y) => x.dm === y.dm) ? 'dm' : 'anders'
}

function sharesExact(a: NameToken[], b: NameToken[]): boolean {
  return a.some((x) => b.some((y) => x.exact === y.exact))
}

function sameSet(a: Profile, b: Profile): boolean {
  return a.surnames.every((x) => b.surnames.some((y) => x.exact === y.exact))
}
