import { fold, repair } from './fold.ts'
import { isKnownGivenName, type NameTable } from './name-table.ts'
import { remembered } from './remembered.ts'
import type { LinkSubject } from './subject.ts'

/** A person's names, folded and taken apart. */
export interface ParsedNames {
  /** Full given names in order, then a name in brackets. */
  given: string[]
  /** One letter for each given name, full or not. */
  initials: string[]
  calling: string[]
  /** The cores of the own surname, without prefixes. */
  surnames: string[]
  partnerSurnames: string[]
  prefix: string
}

const PREFIXES = new Set(
  (
    'van von der den de d di da do dos del della du la le las los el al ten ter te t s in op aan bij onder uit over voor zu zum zur vd v vander vanden ' +
    'vande ben bin abu abou ait ould o mac het'
  ).split(' '),
)
const GLUED = /^(?:vander|vanden|vande|van|vd|vdr|vdn)(?=[a-z]{3})/
const MARRIED = /\b(?:geb|geboren|ev|e v|echtgenote van|echtg|gehuwd met|wed|weduwe|wv|w v|gesch|vh)\b/
const TITLES = new Set(['dhr', 'mevr', 'mw', 'mevrouw', 'heer', 'jr', 'sr', 'junior', 'senior', 'drs', 'ing', 'ir', 'mr', 'dr'])
const UNNAMED = new Set([
  'nn',
  'onbekend',
  'baby',
  'zoon',
  'dochter',
  'unknown',
  'nomen',
  'nescio',
  'nnb',
  'ongeboren',
  'x',
  'xx',
  'xxx',
  'nvt',
  'na',
  'geen',
])

/** Takes a subject's name fields apart, also when they hold initials, a whole name, or each other's content. */
export function parseNames(
  subject: Pick<LinkSubject, 'voornamen' | 'geslachtsnaam' | 'voorvoegsel'> & Partial<LinkSubject>,
  table: NameTable,
): ParsedNames {
  const fields = wholeNames(subject.voornamen, subject.geslachtsnaam, table)
  const own = surnamesIn(fields.surname)
  const given = withoutSurname(givenIn(fields.given), own.cores)
  return {
    given: given.full,
    initials: given.initials,
    calling: [...given.calling, ...givenIn(subject.roepnaam ?? '').full],
    surnames: own.cores,
    partnerSurnames: surnamesIn(subject.partnernaam ?? '').cores,
    prefix: foldedPrefix(subject.voorvoegsel) || own.prefix,
  }
}

const TEXTS_MAX = 50_000
const givenIn = remembered(parseGiven, TEXTS_MAX)
const surnamesIn = remembered(parseSurname, TEXTS_MAX)
const foldedPrefix = remembered(fold, TEXTS_MAX)

/** "Jan van den Berg" | "Berg": the whole name in the one field, the surname in the other as well. */
function withoutSurname(given: Given, cores: string[]): Given {
  const at = given.full.findIndex((word, index) => index > 0 && cores.includes(word))
  if (at < 0) return given
  const prefix = given.full.findIndex((word, index) => index > 0 && PREFIXES.has(word))
  const end = prefix > 0 && prefix < at ? prefix : at
  return { ...given, full: given.full.slice(0, end), initials: given.initials.slice(0, end) }
}

/** A comma, or one empty field with several words in the other, means a whole name in one field. */
function wholeNames(given: string, surname: string, table: NameTable): { given: string; surname: string } {
  if (surname.includes(',')) {
    const [core, ...rest] = surname.split(',')
    const after = rest.join(' ').trim()
    const words = fold(after).split(' ').filter(isNoPrefix)
    return { given: given || (words.length > 0 ? stripPrefixes(after) : ''), surname: core! }
  }
  if (given.includes(',') && surname === '') {
    const [core, ...rest] = given.split(',')
    return { given: stripPrefixes(rest.join(' ')), surname: core! }
  }
  if (given === '' && surname !== '') return splitWhole(surname, (word) => isKnownGivenName(table, word)) ?? { given, surname }
  if (surname === '' && given !== '') return splitWhole(given, () => true) ?? { given, surname }
  return { given, surname }
}

/** "Jan van den Berg": what stands before the prefix is given, what follows is the surname; without a prefix the last word is. */
function splitWhole(text: string, mayBeGiven: (folded: string) => boolean): { given: string; surname: string } | null {
  const words = text.trim().split(/\s+/)
  if (words.length < 2) return null
  const prefixAt = words.findIndex((word, index) => index > 0 && !isNoPrefix(fold(word)))
  if (prefixAt > 0 && words.slice(prefixAt).some((word) => isNoPrefix(fold(word)))) {
    return { given: words.slice(0, prefixAt).join(' '), surname: words.slice(prefixAt).join(' ') }
  }
  const first = words[0]!
  if (prefixAt > 0 || !(isInitial(first) || mayBeGiven(fold(first)))) return null
  return { given: words.slice(0, -1).join(' '), surname: words.at(-1)! }
}

function stripPrefixes(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => isNoPrefix(fold(word)))
    .join(' ')
}

/** Whether a folded word is more than a tussenvoegsel. */
function isNoPrefix(word: string): boolean {
  return word.split(' ').some((part) => !PREFIXES.has(part))
}

function isInitial(word: string): boolean {
  return /^(?:\p{L}|\p{Lu}[a-z]{0,2}\.|(?:\p{L}\.)+\p{L}?|[BCDFGHJKLMNPQRSTVWXZ]{2,5})$/u.test(word)
}

interface Given {
  full: string[]
  initials: string[]
  calling: string[]
}

function parseGiven(text: string): Given {
  if (UNNAMED.has(fold(text).replaceAll(' ', ''))) return { full: [], initials: [], calling: [] }
  const full: string[] = []
  const initials: string[] = []
  const calling: string[] = []
  const source = repair(text).replace(/[("“'‘]+\s*(\p{L}[\p{L}\p{M} -]+?)\s*[)"”'’]+/gu, (_, name: string) => {
    calling.push(...fold(name).split(' '))
    return ' '
  })
  for (const word of source.split(/[\s,;/_+&]+/)) {
    if (word === '') continue
    if (isInitial(word)) for (const part of fold(word.replace(/\.$/, '')).split(' ')) pushInitials(part, word, initials)
    else
      for (const name of fold(word).split(' '))
        if (isName(name)) full.push(name)
        else if (name.length === 1) initials.push(name)
    while (initials.length < full.length) initials.push(full[initials.length]![0]!)
  }
  return { full, initials: full.length > 0 ? initialsOf(full, initials) : initials, calling: calling.filter(isName) }
}

/** "JPM" is three initials, "Chr." is one. */
function pushInitials(part: string, word: string, initials: string[]): void {
  if (word.endsWith('.') && part.length > 1) initials.push(part[0]!)
  else initials.push(...part)
}

function initialsOf(full: string[], found: string[]): string[] {
  const letters = full.map((name) => name[0]!)
  return found.length > letters.length ? found : letters
}

function isName(word: string): boolean {
  return word.length > 1 && !UNNAMED.has(word) && !TITLES.has(word) && !/\d/.test(word)
}

/** The cores of a surname; double names ("Jansen-de Vries", "Smit geb. Jansen") give several. */
function parseSurname(text: string): { cores: string[]; prefix: string } {
  const folded = fold(
    text
      .replace(/\(([^)]*)\)/g, ' $1 ')
      .split(',')[0]!
      .replace(/v\s*[./]\s*d\.?\s*/gi, 'vd '),
  ).replace(MARRIED, ' ')
  const words = folded.split(' ').filter((word) => word !== '' && !TITLES.has(word) && !UNNAMED.has(word) && !/\d/.test(word))
  const cores = words.filter((word) => !PREFIXES.has(word) && word.length > 1).map((word) => word.replace(GLUED, ''))
  const prefix = words.filter((word) => PREFIXES.has(word)).join(' ')
  if (cores.length > 0) return { cores, prefix }
  return words.length > 0 ? { cores: [words.at(-1)!], prefix: words.slice(0, -1).join(' ') } : { cores, prefix }
}
