import type { Token } from '../../crypto/derived-keys.ts'
import { HubError } from '../../errors.ts'
import type { LinkLine } from './line.ts'
import type { NameToken } from './name-token.ts'
import type { AddressToken, DateToken, ParentToken } from './profile.ts'
import { isRid, type Rid } from './subject.ts'

/**
 * Lines of the linker as lines of text, without the name of a field. What comes back is written once and pointed to by its place among its kind:
 * a line with `n` is a name, with `d` a birth date, with `a` an address, with `o` a parent; a line with `r` is a registration. What that is called
 * (`rid`) stays as it is.
 */
export class TokenWriter {
  #lines: string[] = []
  readonly #name = this.#once('n', packName, ({ exact }) => exact)
  readonly #date = this.#once('d', packDate)
  readonly #address = this.#once('a', packAddress)
  readonly #parent = this.#once('o', ({ given, initial, surnames, date }: ParentToken): PackedParent => {
    return [given && this.#name(given), initial, surnames.map(this.#name), this.#date(date)]
  })

  /** The lines to write for one input line. */
  write({ rid, profile, keys }: LinkLine): string {
    const packed: PackedProfile = [
      keys,
      profile.bsn,
      profile.given.map(this.#name),
      profile.calling.map(this.#name),
      profile.initials,
      profile.givenAll,
      profile.surnames.map(this.#name),
      profile.partner.map(this.#name),
      profile.surnameAll,
      this.#date(profile.date),
      profile.sex,
      profile.address && this.#address(profile.address),
      profile.parents.map(this.#parent),
    ]
    const text = `${this.#lines.join('')}${JSON.stringify({ r: rid, p: packed })}\n`
    this.#lines = []
    return text
  }

  /** Writes a line for a thing that was not seen before (by `keyOf`); answers its number among its kind. */
  #once<T, P>(kind: string, pack: (thing: T) => P, keyOf: (thing: T) => unknown = (thing) => thing): (thing: T) => number {
    const known = new Map<unknown, number>()
    return (thing) => {
      const key = keyOf(thing)
      const before = known.get(key)
      if (before !== undefined) return before
      const packed = pack(thing)
      this.#lines.push(`${JSON.stringify({ [kind]: packed })}\n`)
      known.set(key, known.size)
      return known.size - 1
    }
  }
}

/** Reads what `TokenWriter` wrote, line by line. Throws `ongeldige-invoer` for a line of another making. */
export class TokenReader {
  readonly #names: NameToken[] = []
  readonly #dates: DateToken[] = []
  readonly #addresses: AddressToken[] = []
  readonly #parents: ParentToken[] = []
  readonly #lists = new Map<string, NameToken[]>()

  /** The registration on a line; null for a line that holds what registrations point to. */
  read(line: string, epoch: string): LinkLine | null {
    const { n: name, d: date, a: address, o: parent, r: rid, p: packed } = parse(line)
    if (name) this.#names.push(nameOf(name))
    else if (date) this.#dates.push(dateOf(date))
    else if (address) this.#addresses.push(addressOf(address))
    else if (parent) this.#parents.push(this.#parentOf(parent))
    else if (isRid(rid) && packed) return this.#lineOf(rid, packed, epoch)
    else throw new HubError('ongeldige-invoer', { detail: 'Dit is geen bestand met tokens.' })
    return null
  }

  #lineOf(rid: Rid, packed: PackedProfile, epoch: string): LinkLine {
    const [keys, bsn, given, calling, initials, givenAll, surnames, partner, surnameAll, date, sex, address, parents] = packed
    const profile = {
      epoch,
      keys: [],
      bsn,
      given: this.#namesOf(given),
      calling: this.#namesOf(calling),
      initials,
      givenAll,
      surnames: this.#namesOf(surnames),
      partner: this.#namesOf(partner),
      surnameAll,
      date: this.#dates[date]!,
      sex,
      address: address === null ? null : this.#addresses[address]!,
      parents: parents.map((number) => this.#parents[number]!),
    }
    return { rid, profile, keys }
  }

  #parentOf([given, initial, surnames, date]: PackedParent): ParentToken {
    return {
      given: given === null ? null : this.#names[given]!,
      initial,
      surnames: this.#namesOf(surnames),
      date: this.#dates[date]!,
    }
  }

  /** The same list for the same names. */
  #namesOf(numbers: number[]): NameToken[] {
    const key = numbers.join('|')
    const known = this.#lists.get(key)
    if (known !== undefined) return known
    const list = numbers.map((number) => this.#names[number]!)
    this.#lists.set(key, list)
    return list
  }
}

type Part = Token | null
export type PackedName = ReturnType<typeof packName>
export type PackedDate = ReturnType<typeof packDate>
type PackedAddress = ReturnType<typeof packAddress>
type PackedParent = [given: number | null, initial: Part, surnames: number[], date: number]
type PackedProfile = [
  keys: readonly Token[],
  bsn: Part,
  given: number[],
  calling: number[],
  initials: Token[],
  givenAll: Part,
  surnames: number[],
  partner: number[],
  surnameAll: Part,
  date: number,
  sex: Part,
  address: number | null,
  parents: number[],
]

interface Parsed {
  n?: PackedName
  d?: PackedDate
  a?: PackedAddress
  o?: PackedParent
  r?: unknown
  p?: PackedProfile
}

function parse(line: string): Parsed {
  try {
    return JSON.parse(line)
  } catch {
    throw new HubError('ongeldige-invoer', { detail: 'Dit is geen bestand met tokens.' })
  }
}

export function packName(name: NameToken) {
  const { exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known, vowels } = name
  return [exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known, vowels] as const
}

export function nameOf(packed: PackedName): NameToken {
  const [exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known, vowels] = packed
  return { exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known, vowels }
}

export function packDate({ y, m, d, near, yw, mw, dw, newYear }: DateToken) {
  return [y, m, d, near, yw, mw, dw, newYear] as const
}

export function dateOf([y, m, d, near, yw, mw, dw, newYear]: PackedDate): DateToken {
  return { y, m, d, near, yw, mw, dw, newYear }
}

export function packAddress({ full, nr, pc, area, pc4, letters }: AddressToken) {
  return [full, nr, pc, area, pc4, letters] as const
}

export function addressOf([full, nr, pc, area, pc4, letters]: PackedAddress): AddressToken {
  return { full, nr, pc, area, pc4, letters }
}
