import type { NameToken } from './name-token.ts'
import { numbering, perObject } from './numbering.ts'
import type { AddressToken, DateToken, Profile } from './profile.ts'

/** Room for so many sounds, names and birth dates in one number; a number that does not fit costs one wrong count, nothing else. */
const ROOM = 2 ** 17

/** Names, sounds, birth dates and houses of many lines as numbers: what counts and joins lines has cheap keys then. */
export interface LineNumbers {
  exact(name: NameToken): number
  sound(name: NameToken): number
  /** A whole birth date that is known; -1 for any other. */
  day(date: DateToken): number
  /** A house; -1 without a number. */
  house(address: AddressToken | null): number
  /** The name somebody goes by, at a birth date and surname; -1 where a part is missing. */
  spelling(profile: Profile): number
  /** A name at a birth date. */
  nameDay(name: NameToken, day: number): number
}

export function lineNumbers(): LineNumbers {
  const [exactOf, soundOf, dayOf, houseOf] = [numbering(), numbering(), numbering(), numbering()]
  const exact = perObject((name: NameToken) => exactOf(name.exact))
  const sound = perObject((name: NameToken) => soundOf(name.sound))
  const day = perObject(({ y, m, d, newYear }: DateToken) => (y && m && d && !newYear ? dayOf(`${y}|${m}|${d}`) : -1))
  const houseOfAddress = perObject(({ nr }: AddressToken) => (nr === null ? -1 : houseOf(nr)))
  return {
    exact,
    sound,
    day,
    house: (address) => (address === null ? -1 : houseOfAddress(address)),
    spelling({ given, calling, surnames, date }) {
      const name = given[0] ?? calling[0]
      const [last] = surnames
      const born = day(date)
      return name && last && born >= 0 ? (exact(name) * ROOM + sound(last)) * ROOM + born : -1
    },
    nameDay: (name, born) => sound(name) * ROOM + born,
  }
}
