import type { Token } from '../../crypto/derived-keys.ts'
import type { NameToken } from './name-token.ts'
import type { AddressToken, DateToken, ParentToken, Profile } from './profile.ts'
import { remembered } from './remembered.ts'
import { addressOf, dateOf, nameOf, packAddress, packDate, packName } from './token-file.ts'

/** Lines of text: first what stands in no list, then each name, date and address once; the first line points at them by their numbers. */
interface Packed {
  e: string
  b: Profile['bsn']
  g: Place[]
  c: Place[]
  i: Profile['initials']
  ga: Profile['givenAll']
  s: Place[]
  p: Place[]
  sa: Profile['surnameAll']
  d: Place
  x: Profile['sex']
  a: Place | null
  o: [given: Place | null, initial: ParentToken['initial'], surnames: Place[], date: Place][]
}

/** The number of a line, from 0. */
type Place = number

const BREAK = '\n'

/**
 * What a registration is compared by, as text, in two thirds of the bytes that its JSON takes: a child has its parents' surname, and the blocking keys
 * stand beside the registration. Two profiles are the same when their texts are.
 */
export function textOfProfile(profile: Profile): string {
  const lines: string[] = []
  const place = (line: string): Place => {
    const known = lines.indexOf(line)
    return known < 0 ? lines.push(line) - 1 : known
  }
  const places = (names: readonly NameToken[]): Place[] => names.map((name) => place(nameText(name)))
  const packed: Packed = {
    e: profile.epoch,
    b: profile.bsn,
    g: places(profile.given),
    c: places(profile.calling),
    i: profile.initials,
    ga: profile.givenAll,
    s: places(profile.surnames),
    p: places(profile.partner),
    sa: profile.surnameAll,
    d: place(dateText(profile.date)),
    x: profile.sex,
    a: profile.address && place(addressText(profile.address)),
    o: profile.parents.map(({ given, initial, surnames, date }) => [
      given && place(nameText(given)),
      initial,
      places(surnames),
      place(dateText(date)),
    ]),
  }
  return [JSON.stringify(packed), ...lines].join(BREAK)
}

/** The profile of such a text, without blocking keys; also of the JSON of a profile, as it was stored before it was packed. */
export function profileOfText(text: string): Profile {
  const [first = '', ...lines] = text.split(BREAK)
  const head = JSON.parse(first) as Packed | Profile
  return 'epoch' in head ? head : unpack(head, lines)
}

function unpack({ e, b, g, c, i, ga, s, p, sa, d, x, a, o }: Packed, lines: string[]): Profile {
  const line = (place: Place): string => lines[place] as string
  const names = (places: Place[]): NameToken[] => places.map((place) => nameOfText(line(place)))
  const date = (place: Place): DateToken => dateOf(JSON.parse(line(place)))
  return {
    epoch: e,
    keys: [],
    bsn: b,
    given: names(g),
    calling: names(c),
    initials: i,
    givenAll: ga,
    surnames: names(s),
    partner: names(p),
    surnameAll: sa,
    date: date(d),
    sex: x,
    address: a === null ? null : addressOf(JSON.parse(line(a))),
    parents: o.map(([given, initial, surnames, born]) => ({
      given: given === null ? null : nameOfText(line(given)),
      initial,
      surnames: names(surnames),
      date: date(born),
    })),
  }
}

/** As many as there are names in a region; each takes half a kilobyte. */
const NAMES_MAX = 20_000

/** Most names come back, in the next registration or in who is compared with it. */
const nameOfText = remembered((text): NameToken => nameOf(JSON.parse(text)), NAMES_MAX)
const dateText = (date: DateToken): string => JSON.stringify(packDate(date))
const addressText = (address: AddressToken): string => JSON.stringify(packAddress(address))

const texts = new Map<Token, string>()

/** By its own token, which no other name has. */
function nameText(name: NameToken): string {
  const known = texts.get(name.exact)
  if (known !== undefined) return known
  const text = JSON.stringify(packName(name))
  if (texts.size >= NAMES_MAX) texts.clear()
  texts.set(name.exact, text)
  return text
}
