import { HubError } from '../../errors.ts'
import type { LinkLine } from './linker.ts'
import type { NameToken } from './name-token.ts'
import type { AddressToken, DateToken, ParentToken, Profile } from './profile.ts'

/**
 * Profiles as lines of text, without the name of a field: a line with `n` is a name, numbered by its place among those; a line with `r`
 * is a registration that points to names. What a line is called (`rid`) stays as it is.
 */
export class TokenWriter {
  readonly #names = new Map<string, number>()

  /** The lines to write for one input line. */
  write({ rid, profile }: LinkLine): string {
    const lines: string[] = []
    const name = (token: NameToken): number => this.#numberOf(token, lines)
    const names = (tokens: NameToken[]): number[] => tokens.map(name)
    const parents = profile.parents.map((parent) => [
      parent.given ? name(parent.given) : null,
      parent.initial,
      names(parent.surnames),
      packDate(parent.date),
    ])
    const packed = [
      profile.keys,
      profile.bsn,
      names(profile.given),
      names(profile.calling),
      profile.initials,
      profile.givenAll,
      names(profile.surnames),
      names(profile.partner),
      profile.surnameAll,
      packDate(profile.date),
      profile.sex,
      profile.address && [
        profile.address.full,
        profile.address.nr,
        profile.address.pc,
        profile.address.area,
        profile.address.pc4,
        profile.address.letters ?? null,
      ],
      parents,
    ]
    lines.push(JSON.stringify({ r: rid, p: packed }))
    return lines.map((line) => `${line}\n`).join('')
  }

  #numberOf(token: NameToken, lines: string[]): number {
    const known = this.#names.get(token.exact)
    if (known !== undefined) return known
    const number = this.#names.size
    this.#names.set(token.exact, number)
    const { exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known: inUse, vowels } = token
    lines.push(
      JSON.stringify({
        n: [exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, inUse, vowels],
      }),
    )
    return number
  }
}

/** Reads what `TokenWriter` wrote, line by line. Throws `ongeldige-invoer` for a line of another making. */
export class TokenReader {
  readonly #names: NameToken[] = []

  /** The registration on a line; null for a line that holds a name. */
  read(line: string, epoch: string): LinkLine | null {
    const { n: name, r: rid, p: packed } = parse(line)
    if (name) {
      const [exact, sound, dm, skeleton, shorter, itself, formal, parts, initial, letters, common, known, vowels] = name
      this.#names.push({
        exact,
        sound,
        dm,
        skeleton,
        shorter,
        itself,
        formal,
        parts,
        initial,
        letters,
        common,
        known,
        vowels,
      } as NameToken)
      return null
    }
    if (typeof rid !== 'string' || !packed) throw new HubError('ongeldige-invoer', { detail: 'Dit is geen bestand met tokens.' })
    return { rid, profile: this.#profileOf(packed as PackedProfile, epoch) }
  }

  #profileOf(packed: PackedProfile, epoch: string): Profile {
    const [keys, bsn, given, calling, initials, givenAll, surnames, partner, surnameAll, date, sex, address, parents] = packed
    const names = (numbers: number[]): NameToken[] => numbers.map((number) => this.#names[number]!)
    return {
      epoch,
      keys,
      bsn,
      given: names(given),
      calling: names(calling),
      initials,
      givenAll,
      surnames: names(surnames),
      partner: names(partner),
      surnameAll,
      date: unpackDate(date),
      sex,
      address: address && addressOf(address),
      parents: parents.map(([first, initial, last, born]): ParentToken => {
        return { given: first === null ? null : this.#names[first]!, initial, surnames: names(last), date: unpackDate(born) }
      }),
    }
  }
}

type Text = string | null
type PackedAddress = [full: string, nr: Text, pc: string, area: Text, pc4: string, letters: Text]
type PackedDate = [y: Text, m: Text, d: Text, near: string[], yw: string[], mw: string[], dw: string[], newYear: boolean]
type PackedProfile = [
  keys: string[],
  bsn: Text,
  given: number[],
  calling: number[],
  initials: string[],
  givenAll: Text,
  surnames: number[],
  partner: number[],
  surnameAll: Text,
  date: PackedDate,
  sex: Text,
  address: PackedAddress | null,
  parents: [given: number | null, initial: Text, surnames: number[], date: PackedDate][],
]

function parse(line: string): { n?: unknown[]; r?: unknown; p?: unknown[] } {
  try {
    return JSON.parse(line)
  } catch {
    throw new HubError('ongeldige-invoer', { detail: 'Dit is geen bestand met tokens.' })
  }
}

function packDate({ y, m, d, near, yw, mw, dw, newYear }: DateToken): PackedDate {
  return [y, m, d, near, yw, mw, dw, newYear]
}

function unpackDate([y, m, d, near, yw, mw, dw, newYear]: PackedDate): DateToken {
  return { y, m, d, near, yw, mw, dw, newYear }
}

function addressOf([full, nr, pc, area, pc4, letters]: PackedAddress): AddressToken {
  return { full, nr, pc, area, pc4, letters }
}
