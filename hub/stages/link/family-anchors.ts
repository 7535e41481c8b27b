import type { Token } from '../../crypto/derived-keys.ts'
import { digestOfNumbers } from './digest.ts'
import type { NameToken } from './name-token.ts'
import { numbering, perObject } from './numbering.ts'
import type { DateToken, ParentToken, Profile } from './profile.ts'

/** Two surnames so common together say nothing of a couple. */
const COMMON_MAX = 5

const BY_LETTER = 1
const BY_NAME = 2
const BY_LETTERS = 3
const BY_YEAR = 4

/** By what a parent is known: numbers that are equal for what can only be one parent, or one couple. */
export interface FamilyAnchors {
  /** What a parent with these names and birth date, or with these names in this house, would be called; asked when all parents are known. */
  own(profile: Profile): number[]
  parent(parent: ParentToken, profile: Profile): number[]
  /** Two parents of whom not even a birth date is told are a couple by the initials and surnames of both, or by one full name with a year. */
  couple(profile: Profile): number[]
}

export function familyAnchors(): FamilyAnchors {
  const letterOf = numbering<Token>()
  const soundOf = numbering<Token>()
  const { placeOf, toldPlace } = places()
  const sound = (name: NameToken): number => soundOf(name.sound)
  const day = dayAt(placeOf)
  const toldDay = dayAt(toldPlace)
  const inHouse = (anchors: number[], given: NameToken, surnames: NameToken[], house: number): void => {
    for (const name of surnames) anchors.push(digestOfNumbers(BY_NAME, sound(given), sound(name), house))
  }
  const add = (anchors: number[], letters: Token[], surnames: NameToken[], place: number): void => {
    if (place < 0) return
    for (const letter of letters)
      for (const name of surnames) anchors.push(digestOfNumbers(BY_LETTER, sound(name), letterOf(letter), place))
  }

  return {
    own({ given, calling, initials, surnames, partner, date, address }) {
      const anchors: number[] = []
      const house = address?.nr == null ? -1 : toldPlace(address.nr)
      const born = toldDay(date)
      if (house < 0 && born < 0) return anchors
      const named = [given[0], ...calling].filter((name) => name !== undefined)
      for (const names of [surnames, partner]) {
        if (house >= 0) for (const name of named) inHouse(anchors, name, names, house)
        for (const letters of lettersOf(named, initials[0])) {
          add(anchors, letters, names, born)
          add(anchors, letters, names, house)
        }
      }
      return anchors
    },
    parent({ given, initial, surnames, date }, { address }) {
      const anchors: number[] = []
      const house = given && address?.nr != null ? placeOf(address.nr) : -1
      const letters = given ? given.letters : initial ? [initial] : []
      add(anchors, letters, surnames, day(date))
      if (given && house >= 0) inHouse(anchors, given, surnames, house)
      add(anchors, letters, surnames, house)
      return anchors
    },
    couple({ parents }) {
      const [one, other] = parents
      if (!one || !other || parents.length > 2) return []
      const [last, otherLast] = [one.surnames[0], other.surnames[0]]
      if (!last || !otherLast || last.common[1] + otherLast.common[1] >= COMMON_MAX) return []
      const anchors: number[] = []
      const [a, b] = [sound(last), sound(otherLast)]
      if (one.initial && other.initial) anchors.push(ofTwo(letterOf(one.initial), a, letterOf(other.initial), b))
      if (one.given && one.date.y) anchors.push(digestOfNumbers(BY_YEAR, sound(one.given), a, placeOf(one.date.y), b))
      if (other.given && other.date.y) anchors.push(digestOfNumbers(BY_YEAR, sound(other.given), b, placeOf(other.date.y), a))
      return anchors
    },
  }
}

/** Birth dates and houses, by number; -1 as `toldPlace` where none is told of a parent: no parent is found by it. */
function places(): Record<'placeOf' | 'toldPlace', (key: Token) => number> {
  const told = new Map<Token, number>()
  const placeOf = (key: Token): number => {
    const known = told.get(key)
    if (known === undefined) told.set(key, told.size)
    return known ?? told.size - 1
  }
  return { placeOf, toldPlace: (key) => told.get(key) ?? -1 }
}

function dayAt(place: (key: Token) => number): (date: DateToken) => number {
  return perObject(({ y, m, d, newYear }) => (y && m && d && !newYear ? place(`${y}|${m}|${d}`) : -1))
}

function lettersOf(named: NameToken[], initial: Token | undefined): Token[][] {
  return named.length === 0 && initial !== undefined ? [[initial]] : named.map(({ letters }) => letters)
}

/** By initial and surname of both, whichever comes first. */
function ofTwo(letter: number, name: number, otherLetter: number, otherName: number): number {
  const isFirst = letter < otherLetter || (letter === otherLetter && name < otherName)
  return isFirst
    ? digestOfNumbers(BY_LETTERS, letter, name, otherLetter, otherName)
    : digestOfNumbers(BY_LETTERS, otherLetter, otherName, letter, name)
}
