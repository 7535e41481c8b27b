import type { Token } from '../../crypto/derived-keys.ts'
import type { DateToken, ParentToken, Profile } from './profile.ts'
import { oneEditApart } from './same-name.ts'

export type DateLevel =
  | 'gelijk'
  | 'verwisseld'
  | 'cijfer'
  | 'jaar-naast'
  | 'twee-delen'
  | 'jaar-maand'
  | 'nieuwjaar'
  | 'jaar'
  | 'ontbreekt'
  | 'anders'
export type SexLevel = 'gelijk' | 'ontbreekt' | 'anders'
export type AddressLevel =
  | 'gelijk'
  | 'nummer'
  | 'verhuisd'
  | 'postcode'
  | 'wijk-nummer'
  | 'letters-nummer'
  | 'wijk'
  | 'ontbreekt'
  | 'anders'
export type ParentsLevel = 'twee' | 'een' | 'naam' | 'datum' | 'zwak' | 'ontbreekt' | 'een-anders' | 'anders'

/** Birth dates by part. 1 January says no more than the year; an unknown part is no difference. */
export function compareDates(a: DateToken, b: DateToken): DateLevel {
  if (a.y === null || b.y === null) return 'ontbreekt'
  const year = a.y === b.y
  if (a.newYear || b.newYear) return compareNewYear(a, b, year)
  if (a.m === null || b.m === null) return year ? 'jaar' : 'anders'
  if (a.d === null || b.d === null) return year && a.m === b.m ? 'jaar-maand' : 'anders'
  const [month, day] = [a.m === b.m, a.d === b.d]
  if (year && month && day) return 'gelijk'
  if (year && a.m === b.d && a.d === b.m) return 'verwisseld'
  if (month && day) return a.near.includes(b.y) ? 'jaar-naast' : meet(a.yw, b.yw) ? 'cijfer' : 'anders'
  if (year && (month || day)) return meet(a.mw, b.mw) && meet(a.dw, b.dw) ? 'cijfer' : 'twee-delen'
  return 'anders'
}

function compareNewYear(a: DateToken, b: DateToken, year: boolean): DateLevel {
  if (year) return a.newYear && b.newYear ? 'nieuwjaar' : 'jaar'
  return 'anders'
}

/** The same wild card at the same place: one digit apart at most. */
function meet(a: Token[], b: Token[]): boolean {
  return a.some((value, at) => value === b[at])
}

export function compareSex(a: Profile, b: Profile): SexLevel {
  if (a.sex === null || b.sex === null) return 'ontbreekt'
  return a.sex === b.sex ? 'gelijk' : 'anders'
}

export function compareAddress(a: Profile, b: Profile): AddressLevel {
  if (a.address === null || b.address === null) return 'ontbreekt'
  if (a.address.nr === null || b.address.nr === null)
    return a.address.pc === b.address.pc ? 'postcode' : a.address.pc4 === b.address.pc4 ? 'wijk' : 'anders'
  if (a.address.full === b.address.full) return 'gelijk'
  if (a.address.nr === b.address.nr) return 'nummer'
  if (a.address.movedWith?.includes(b.address.nr)) return 'verhuisd'
  if (a.address.pc === b.address.pc) return 'postcode'
  if (a.address.area === b.address.area) return 'wijk-nummer'
  if (a.address.letters != null && a.address.letters === b.address.letters) return 'letters-nummer'
  return a.address.pc4 === b.address.pc4 ? 'wijk' : 'anders'
}

/**
 * Parents as a set: the best pairing. One registration may name the mother and another the father, which says little; but when one
 * side names two and none of the other's is among them, the parents are others.
 */
export function compareParents(a: Profile, b: Profile): ParentsLevel {
  if (a.parents.length === 0 || b.parents.length === 0) return 'ontbreekt'
  let best: ParentsLevel = 'anders'
  let full = 0
  for (const one of a.parents) {
    const level = bestParent(one, b.parents)
    if (level === 'een') full++
    if (PARENT_RANK[level] < PARENT_RANK[best]) best = level
  }
  if (full >= 2) return 'twee'
  if (best !== 'anders') return best
  return a.parents.length >= 2 || b.parents.length >= 2 ? 'anders' : 'een-anders'
}

const PARENT_RANK: Record<ParentsLevel, number> = {
  twee: 0,
  een: 1,
  naam: 2,
  datum: 3,
  zwak: 4,
  ontbreekt: 5,
  'een-anders': 6,
  anders: 7,
}

function bestParent(one: ParentToken, others: ParentToken[]): ParentsLevel {
  let best: ParentsLevel = 'anders'
  for (const other of others) {
    const level = compareParent(one, other)
    if (PARENT_RANK[level] < PARENT_RANK[best]) best = level
  }
  return best
}

function compareParent(a: ParentToken, b: ParentToken): ParentsLevel {
  const date = compareDates(a.date, b.date)
  const sameDate = date === 'gelijk'
  const alike = date !== 'anders'
  const given = compareParentGiven(a, b)
  const surname = a.surnames.some((x) => b.surnames.some((y) => x.sound === y.sound || oneEditApart(x, y)))
  if (sameDate && given !== 'anders' && (surname || given === 'gelijk')) return 'een'
  if (given === 'gelijk' && surname && alike) return 'naam'
  if (sameDate) return 'datum'
  if (given === 'voorletter' && surname && alike) return 'zwak'
  return given === 'anders' || !alike ? 'anders' : 'ontbreekt'
}

function compareParentGiven(a: ParentToken, b: ParentToken): 'gelijk' | 'voorletter' | 'ontbreekt' | 'anders' {
  if (a.given && b.given) {
    const same =
      a.given.sound === b.given.sound || a.given.formal.includes(b.given.exact) || b.given.formal.includes(a.given.exact)
    return same || oneEditApart(a.given, b.given) ? 'gelijk' : 'anders'
  }
  if (a.initial === null || b.initial === null) return 'ontbreekt'
  return a.initial === b.initial ? 'voorletter' : 'anders'
}
