import { compareDates, type DateLevel } from '../compare-facts.ts'
import type { NameToken } from '../name-token.ts'
import type { DateToken } from '../profile.ts'
import { oneEditApart } from '../same-name.ts'
import { type PersonLine, WORDS, type WordField } from './person-line.ts'

type WordLevel = 'gelijk' | 'typfout' | 'twee-letters' | 'klank' | 'deel' | 'verwisseld' | 'ontbreekt' | 'anders'

export type PersonLevels = Record<WordField, WordLevel> & {
  geboortedatum: DateLevel | 'een-deel'
  nummer: 'gelijk' | 'ontbreekt' | 'anders'
}

/** The level of each field of two lines, by equality of tokens only. */
export function personLevels(a: PersonLine, b: PersonLine): PersonLevels {
  const words = Object.fromEntries(WORDS.map((field, at) => [field, COMPARE[field](a.words[at]!, b.words[at]!)]))
  const levels = { ...words, geboortedatum: compareBirth(a.date, b.date), nummer: compareNumber(a, b) } as PersonLevels
  return namesAreSwapped(levels, a, b) ? { ...levels, voornamen: 'verwisseld', geslachtsnaam: 'verwisseld' } : levels
}

/** Two words; "twee-letters" is an edit on each side, or two of them. */
function compareWords(a: NameToken | null, b: NameToken | null): WordLevel {
  if (a === null || b === null) return 'ontbreekt'
  if (a.exact === b.exact) return 'gelijk'
  if (oneEditApart(a, b)) return 'typfout'
  if (a.shorter.some((rest) => b.shorter.includes(rest))) return 'twee-letters'
  if (a.sound === b.sound || (a.skeleton !== null && a.skeleton === b.skeleton)) return 'klank'
  const inPart = a.parts.includes(b.exact) || b.parts.includes(a.exact) || a.parts.some((part) => b.parts.includes(part))
  return inPart ? 'deel' : 'anders'
}

/** Codes are of digits, and have no sound. */
function compareCodes(a: NameToken | null, b: NameToken | null): WordLevel {
  const level = compareWords(a, b)
  return level === 'twee-letters' ? 'typfout' : level === 'klank' || level === 'deel' ? 'anders' : level
}

const COMPARE: Record<WordField, typeof compareWords> = {
  voornamen: compareWords,
  geslachtsnaam: compareWords,
  straat: compareWords,
  buurt: compareWords,
  plaats: compareWords,
  provincie: compareWords,
  postcode: compareCodes,
  huisnummer: compareCodes,
}

/** Of dates that differ, one part that is right says something still. */
function compareBirth(a: DateToken, b: DateToken): PersonLevels['geboortedatum'] {
  const level = compareDates(a, b)
  if (level !== 'anders') return level
  return a.y === b.y || (a.m !== null && a.m === b.m) || (a.d !== null && a.d === b.d) ? 'een-deel' : 'anders'
}

function compareNumber(a: PersonLine, b: PersonLine): PersonLevels['nummer'] {
  if (a.number === null || b.number === null) return 'ontbreekt'
  return a.number === b.number ? 'gelijk' : 'anders'
}

const UNLIKE = new Set<WordLevel>(['anders', 'deel', 'ontbreekt'])
const ALIKE = new Set<WordLevel>(['gelijk', 'typfout'])

/** Given name and surname in each other's place: both cross, or one does and the other is missing. */
function namesAreSwapped({ voornamen, geslachtsnaam }: PersonLevels, a: PersonLine, b: PersonLine): boolean {
  if (!UNLIKE.has(voornamen) || !UNLIKE.has(geslachtsnaam)) return false
  const one = compareWords(a.words[0]!, b.words[1]!)
  const other = compareWords(a.words[1]!, b.words[0]!)
  return ALIKE.has(one) ? ALIKE.has(other) || other === 'ontbreekt' : ALIKE.has(other) && one === 'ontbreekt'
}
