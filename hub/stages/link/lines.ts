import type { Token } from '../../crypto/derived-keys.ts'
import { digestOf } from './digest.ts'
import type { LinkLine } from './line.ts'
import { NameLists } from './name-lists.ts'
import { NumberColumn } from './number-column.ts'
import { numbering } from './numbering.ts'
import type { AddressToken, DateToken, ParentToken, Profile } from './profile.ts'
import type { Rid } from './subject.ts'

/** Room for so many names, sounds and birth dates in one number; a number that does not fit costs one wrong count, nothing else. */
const ROOM = 2 ** 17

/** The places in a line's row. */
const [GIVEN, CALLING, SURNAMES, PARTNER, ADDRESS, DATE, INITIALS, PARENTS] = [0, 1, 2, 3, 4, 5, 6, 7] as const
const [GIVEN_ALL, SURNAME_ALL, BSN, SEX, IN_USE, NAMESAKES] = [8, 9, 10, 11, 12, 13] as const
const ROW = 14
const NO_KEYS: string[] = []
const NO_PARENTS: ParentToken[] = []

/**
 * All lines of a file in memory, by column: a line is a row of small numbers, and what many lines have in common (names, dates, addresses) is
 * kept once. A profile is made when somebody asks for it.
 */
export class Lines {
  readonly rids: Rid[] = []
  /** The blocking keys of all lines in a row, as digests; those of a line begin at `keyStarts[line]`. */
  readonly keys = NumberColumn.ofDigests()
  readonly keyStarts = NumberColumn.ofNumbers(0)
  readonly names = new NameLists()
  readonly addresses: (AddressToken | null)[] = []
  /** The birth dates that differ. */
  readonly dates: DateToken[] = []
  /** By number of a birth date: who is born then is a grown-up. */
  readonly grown: boolean[] = []
  /** Per line `ROW` numbers, side by side: who looks at a line needs most of them. */
  readonly #rows = NumberColumn.ofNumbers()
  readonly #parents: ParentToken[][] = [NO_PARENTS]
  readonly #initials: Token[][] = []
  readonly #textNumber = numbering()
  readonly #dateNumbers = new Map<DateToken, number>()
  readonly #addressNumbers = new Map<AddressToken, number>()
  /** By number: the whole birth date that is known, the house; -1 for any other. */
  readonly #days: number[] = []
  readonly #houses: number[] = []
  readonly #doors: number[] = []
  readonly #dayOf = numbering()
  #houseOf = numbering<Token>()
  #doorOf = numbering<Token>()
  readonly #initialLists = new Map<string, number>()

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
    const row = this.#rows
    row.push(this.names.numberOf(profile.given))
    row.push(this.names.numberOf(profile.calling))
    row.push(this.names.numberOf(profile.surnames))
    row.push(this.names.numberOf(profile.partner))
    row.push(this.#addressNumber(profile.address))
    row.push(this.#dateNumber(profile.date))
    row.push(this.#initialsNumber(profile.initials))
    row.push(profile.parents.length === 0 ? 0 : this.#parents.push(profile.parents) - 1)
    row.push(this.#tokenNumber(profile.givenAll))
    row.push(this.#tokenNumber(profile.surnameAll))
    row.push(this.#tokenNumber(profile.bsn))
    row.push(this.#tokenNumber(profile.sex))
    row.push(0)
    row.push(0)
  }

  /** No line comes any more: forgets by what a line finds what it has in common with others. */
  complete(): void {
    for (const found of [this.#dateNumbers, this.#addressNumbers, this.#initialLists]) found.clear()
    this.#houseOf = numbering()
    this.#doorOf = numbering()
  }

  profile(line: number): Profile {
    const names = this.names.all
    const row = line * ROW
    const address = this.#rows.at(row + ADDRESS)
    return {
      epoch: '',
      keys: NO_KEYS,
      bsn: tokenOf(this.#rows.at(row + BSN)),
      given: names[this.#rows.at(row + GIVEN)]!,
      calling: names[this.#rows.at(row + CALLING)]!,
      initials: this.#initials[this.#rows.at(row + INITIALS)]!,
      firstInUse: this.#rows.at(row + IN_USE) === 1,
      grown: this.grown[this.#rows.at(row + DATE)] === true,
      manyNamesakes: this.#rows.at(row + NAMESAKES) === 1,
      givenAll: tokenOf(this.#rows.at(row + GIVEN_ALL)),
      surnames: names[this.#rows.at(row + SURNAMES)]!,
      partner: names[this.#rows.at(row + PARTNER)]!,
      surnameAll: tokenOf(this.#rows.at(row + SURNAME_ALL)),
      date: this.dates[this.#rows.at(row + DATE)]!,
      sex: tokenOf(this.#rows.at(row + SEX)),
      address: address < 0 ? null : this.addresses[address]!,
      parents: this.#parents[this.#rows.at(row + PARENTS)]!,
    }
  }

  /** The lists of names of a line, by number in `names`. */
  given(line: number): number {
    return this.#rows.at(line * ROW + GIVEN)
  }

  calling(line: number): number {
    return this.#rows.at(line * ROW + CALLING)
  }

  surnames(line: number): number {
    return this.#rows.at(line * ROW + SURNAMES)
  }

  partner(line: number): number {
    return this.#rows.at(line * ROW + PARTNER)
  }

  parents(line: number): ParentToken[] {
    return this.#parents[this.#rows.at(line * ROW + PARENTS)]!
  }

  /** The number of a line's BSN; -1 without one. */
  bsn(line: number): number {
    return this.#rows.at(line * ROW + BSN)
  }

  /** The birth date of a line, by number in `dates`. */
  date(line: number): number {
    return this.#rows.at(line * ROW + DATE)
  }

  /** The address of a line, by number in `addresses`; -1 without one. */
  address(line: number): number {
    return this.#rows.at(line * ROW + ADDRESS)
  }

  /** A whole birth date that is known, as a number; -1 for any other. */
  day(line: number): number {
    return this.#days[this.date(line)]!
  }

  /** A house, as a number; -1 without one. */
  house(line: number): number {
    const address = this.address(line)
    return address < 0 ? -1 : this.#houses[address]!
  }

  /** The name somebody goes by, at a birth date and surname; -1 where a part is missing. */
  spelling(line: number): number {
    const { first, sound } = this.names
    const name = first[this.given(line)]! < 0 ? first[this.calling(line)]! : first[this.given(line)]!
    const last = sound[this.surnames(line)]!
    const born = this.day(line)
    return name >= 0 && last >= 0 && born >= 0 ? (name * ROOM + last) * ROOM + born : -1
  }

  /** An address with its addition, as a number; -1 without one. */
  door(line: number): number {
    const address = this.address(line)
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
    this.#rows.set(line * ROW + IN_USE, 1)
  }

  /** So many others are called like this line that one of them may well have its birth date. */
  hasNamesakes(line: number): void {
    this.#rows.set(line * ROW + NAMESAKES, 1)
  }

  /** The only given name and the only surname of a line take each other's place. */
  swapNames(line: number): void {
    const [given, surnames] = [this.surnames(line), this.given(line)]
    const [name, last] = [this.names.all[given]![0]!, this.names.all[surnames]![0]!]
    const row = line * ROW
    this.#rows.set(row + GIVEN, given)
    this.#rows.set(row + SURNAMES, surnames)
    this.#rows.set(row + GIVEN_ALL, this.#tokenNumber(name.exact))
    this.#rows.set(row + SURNAME_ALL, this.#tokenNumber(last.exact))
    this.#rows.set(row + INITIALS, this.#initialsNumber([name.initial]))
  }

  #dateNumber(date: DateToken): number {
    const known = this.#dateNumbers.get(date)
    if (known !== undefined) return known
    const { y, m, d, newYear } = date
    this.#dateNumbers.set(date, this.dates.length)
    this.#days.push(y && m && d && !newYear ? this.#dayOf(`${y}|${m}|${d}`) : -1)
    return this.dates.push(date) - 1
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

  #initialsNumber(initials: Token[]): number {
    const key = initials.join('|')
    const known = this.#initialLists.get(key)
    if (known !== undefined) return known
    this.#initialLists.set(key, this.#initials.length)
    return this.#initials.push(initials) - 1
  }

  #tokenNumber(token: Token | null): number {
    return token === null ? -1 : typeof token === 'number' ? token : this.#textNumber(token)
  }
}

function tokenOf(number: number): Token | null {
  return number < 0 ? null : number
}

/** The name and surname of a spelling, whatever the birth date, as a number. */
export function fullNameOf(spelling: number): number {
  return Math.floor(spelling / ROOM)
}

/** The name of a spelling, and the surname and birth date at which it stands, as numbers. */
export function partsOf(spelling: number): { name: number; family: number } {
  return { name: Math.floor(spelling / (ROOM * ROOM)), family: spelling % (ROOM * ROOM) }
}
