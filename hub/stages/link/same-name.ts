import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'

/** Whether two names are at most one letter apart: wrong, missing, extra, swapped with its neighbour, or missing with another one extra beside it. */
export function oneEditApart(a: NameToken, b: NameToken): boolean {
  if (a.shorter.includes(b.itself) || b.shorter.includes(a.itself)) return true
  for (let at = 0; at < a.shorter.length; at++) {
    const left = a.shorter[at]
    if (left === b.shorter[at] || left === b.shorter[at - 1] || left === b.shorter[at + 1]) return true
  }
  return false
}

/** Whether of two names that are so close the one has as many letters, and not the same: one in another's place, or one less and another more beside it. */
export function isReplaced(a: NameToken, b: NameToken): boolean {
  return a.shorter.length === b.shorter.length && !a.shorter.some((_, at) => isSwapped(a, b, at))
}

/** The letters at a place and the next are in each other's place: whichever is left out here stands at the other place there. */
function isSwapped(a: NameToken, b: NameToken, at: number): boolean {
  return at > 0 && a.shorter[at - 1] === b.shorter[at] && a.shorter[at] === b.shorter[at - 1]
}

/** Given name and surname stand in each other's place: both cross, or one does and the other nearly, or as an initial. */
export function swapOf(
  { given: [firstA], surnames: lastA }: Profile,
  { given: [firstB], surnames: lastB }: Profile,
): 'both' | 'nearly' | 'no' {
  if (!firstA || !firstB) return 'no'
  const one = crosses([firstA], lastB, isSame)
  const other = crosses([firstB], lastA, isSame)
  if (one && other) return isSame(firstA, lastB[0]!) && isSame(firstB, lastA[0]!) ? 'both' : 'nearly'
  if (one) return crosses([firstB], lastA, isClose) || crosses(lastA, [firstB], isInitialOf) ? 'nearly' : 'no'
  if (!other) return 'no'
  return crosses([firstA], lastB, isClose) || crosses(lastB, [firstA], isInitialOf) ? 'nearly' : 'no'
}

function crosses(some: NameToken[], others: NameToken[], test: (a: NameToken, b: NameToken) => boolean): boolean {
  return some.some((one) => others.some((other) => test(one, other)))
}

function isSame(a: NameToken, b: NameToken): boolean {
  return a.sound === b.sound
}

function isClose(a: NameToken, b: NameToken): boolean {
  return oneEditApart(a, b) || a.formal.includes(b.exact) || b.formal.includes(a.exact)
}

/** A name of one letter that begins the other. */
function isInitialOf(letter: NameToken, name: NameToken): boolean {
  return letter.shorter.length === 0 && letter.initial === name.initial
}
