import type { Token } from '../../crypto/derived-keys.ts'
import { digestOf } from './digest.ts'
import type { LinkLine } from './line.ts'
import { NameLists } from './name-lists.ts'
import { NumberColumn } from './number-column.ts'
import { numbering } from './numbering.ts'
import type { AddressToken, DateToken, ParentToken, Profile } from './profile.ts'

/** Room for so many names, sounds and birth dates in one number; a number that does not fit costs one wrong count, nothing else. */
const ROOM = 2 ** 17

/**
 * All lines of a file in memory, by column: a line is a row of small numbers, and what many lines have in common (names, dates, addresses) is
 * kept once. A profile is made when somebody asks for it.
 */
export class Lines {
  readonly rids: string[] = []
  /** The blocking keys of all lines in a row, as digests; those of a line begin at `keyStarts[line]`. */
  readonly keys = NumberColumn.ofDigests()
  readonly keyStarts = NumberColumn.ofNumbers(0)
  /** Twins are so few among the lines that a letter in another's place is a slip. */
  fewTwins = false
  readonly names = new NameLists()
  /** Per line its lists of names, by number. */
  readonly given = NumberColumn.ofNumbers()
  readonly calling = NumberColumn.ofNumbers()
  readonly surnames = NumberColumn.ofNumbers()
  readonly partner = NumberColumn.ofNumbers()
  /** Per line its address, by number; -1 without one. */
  readonly address = NumberColumn.ofNumbers()
  readonly addresses: (AddressToken | null)[] = []
  readonly parents: ParentToken[][] = []
  readonly #initials: Token[][] = []
  readonly #givenAll: (Token | null)[] = []
  readonly #surnameAll: (Token | null)[] = []
  readonly #firstInUse: boolean[] = []
  readonly #bsn: (Token | null)[] = []
  readonly #sex: (Token | null)[] = []
  readonly #date = NumberColumn.ofNumbers()
  readonly #dates: DateToken[] = []
  readonly #dateNumbers = new Map<DateToken, number>()
  readonly #addressNumbers = new Map<AddressToken, number>()
  /** By number: the whole birth date that is known, the house; -1 for any other. */
  readonly #days: number[] = []
  readonly #houses: number[] = []
  readonly #doors: number[] = []
  readonly #dayOf = numbering()
  #houseOf = numbering<Token>()
  #doorOf = numbering<Token>()
  readonly #initialLists = new Map<string, Token[]>()

  static of(lines: Iterable<LinkLine>): Lines {
    const all = new Lines()
    for (const line of lines) all.add(line)
    return all
  }

  get length(): number {
    return this.rids.length
  }

  add({ rid, profile, keys }: LinkLine): void {
    this.rids.push(rid)
    for (const key of keys) this.keys.push(typeof key === 'number' ? key : digestOf(key))
    this.keyStarts.push(this.keys.length)
    this.given.push(this.names.numberOf(profile.given))
    this.calling.push(this.names.numberOf(profile.calling))
    this.surnames.push(this.names.numberOf(profile.surnames))
    this.partner.push(this.names.numberOf(profile.partner))
    this.address.push(this.#addressNumber(profile.address))
    this.parents.push(profile.parents.length === 0 ? NO_PARENTS : profile.parents)
    this.#initials.push(this.#sameInitials(profile.initials))
    this.#givenAll.push(profile.givenAll)
    this.#surnameAll.push(profile.surnameAll)
    this.#firstInUse.push(false)
    this.#bsn.push(profile.bsn)
    this.#sex.push(profile.sex)
    this.#date.push(this.#dateNumber(profile.date))
  }

  /** No line comes any more: forgets by what a line finds what it has in common with others. */
  complete(): void {
    for (const found of [this.#dateNumbers, this.#addressNumbers, this.#initialLists]) found.clear()
    this.#houseOf = numbering()
    this.#doorOf = numbering()
  }

  profile(line: number): Profile {
    const names = this.names.all
    const address = this.address.at(line)
    return {
      epoch: '',
      keys: NO_KEYS,
      bsn: this.#bsn[line]!,
      given: names[this.given.at(line)]!,
      calling: names[this.calling.at(line)]!,
      initials: this.#initials[line]!,
      firstInUse: this.#firstInUse[line]!,
      fewTwins: this.fewTwins,
      givenAll: this.#givenAll[line]!,
      surnames: names[this.surnames.at(line)]!,
      partner: names[this.partner.at(line)]!,
      surnameAll: this.#surnameAll[line]!,
      date: this.#dates[this.#date.at(line)]!,
      sex: this.#sex[line]!,
      address: address < 0 ? null : this.addresses[address]!,
      parents: this.parents[line]!,
    }
  }

  bsn(line: number): Token | null {
    return this.#bsn[line]!
  }

  date(line: number): DateToken {
    return this.#dates[this.#date.at(line)]!
  }

  /** A whole birth date that is known, as a number; -1 for any other. */
  day(line: number): number {
    return this.#days[this.#date.at(line)]!
  }

  /** A house, as a number; -1 without one. */
  house(line: number): number {
    const address = this.address.at(line)
    return address < 0 ? -1 : this.#houses[address]!
  }

  /** The name somebody goes by, at a birth date and surname; -1 where a part is missing. */
  spelling(line: number): number {
    const { first, sound } = this.names
    const given = first[this.given.at(line)]!
    const name = given < 0 ? first[this.calling.at(line)]! : given
    const last = sound[this.surnames.at(line)]!
    const born = this.day(line)
    return name >= 0 && last >= 0 && born >= 0 ? (name * ROOM + last) * ROOM + born : -1
  }

  /** An address with its addition, as a number; -1 without one. */
  door(line: number): number {
    const address = this.address.at(line)
    return address < 0 ? -1 : this.#doors[address]!
  }

  doorOf(address: number): number {
    return this.#doors[address]!
  }

  houseOf(address: number): number {
    return this.#houses[address]!
  }

  /** The first given name of a line is no slip. */
  isInUse(line: number): void {
    this.#firstInUse[line] = true
  }

  /** The only given name and the only surname of a line take each other's place. */
  swapNames(line: number): void {
    const [given, surnames] = [this.surnames.at(line), this.given.at(line)]
    const [name, last] = [this.names.all[given]![0]!, this.names.all[surnames]![0]!]
    this.given.set(line, given)
    this.surnames.set(line, surnames)
    this.#givenAll[line] = name.exact
    this.#surnameAll[line] = last.exact
    this.#initials[line] = [name.initial]
  }

  #dateNumber(date: DateToken): number {
    const known = this.#dateNumbers.get(date)
    if (known !== undefined) return known
    const { y, m, d, newYear } = date
    this.#dateNumbers.set(date, this.#dates.length)
    this.#days.push(y && m && d && !newYear ? this.#dayOf(`${y}|${m}|${d}`) : -1)
    return this.#dates.push(date) - 1
  }

  #addressNumber(address: AddressToken | null): number {
    if (address === null) return -1
    const known = this.#addressNumbers.get(address)
    if (known !== undefined) return known
    this.#addressNumbers.set(address, this.addresses.length)
    this.#houses.push(address.nr === null ? -1 : this.#houseOf(address.nr))
    this.#doors.push(this.#doorOf(address.full))
    return this.addresses.push(address) - 1
  }

  #sameInitials(initials: Token[]): Token[] {
    const key = initials.join('|')
    const known = this.#initialLists.get(key)
    if (known === undefined) this.#initialLists.set(key, initials)
    return known ?? initials
  }
}

/** The name of a spelling, and the surname and birth date at which it stands, as numbers. */
export function partsOf(spelling: number): { name: number; family: number } {
  return { name: Math.floor(spelling / (ROOM * ROOM)), family: spelling % (ROOM * ROOM) }
}

const NO_KEYS: string[] = []
const NO_PARENTS: ParentToken[] = []
