import type { Token } from '../../crypto/derived-keys.ts'
import { surnamesIn } from './line-names.ts'
import type { Lines } from './lines.ts'
import type { NameToken } from './name-token.ts'
import type { ParentToken } from './profile.ts'
import { oneEditApart } from './same-name.ts'

const END = -1

class LinesByPerson {
  /** Per person the last line, and per line the one before it. */
  readonly last: Int32Array
  readonly #before: Int32Array

  constructor(personOf: Int32Array, counts: (line: number) => boolean) {
    this.last = new Int32Array(personOf.length).fill(END)
    this.#before = new Int32Array(personOf.length).fill(END)
    for (let line = 0; line < personOf.length; line++) {
      if (!counts(line)) continue
      this.#before[line] = this.last[personOf[line]!]!
      this.last[personOf[line]!] = line
    }
  }

  of(person: number): number[] {
    const lines: number[] = []
    for (let line = this.last[person]!; line !== END; line = this.#before[line]!) lines.push(line)
    return lines
  }
}

/** What the lines of persons say of their parents, and how persons would be called as a parent. */
export class ParentsTold {
  readonly #lines: Lines
  readonly #linesOf: LinesByPerson
  /** Of these only who names parents. */
  readonly #tellingOf: LinesByPerson

  constructor(lines: Lines, personOf: Int32Array) {
    this.#lines = lines
    this.#linesOf = new LinesByPerson(personOf, () => true)
    this.#tellingOf = new LinesByPerson(personOf, (line) => lines.parents(line).length > 0)
  }

  /** Whether a person may be one of these parents, by his name. */
  isOneOf(person: number, told: readonly ParentToken[]): boolean {
    const own = this.#calledAs(person)
    return told.some((parent) => own.some((one) => mayBeOne(one, parent, told)))
  }

  /** Whether the lines of any of these persons name parents. */
  isAnyTold(persons: readonly number[]): boolean {
    for (const person of persons) if (this.#tellingOf.last[person] !== END) return true
    return false
  }

  /** The surnames that go with a person, by sound: own, a partner's, the parents'; some more than once. */
  surnamesOf(person: number): Token[] {
    const names: Token[] = []
    for (const line of this.#linesOf.of(person)) {
      for (const { sound } of surnamesIn(this.#lines, line)) names.push(sound)
      for (const { surnames } of this.#lines.parents(line)) for (const { sound } of surnames) names.push(sound)
    }
    return names
  }

  /** Whether two persons have a given name or letter and a surname in common. */
  areCalledAlike(one: number, other: number): boolean {
    const others = this.#calledAs(other)
    return this.#calledAs(one).some((name) => others.some((otherName) => mayBeOne(name, otherName, [])))
  }

  /** What a person would be called as a parent, by each of his lines. */
  #calledAs(person: number): ParentToken[] {
    const called: ParentToken[] = []
    for (const line of this.#linesOf.of(person)) {
      const { given, calling, initials, surnames, partner, date } = this.#lines.profile(line)
      const name = given[0] ?? calling[0] ?? null
      const initial = name?.initial ?? initials[0] ?? null
      if (initial !== null)
        called.push({ given: name, initial, surnames: partner.length === 0 ? surnames : [...surnames, ...partner], date })
    }
    return called
  }

  /** The parents whom these persons name by a letter at least and a surname: each writing of them once. */
  of(persons: readonly number[]): ParentToken[] {
    const told = new Set<ParentToken>()
    for (const person of persons)
      for (const line of this.#tellingOf.of(person))
        for (const parent of this.#lines.parents(line))
          if (parent.initial !== null && parent.surnames.length > 0) told.add(parent)
    return [...told]
  }
}

/** How many parents these writings are of, at least: full names first, then letters. */
export function countParents(told: readonly ParentToken[]): number {
  const apart: ParentToken[] = []
  for (const isFull of [true, false])
    for (const parent of told)
      if ((parent.given !== null) === isFull && !apart.some((known) => mayBeOne(known, parent, told))) apart.push(parent)
  return apart.length
}

/** Whether what two families say of their parents is not of one couple: no parent is in both, and together they are more than two; or more than three. */
export function areOtherCouples(some: readonly ParentToken[], others: readonly ParentToken[]): boolean {
  if (some.length === 0 || others.length === 0) return false
  const together = countParents([...some, ...others])
  return together > 3 || (together > 2 && together === countParents(some) + countParents(others))
}

/** One given name or letter, and a surname in common, or that of a partner, whom the others name. */
function mayBeOne(one: ParentToken, other: ParentToken, all: readonly ParentToken[]): boolean {
  if (one.given && other.given ? !isVariant(one.given, other.given) : !haveLetter(one, other)) return false
  return (
    meet(one.surnames, other.surnames) ||
    all.some(
      (parent) =>
        parent !== one && parent !== other && (meet(parent.surnames, one.surnames) || meet(parent.surnames, other.surnames)),
    )
  )
}

function haveLetter(one: ParentToken, other: ParentToken): boolean {
  const letters = lettersOf(other)
  return lettersOf(one).some((letter) => letters.includes(letter))
}

function lettersOf({ given, initial }: ParentToken): (number | string)[] {
  return given ? given.letters : initial === null ? [] : [initial]
}

function isVariant(one: NameToken, other: NameToken): boolean {
  return (
    one.sound === other.sound || oneEditApart(one, other) || one.formal.includes(other.exact) || other.formal.includes(one.exact)
  )
}

function meet(some: readonly NameToken[], others: readonly NameToken[]): boolean {
  return some.some((one) => others.some((other) => one.sound === other.sound || oneEditApart(one, other)))
}
