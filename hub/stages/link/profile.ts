import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { datePartsOf } from './birth-date.ts'
import { blockingKeys, hashedKeys } from './blocking.ts'
import { validBsn } from './bsn.ts'
import { fold } from './fold.ts'
import { NAMES } from './name-table.ts'
import { type NameToken, nameToken } from './name-token.ts'
import { parseNames } from './names.ts'
import { rememberedUnder } from './remembered.ts'
import type { LinkSubject, SubjectParent } from './subject.ts'

/** A birth date as tokens per part; `near` and the wild cards let one wrong digit be seen without seeing the digits. */
export interface DateToken {
  y: Token | null
  m: Token | null
  d: Token | null
  /** Tokens of the years beside it. */
  near: Token[]
  /** The parts with one digit left out at each place, and the year with its digits sorted. */
  yw: Token[]
  mw: Token[]
  dw: Token[]
  newYear: boolean
}

export interface AddressToken {
  /** Postcode, number and addition. */
  full: Token
  /** Postcode and number; null without a number. */
  nr: Token | null
  pc: Token
  /** First four digits and number. */
  area: Token | null
  /** Postcode's letters and number: a wrong digit in the postcode. */
  letters?: Token | null
  pc4: Token
  /** Houses from or to which the household is seen to have moved; only where many lines are linked together. */
  movedWith?: Token[]
}

export interface ParentToken {
  given: NameToken | null
  initial: Token | null
  surnames: NameToken[]
  date: DateToken
}

/** Everything the scorer may know of a subject: tokens under keys of one epoch, no value. Serialisable as JSON. */
export interface Profile {
  epoch: string
  /** Blocking keys, for the index. */
  keys: string[]
  bsn: Token | null
  given: NameToken[]
  calling: NameToken[]
  initials: Token[]
  /** The first given name is seen more than once for this birth date and surname, so it is no slip; only where many lines are linked. */
  firstInUse?: boolean
  /** So many others are called like this that one of them may well have this birth date; only where many lines are linked. */
  manyNamesakes?: boolean
  /** Born in a year in which parents are born and not children: a twin would live elsewhere; only where many lines are linked. */
  grown?: boolean
  /** All given names as one word. */
  givenAll: Token | null
  surnames: NameToken[]
  partner: NameToken[]
  /** Prefix and cores as one word. */
  surnameAll: Token | null
  date: DateToken
  sex: Token | null
  address: AddressToken | null
  parents: ParentToken[]
}

const SEXES: Record<string, string> = {
  man: 'm',
  m: 'm',
  jongen: 'm',
  male: 'm',
  '1': 'm',
  vrouw: 'v',
  v: 'v',
  meisje: 'v',
  f: 'v',
  female: 'v',
  '2': 'v',
}

/** Normalises a subject and turns it into tokens. Never fails: what cannot be read is as missing. */
export function profileOf(subject: LinkSubject, keys: LinkKeys): Profile {
  const profile = tokensOf(subject, keys)
  profile.keys = blockingKeys(profile, hashedKeys(keys))
  return profile
}

/** The same without blocking keys. */
export function tokensOf(subject: LinkSubject, keys: LinkKeys<Token>): Profile {
  const names = parseNames(subject, NAMES)
  const bsn = validBsn(subject.bsn)
  const sex = SEXES[subject.geslacht.toLowerCase()]
  return {
    epoch: keys.epoch,
    keys: [],
    bsn: bsn === null ? null : keys.token('bsn', bsn),
    given: namesOf(names.given, keys),
    calling: namesOf(names.calling, keys),
    initials: letterTokens(names.initials.join(''), keys),
    givenAll: wholeOf('', names.given, keys),
    surnames: namesOf(names.surnames, keys),
    partner: namesOf(names.partnerSurnames, keys),
    surnameAll: wholeOf(names.prefix, names.surnames, keys),
    date: dateToken(subject.geboortedatum, keys),
    sex: sex === undefined ? null : keys.token('geslacht', sex),
    address: addressToken(subject.postcode + BETWEEN + subject.huisnummer + BETWEEN + subject.toevoeging, keys),
    parents: parentTokens(subject.ouders, keys),
  }
}

function namesOf(words: string[], keys: LinkKeys<Token>): NameToken[] {
  return words.length === 0 ? NO_NAMES : nameTokens(words.join(' '), keys)
}

/** Prefix and words as one word; null without a word. */
function wholeOf(prefix: string, words: string[], keys: LinkKeys<Token>): Token | null {
  if (words.length === 0) return null
  if (words.length === 1 && prefix === '') return nameToken(words[0]!, keys).exact
  return wholeToken(`${prefix} ${words.join(' ')}`, keys)
}

const NO_NAMES: NameToken[] = []

/** What comes back in other lines is the same object, made once. Of names, letters and parts of a name: between blanks. */
const nameTokens = rememberedUnder((names, keys) => [...new Set(names.split(' '))].map((word) => nameToken(word, keys)))
const letterTokens = rememberedUnder((letters, keys) => [...letters].map((letter) => keys.token('voorletter', letter)))
const wholeToken = rememberedUnder((parts, keys) => keys.token('naam', parts.replaceAll(' ', '')))

/** Between fields that are remembered together; in no value that counts. */
const BETWEEN = '\u0001'

/** Dates, houses and parents come back in other lines: then they are the same object, made once. */
export const dateToken = rememberedUnder(makeDateToken)
const addressToken = rememberedUnder(makeAddressToken)
const parentToken = rememberedUnder(makeParentToken)

function makeDateToken(text: string, keys: LinkKeys<Token>): DateToken {
  const { year, month, day, newYear } = datePartsOf(text)
  const part = (field: string, value: string | null): Token | null => (value === null ? null : keys.token(field, value))
  return {
    y: part('jaar', year),
    m: part('dag-of-maand', month),
    d: part('dag-of-maand', day),
    near: year === null ? [] : [Number(year) - 1, Number(year) + 1].map((other) => keys.token('jaar', String(other))),
    yw: year === null ? [] : [...wildcards(year), [...year].sort().join('')].map((value) => keys.token('jaar-cijfers', value)),
    mw: month === null ? [] : wildcards(month).map((value) => keys.token('dag-of-maand-cijfers', value)),
    dw: day === null ? [] : wildcards(day).map((value) => keys.token('dag-of-maand-cijfers', value)),
    newYear,
  }
}

function wildcards(digits: string): string[] {
  return [...digits].map((_, at) => `${digits.slice(0, at)}*${digits.slice(at + 1)}`)
}

/** House number and addition may stand in one field ("12-A"). */
function makeAddressToken(text: string, keys: LinkKeys<Token>): AddressToken | null {
  const [written = '', house = '', suffix = ''] = text.split(BETWEEN)
  const postcode = written.replace(/\s/g, '').toUpperCase()
  if (!/^\d{4}/.test(postcode)) return null
  const [, number, rest] = /^0*(\d+)\s*(.*)$/.exec(house) ?? []
  const addition = fold(`${rest ?? ''}${suffix}`).replaceAll(' ', '')
  const pc4 = postcode.slice(0, 4)
  return {
    full: keys.token('adres', `${postcode}|${number ?? ''}|${addition}`),
    nr: number === undefined ? null : keys.token('huis', `${postcode}|${number}`),
    pc: keys.token('postcode', postcode),
    area: number === undefined ? null : keys.token('wijk-nummer', `${pc4}|${number}`),
    letters: number === undefined || postcode.length < 6 ? null : keys.token('letters-nummer', `${postcode.slice(4)}|${number}`),
    pc4: keys.token('wijk', pc4),
  }
}

function parentTokens(parents: SubjectParent[], keys: LinkKeys<Token>): ParentToken[] {
  const tokens: ParentToken[] = []
  for (const { voornamen, voorvoegsel, geslachtsnaam, geboortedatum } of parents) {
    const token = parentToken(voornamen + BETWEEN + voorvoegsel + BETWEEN + geslachtsnaam + BETWEEN + geboortedatum, keys)
    if (token !== null) tokens.push(token)
  }
  return tokens.slice()
}

function makeParentToken(text: string, keys: LinkKeys<Token>): ParentToken | null {
  const [voornamen = '', voorvoegsel = '', geslachtsnaam = '', geboortedatum = ''] = text.split(BETWEEN)
  const names = parseNames({ voornamen, voorvoegsel, geslachtsnaam }, NAMES)
  const [first] = [...names.given, ...names.calling]
  const date = dateToken(geboortedatum, keys)
  if (names.surnames.length === 0 && first === undefined && date.y === null) return null
  return {
    given: first === undefined ? null : nameToken(first, keys),
    initial: names.initials[0] === undefined ? null : keys.token('voorletter', names.initials[0]),
    surnames: names.surnames.map((word) => nameToken(word, keys)),
    date,
  }
}
