import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { daitchMokotoff } from './daitch-mokotoff.ts'
import { isKnownGivenName, NAMES } from './name-table.ts'
import { rememberedUnder } from './remembered.ts'
import { skeleton } from './skeleton.ts'
import { soundKey } from './sound-key.ts'

/** One folded name as tokens. Given names and surnames share their fields, so that swapped ones can be seen. */
export interface NameToken {
  exact: Token
  sound: Token
  /** Daitch-Mokotoff. */
  dm: Token
  skeleton: Token | null
  /** The name with one letter left out, by place; these are compared pair by pair only, so 40 bits do. */
  shorter: Token[]
  /** The whole name as such a shorter one: for a letter that the other has too many. */
  itself: Token
  /** The name with every vowel made the same: a twin differs in a vowel (Emre and Emra) where a slip of the pen seldom does. */
  vowels?: Token
  /** The formal names it may stand for. */
  formal: Token[]
  /** Of these, what hardly anybody is called as well; only where many lines are linked. */
  apart?: Token[] | undefined
  /** Its beginnings and endings of 3 to 6 letters. */
  parts: Token[]
  initial: Token
  /** First letters of the names it may be written as. */
  letters: Token[]
  /** How common as a given name and as a surname: 0 not in the table, to 3 among the commonest. */
  common: [given: number, surname: number]
  /** Whether it is a given name in use; two such names one letter apart are two names, not a slip. */
  known: boolean
}

/** The tokens of a folded name; of names that come back the same object. */
export const nameToken = rememberedUnder(makeToken)

function makeToken(word: string, keys: LinkKeys<Token>): NameToken {
  const name = (value: string): Token => keys.token('naam', value)
  const shorter = (value: string): Token => keys.shortToken('naam-korter', value)
  const bones = skeleton(word)
  return {
    exact: name(word),
    sound: keys.token('klank', soundKey(word)),
    dm: keys.token('klank-dm', daitchMokotoff(word)),
    skeleton: bones === null ? null : keys.token('skelet', bones),
    shorter: shorterOf(word).map(shorter),
    itself: shorter(word),
    vowels: shorter(word.replace(/[aeiouy]/g, '*')),
    formal: (NAMES.formal.get(word) ?? []).map(name),
    parts: partsOf(word).map(name),
    initial: keys.token('voorletter', word[0]!),
    letters: lettersOf(word).map((letter) => keys.token('voorletter', letter)),
    common: [NAMES.given.get(word) ?? 0, NAMES.surnames.get(word) ?? 0],
    known: isKnownGivenName(NAMES, word),
  }
}

function lettersOf(word: string): string[] {
  const names = [word, ...(NAMES.formal.get(word) ?? []), ...(NAMES.short.get(word) ?? [])]
  return [...new Set(names.map((name) => name[0]!))]
}

function partsOf(word: string): string[] {
  const parts: string[] = []
  for (let length = 3; length <= 6 && length < word.length; length++) parts.push(word.slice(0, length), word.slice(-length))
  return [...new Set(parts)]
}

function shorterOf(word: string): string[] {
  return word.length < 3 ? [] : [...word].map((_, at) => word.slice(0, at) + word.slice(at + 1))
}
