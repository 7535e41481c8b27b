import type { Token } from '../../crypto/derived-keys.ts'
import { compareDates } from './compare-facts.ts'
import { digestOf } from './digest.ts'
import type { DateToken, Profile } from './profile.ts'

/**
 * The little of every profile by which namesakes are told apart, in memory for as long as the process lives: 32 bytes a registration, where
 * the profile itself is a kilobyte that have to be fetched and opened.
 */
export interface Glances {
  /** Takes the place of what was known of that registration. A version's profile never changes. */
  keep(row: Row, profile: Profile): void
  /** What is known of it, held against the subject; undefined where nothing is known. */
  look(incoming: Profile, row: Row): Glance | undefined
  forget(ids: string[]): void
}

interface Row {
  seq: number
  id: string
  version: number
}

export interface Glance {
  /** No number in common, and birth dates that are no slip of each other. */
  otherDate: boolean
  /** Two numbers, and not one household as far as can be seen. */
  otherNumber: boolean
  /** What stands for its given name, where birth date and surname are the subject's too; 0 where they are not, or it has none. */
  nameAtBirth: number
}

/** Of what lies beyond these nothing is known. */
const SEQ_MAX = 8_000_000
const DATES_MAX = 60_000
const FIRST_ROOM = 4096

/** The whole numbers that stand for a profile; 0 where there is nothing. */
const [ID, VERSION, DATE, NUMBER, HOUSE, SURNAME, NAME, PARENTS, WIDTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8]

export function glances(): Glances {
  let table = new Int32Array(FIRST_ROOM * WIDTH)
  let dates = dateList()
  let epoch = ''
  return {
    keep({ seq, id, version }, profile) {
      if (seq >= SEQ_MAX || isOlder(profile.epoch, epoch)) return
      if (profile.epoch !== epoch) {
        epoch = profile.epoch
        dates = dateList()
        table.fill(0)
      }
      table = withRoom(table, (seq + 1) * WIDTH)
      table.set([digit(id), version, dates.place(profile.date), ...factsOf(profile)], seq * WIDTH)
    },
    look(incoming, { seq, version }) {
      const at = seq * WIDTH
      const date = dates.at(table[at + DATE] ?? 0)
      if (!date || table[at + VERSION] !== version || incoming.epoch !== epoch) return undefined
      const [number, house, surname, , parents] = factsOf(incoming)
      const level = compareDates(incoming.date, date)
      const isSameNumber = number !== 0 && number === table[at + NUMBER]
      const haveNumbers = number !== 0 && table[at + NUMBER] !== 0
      const mayLiveTogether = (house !== 0 && house === table[at + HOUSE]) || (parents !== 0 && table[at + PARENTS] !== 0)
      const isSameBirth = level === 'gelijk' && surname !== 0 && surname === table[at + SURNAME]
      return {
        otherDate: level === 'anders' && !isSameNumber,
        otherNumber: haveNumbers && !isSameNumber && !mayLiveTogether,
        nameAtBirth: isSameBirth ? (table[at + NAME] ?? 0) : 0,
      }
    },
    forget(ids) {
      const going = new Set(ids.map(digit))
      for (let at = 0; at < table.length; at += WIDTH) if (going.has(table[at + ID]!)) table.fill(0, at, at + WIDTH)
    },
  }
}

/** Epochs are numbered; while two overlap, what is known is of the newest. */
const isOlder = (one: string, other: string): boolean => Number(one) < Number(other)

function withRoom(table: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= table.length) return table
  const larger = new Int32Array(Math.max(length, table.length * 2))
  larger.set(table)
  return larger
}

type Facts = [number: number, house: number, surname: number, name: number, parents: number]

/** Alike for what is alike; that two are alike by chance costs opening one profile. */
function factsOf(profile: Profile): Facts {
  const { bsn, address, surnames, parents } = profile
  return [digit(bsn), digit(address?.nr), digit(surnames[0]?.sound), nameDigit(profile), parents.length > 0 ? 1 : 0]
}

/** As `nameAtBirth` has it. */
export function nameDigit({ given, calling }: Profile): number {
  return digit((given[0] ?? calling[0])?.exact)
}

const digit = (token: Token | null | undefined): number => (token == null ? 0 : digestOf(String(token)) | 1)

/** Birth dates once each, by their places from 1; 0 for one that found no room. */
function dateList(): { place(date: DateToken): number; at(place: number): DateToken | undefined } {
  const places = new Map<string, number>()
  const dates: DateToken[] = []
  return {
    place(date) {
      const name = `${date.y} ${date.m} ${date.d} ${date.newYear}`
      const known = places.get(name)
      if (known !== undefined) return known
      if (dates.length === DATES_MAX) return 0
      places.set(name, dates.push(date))
      return dates.length
    },
    at: (place) => dates[place - 1],
  }
}
