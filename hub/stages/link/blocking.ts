import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { digestOf, digestOfTwo } from './digest.ts'
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

/** Makes one key of several tokens. */
export interface KeyMaker<T extends Token> {
  /** Two tokens (or what was joined before) as one. */
  join(one: Token, other: Token): Token
  key(kind: string, joined: Token): T
}

/**
 * Compound blocking keys: two subjects that share one are compared. Each kind has a derived key of its own and always joins
 * two or more parts, so no frequency of a single value shows; a key of which a part is missing is not made.
 */
export function blockingKeys<T extends Token>(profile: Blockable, { join, key }: KeyMaker<T>): T[] {
  const { date, bsn } = profile
  const found: T[] = []
  const add = (kind: string, value: Token): void => {
    const made = key(kind, value)
    if (!found.includes(made)) found.push(made)
  }
  const pair = (one: Token, other: Token): Token => (one < other ? join(one, other) : join(other, one))
  const given = soundsOf([...profile.given.slice(0, 1), ...profile.calling.slice(0, 1)])
  const surnames = soundsOf([...profile.surnames, ...profile.partner]).slice(0, 3)
  const pairs = given.flatMap((first) => surnames.map((last) => pair(first, last)))
  const day = date.y && date.m && date.d ? join(join(date.y, date.m), date.d) : null
  const house = profile.address?.nr ?? null
  if (bsn !== null) add('blok-bsn', bsn)
  if (day !== null) {
    for (const name of [...given, ...surnames]) add('blok-datum-naam', join(day, name))
    if (house !== null) add('blok-huis-datum', join(house, day))
    for (const parent of profile.parents) {
      const { y, m, d } = parent.date
      if (y && m && d) add('blok-datum-ouder', join(join(join(day, y), m), d))
    }
    const [initial] = profile.initials
    if (date.m !== date.d && initial !== undefined)
      for (const name of surnames) add('blok-omgekeerd', join(join(join(date.y!, pair(date.m!, date.d!)), initial), name))
  }
  if (house !== null) for (const name of given) add('blok-huis-naam', join(house, name))
  if (date.y) {
    if (house !== null) for (const name of surnames) add('blok-huis-jaar', join(join(house, date.y), name))
    for (const names of pairs) add('blok-jaar-namen', join(date.y, names))
  }
  if (date.m && date.d && !date.newYear) for (const names of pairs) add('blok-dag-namen', join(join(date.m, date.d), names))
  return found
}

/** Keys under a derived key per kind: for the index, and for files. */
export function hashedKeys({ token }: LinkKeys): KeyMaker<string> {
  return { join: (one, other) => `${one}|${other}`, key: (kind, joined) => token(kind, String(joined)) }
}

/** Keys made of the numbers that plain tokens are. */
export function numberKeys(): KeyMaker<number> {
  const kinds = remembered(digestOf, KINDS_MAX)
  return {
    join: (one, other) => digestOfTwo(one as number, other as number),
    key: (kind, joined) => digestOfTwo(kinds(kind), joined as number),
  }
}

const KINDS_MAX = 100

/** The keys under which a subject stands in the index and looks for others: distinct, none for a missing part. */
export function blockingKeysOf(profile: { keys: string[] }): string[] {
  return profile.keys
}

/** Each once, in order. */
function soundsOf(names: Sound[]): Token[] {
  const sounds: Token[] = []
  for (const { sound } of names) if (!sounds.includes(sound)) sounds.push(sound)
  return sounds
}
