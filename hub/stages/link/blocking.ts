import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { digestOf, digestOfNumbers } from './digest.ts'
import { remembered } from './remembered.ts'

interface Sound {
  sound: Token
}

interface DateParts {
  y: Token | null
  m: Token | null
  d: Token | null
}

/** What blocking asks of a profile: tokens, no value. */
interface Blockable {
  bsn: Token | null
  given: Sound[]
  calling: Sound[]
  initials: Token[]
  surnames: Sound[]
  partner: Sound[]
  date: DateParts & { newYear: boolean }
  address: { nr: Token | null } | null
  parents: { date: DateParts }[]
}

/** Makes one key of up to six tokens. */
export type KeyMaker<T extends Token> = (kind: string, a: Token, b?: Token, c?: Token, d?: Token, e?: Token, f?: Token) => T

const SURNAMES_MAX = 3

/**
 * Compound blocking keys: two subjects that share one are compared. Each kind has a derived key of its own and always joins
 * two or more parts, so no frequency of a single value shows; a key of which a part is missing is not made.
 */
export function blockingKeys<T extends Token>(profile: Blockable, keyOf: KeyMaker<T>): T[] {
  const { bsn, initials } = profile
  const { y, m, d, newYear } = profile.date
  const found: T[] = []
  const add: (...parts: Parameters<KeyMaker<T>>) => void = (kind, one, other, third, fourth, fifth, sixth) => {
    const key = keyOf(kind, one, other, third, fourth, fifth, sixth)
    if (!found.includes(key)) found.push(key)
  }
  const given: Token[] = []
  addSound(given, profile.given[0])
  addSound(given, profile.calling[0])
  const surnames: Token[] = []
  for (const name of profile.surnames) if (surnames.length < SURNAMES_MAX) addSound(surnames, name)
  for (const name of profile.partner) if (surnames.length < SURNAMES_MAX) addSound(surnames, name)
  const house = profile.address?.nr ?? null
  if (bsn !== null) add('blok-bsn', bsn)
  if (y && m && d) {
    for (const name of given) add('blok-datum-naam', y, m, d, name)
    for (const name of surnames) add('blok-datum-naam', y, m, d, name)
    if (house !== null) add('blok-huis-datum', house, y, m, d)
    for (const { date } of profile.parents)
      if (date.y && date.m && date.d) add('blok-datum-ouder', y, m, d, date.y, date.m, date.d)
    if (m !== d && initials[0] !== undefined)
      for (const name of surnames) add('blok-omgekeerd', y, lower(m, d), higher(m, d), initials[0], name)
  }
  if (house !== null) for (const name of given) add('blok-huis-naam', house, name)
  if (y && house !== null) for (const name of surnames) add('blok-huis-jaar', house, y, name)
  for (const first of given) {
    for (const last of surnames) {
      const [one, other] = [lower(first, last), higher(first, last)]
      if (y) add('blok-jaar-namen', y, one, other)
      if (m && d && !newYear) add('blok-dag-namen', m, d, one, other)
    }
  }
  return found
}

/** Keys under a derived key per kind: for the index, and for files. */
export function hashedKeys({ token }: LinkKeys): KeyMaker<string> {
  return (kind, ...parts) => token(kind, parts.filter((part) => part !== undefined).join('|'))
}

/** Keys made of the numbers that plain tokens are. */
export function numberKeys(): KeyMaker<number> {
  const kinds = remembered(digestOf, KINDS_MAX)
  const number = (part?: Token): number => (part === undefined ? 0 : Number(part))
  return (kind, a, b, c, d, e, f) =>
    digestOfNumbers(kinds(kind), number(a), number(b), number(c), number(d), number(e), number(f))
}

const KINDS_MAX = 100

/** The keys under which a subject stands in the index and looks for others: distinct, none for a missing part. */
export function blockingKeysOf(profile: { keys: string[] }): string[] {
  return profile.keys
}

function addSound(sounds: Token[], name: Sound | undefined): void {
  if (name !== undefined && !sounds.includes(name.sound)) sounds.push(name.sound)
}

function lower(one: Token, other: Token): Token {
  return one < other ? one : other
}

function higher(one: Token, other: Token): Token {
  return one < other ? other : one
}
