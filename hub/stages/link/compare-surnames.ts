import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'
import { oneEditApart, swapOf } from './same-name.ts'

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

/** Own and partner's surnames as sets; a hit only through a partner's name says no more than "same household". */
export function compareSurnames(a: Profile, b: Profile): SurnameLevel {
  if (a.surnames.length + a.partner.length === 0 || b.surnames.length + b.partner.length === 0) return 'ontbreekt'
  if (a.surnameAll !== null && a.surnameAll === b.surnameAll) return 'gelijk'
  const own = bestSurname(a.surnames, b.surnames)
  if (own === 'gelijk')
    return a.surnames.length === b.surnames.length && a.surnames.length > 1 && !sameSet(a, b) ? 'deel' : 'gelijk'
  if (own !== 'anders') return own
  if (sharesExact(a.partner, b.surnames) || sharesExact(a.partner, b.partner) || sharesExact(b.partner, a.surnames))
    return 'partner'
  return swapOf(a, b) === 'no' ? 'anders' : 'verwisseld'
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
