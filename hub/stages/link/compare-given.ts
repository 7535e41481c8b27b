import type { Token } from '../../crypto/derived-keys.ts'
import type { NameToken } from './name-token.ts'
import type { Profile } from './profile.ts'
import { isReplaced, oneEditApart, swapOf } from './same-name.ts'

const LEVELS = [
  'alle-meer',
  'alle',
  'eerste',
  'roepnaam',
  'klank',
  'variant',
  'typfout',
  'bijna',
  'skelet',
  'afkorting',
  'eerste-anders',
  'verwisseld',
  'bijna-verwisseld',
  'tweede',
  'twee-namen',
  'voorletters',
  'voorletter',
  'ontbreekt',
  'voorletter-anders',
  'anders',
] as const

/** From all given names equal to another name, by how far they agree. */
export type GivenLevel = (typeof LEVELS)[number]

const RANK = Object.fromEntries(LEVELS.map((level, at) => [level, at])) as Record<GivenLevel, number>

/**
 * How the given names of two subjects relate. "twee-namen": alike, but both in use, as twins have them. "bijna": one name written in two ways, or
 * two names; a number in common tells, or a person.
 */
export function compareGiven(a: Profile, b: Profile): GivenLevel {
  const [namesA, namesB] = [hasName(a), hasName(b)]
  if (namesA && namesB) return compareFull(a, b)
  if ((namesA && holdsWholeName(b, a)) || (namesB && holdsWholeName(a, b))) return 'verwisseld'
  if (a.initials.length === 0 && !namesA) return 'ontbreekt'
  if (b.initials.length === 0 && !namesB) return 'ontbreekt'
  return swapLevel(a, b) ?? compareInitials(a, b)
}

function hasName(profile: Profile): boolean {
  return profile.given.length > 0 || profile.calling.length > 0
}

function compareFull(a: Profile, b: Profile): GivenLevel {
  if (a.givenAll !== null && a.givenAll === b.givenAll) return a.given.length > 1 && b.given.length > 1 ? 'alle-meer' : 'alle'
  const [firstA, firstB] = [a.given[0], b.given[0]]
  if (firstA && firstA.exact === firstB?.exact) return seconds(a, b)
  let best: GivenLevel = firstA && firstB ? compareFirst(a, b, firstA, firstB) : 'anders'
  const consider = (level: GivenLevel): void => {
    if (RANK[level] < RANK[best]) best = level
  }
  // What somebody is called by tells nothing of which of two formal names is his.
  const areTwo = firstA !== undefined && firstB !== undefined && best === 'bijna' && areShort(firstA, firstB)
  const considerCalled = (one: NameToken, other: NameToken): void => {
    const level = compareFirst(a, b, one, other)
    if (level === 'roepnaam' || !areTwo) consider(level)
  }
  for (const calling of a.calling) for (const name of [firstB, ...b.calling]) if (name) considerCalled(calling, name)
  for (const calling of b.calling) if (firstA) considerCalled(firstA, calling)
  if (best !== 'anders' && best !== 'afkorting') return best
  const swapped = swapLevel(a, b) ?? (standsAsSurname(a, b) || standsAsSurname(b, a) ? 'bijna-verwisseld' : null)
  if (swapped !== null || best === 'afkorting') return swapped ?? best
  return calledBySecond(a, b) || calledBySecond(b, a) ? 'tweede' : 'anders'
}

/** Two spellings that each come back for one birth date and surname are two names (Hasan, Hassan), and may be where one is short for the other. */
function compareFirst(a: Profile, b: Profile, firstA: NameToken, firstB: NameToken): GivenLevel {
  const level = compareName(firstA, firstB, inUse(a, firstA), inUse(b, firstB))
  const comeBack = a.firstInUse && b.firstInUse && isFirst(a, firstA) && isFirst(b, firstB)
  if (comeBack && (level === 'klank' || (level === 'bijna' && firstA.sound === firstB.sound))) return 'twee-namen'
  if (level === 'variant' && (comeBack || standApart(firstA, firstB) || isInFull(a, firstA, b, firstB))) return 'bijna'
  return level
}

/** One of them is short for the other. */
function areShort(a: NameToken, b: NameToken): boolean {
  return a.formal.includes(b.exact) || b.formal.includes(a.exact)
}

/** Hardly anybody in the file is called both, though one may be short for the other. */
function standApart(a: NameToken, b: NameToken): boolean {
  return a.apart?.includes(b.exact) === true || b.apart?.includes(a.exact) === true
}

/** The short name is followed by further names, none of them the other's: nobody is called by all his names (Jean-Pierre is no Johannes). */
function isInFull(a: Profile, firstA: NameToken, b: Profile, firstB: NameToken): boolean {
  const [{ given }, short] = firstA.formal.includes(firstB.exact) ? [a, firstA] : [b, firstB]
  return given.length > 1 && given[0] === short && !a.initials.slice(1).some((letter) => b.initials.indexOf(letter, 1) > 0)
}

function swapLevel(a: Profile, b: Profile): GivenLevel | null {
  const swap = swapOf(a, b)
  return swap === 'both' ? 'verwisseld' : swap === 'nearly' ? 'bijna-verwisseld' : null
}

/** No given name, but among its surnames both the other's given name and the other's surname: a whole name in one field. */
function holdsWholeName({ surnames }: Profile, { given, calling, surnames: last }: Profile): boolean {
  const has = (name: NameToken): boolean => surnames.some(({ exact }) => exact === name.exact)
  return (
    surnames.length > 1 && last.some(has) && [...given.slice(0, 1), ...calling].some((name) => has(name) && !last.includes(name))
  )
}

function inUse(profile: Profile, name: NameToken): boolean {
  return name.known || (profile.firstInUse === true && isFirst(profile, name))
}

function isFirst({ given, calling }: Profile, name: NameToken): boolean {
  return name === (given[0] ?? calling[0])
}

/** The same first name; the further names may say that they are two people. */
function seconds(a: Profile, b: Profile): GivenLevel {
  const [restA, restB] = [a.initials.slice(1), b.initials.slice(1)]
  return restA.length > 0 && restB.length > 0 && !restA.some((letter) => restB.includes(letter)) ? 'eerste-anders' : 'eerste'
}

/**
 * Two given names. Names that are both in use and differ in sound are two names, however alike: twins have such names. A letter in another's
 * place, or two known spellings of one sound (Rik, Rick), may be a twin's name as well.
 */
function compareName(a: NameToken, b: NameToken, inUseA: boolean, inUseB: boolean): GivenLevel {
  if (a.exact === b.exact) return 'roepnaam'
  if (a.sound === b.sound) return a.known && b.known ? 'bijna' : 'klank'
  const twoNames = inUseA && inUseB
  if (oneEditApart(a, b)) return twoNames || differsInVowel(a, b) ? 'twee-namen' : isReplaced(a, b) ? 'bijna' : 'typfout'
  if (areShort(a, b)) return 'variant'
  if (a.skeleton !== null && a.skeleton === b.skeleton) return twoNames ? 'twee-namen' : 'skelet'
  if (a.parts.includes(b.exact) || b.parts.includes(a.exact)) return twoNames ? 'twee-namen' : 'afkorting'
  return a.formal.some((name) => b.formal.includes(name)) ? 'twee-namen' : 'anders'
}

/** One vowel in another's place: what parents call twins, and hardly ever what a hand does that slips. */
function differsInVowel(a: NameToken, b: NameToken): boolean {
  return a.vowels !== undefined && a.vowels === b.vowels
}

/** The only name written is the other's surname. */
function standsAsSurname(a: Profile, b: Profile): boolean {
  return a.surnames.length === 0 && a.given.length === 1 && b.surnames.some(({ exact }) => exact === a.given[0]!.exact)
}

function calledBySecond(a: Profile, b: Profile): boolean {
  return b.given.length === 1 && a.given.slice(1).some(({ exact }) => exact === b.given[0]!.exact)
}

/** At least one side has initials only. */
function compareInitials(a: Profile, b: Profile): GivenLevel {
  if (a.initials[0] === b.initials[0]) {
    const equal =
      a.initials.length > 1 &&
      a.initials.length === b.initials.length &&
      a.initials.every((letter, at) => letter === b.initials[at])
    return equal ? 'voorletters' : 'voorletter'
  }
  return mayBegin(a, b.initials[0]) || mayBegin(b, a.initials[0]) ? 'voorletter' : 'voorletter-anders'
}

/** The letter begins a name that the subject may be called by. */
function mayBegin({ given, calling }: Profile, letter: Token | undefined): boolean {
  return (
    letter !== undefined &&
    (given[0]?.letters.includes(letter) === true || calling.some(({ letters }) => letters.includes(letter)))
  )
}
