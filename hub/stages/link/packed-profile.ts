import type { Token } from '../../crypto/derived-keys.ts'
import { bytesOfTree, type Tree, treeOfBytes } from '../../crypto/token-bytes.ts'
import type { NameToken } from './name-token.ts'
import type { DateToken, ParentToken, Profile } from './profile.ts'
import { remembered } from './remembered.ts'
import { addressOf, dateOf, nameOf, type PackedDate, type PackedName, packAddress, packDate, packName } from './token-file.ts'

/** Each name and each date once, as trees of their own, and what points at them by their numbers. */
type Packed = [
  format: typeof FORMAT,
  parts: Buffer[],
  epoch: string,
  bsn: Profile['bsn'],
  given: Place[],
  calling: Place[],
  initials: Profile['initials'],
  givenAll: Profile['givenAll'],
  surnames: Place[],
  partner: Place[],
  surnameAll: Profile['surnameAll'],
  date: Place,
  sex: Profile['sex'],
  address: ReturnType<typeof packAddress> | null,
  parents: [given: Place | null, initial: ParentToken['initial'], surnames: Place[], date: Place][],
]

/** The number of a part, from 0. */
type Place = number

const FORMAT = 1

/**
 * What a registration is compared by, as bytes, in less than half of what its JSON takes: a token takes five bits a letter, a child has its parents' surname, and
 * the blocking keys stand beside the registration. Two profiles are the same when their bytes are.
 */
export function bytesOfProfile(profile: Profile): Buffer {
  const parts: Buffer[] = []
  const place = (part: Buffer): Place => {
    const known = parts.findIndex((other) => other.equals(part))
    return known < 0 ? parts.push(part) - 1 : known
  }
  const placeOf = (name: NameToken): Place => place(nameBytes(name))
  const placeOfDate = (date: DateToken): Place => place(bytesOfTree(packDate(date)))
  const packed: Packed = [
    FORMAT,
    parts,
    profile.epoch,
    profile.bsn,
    profile.given.map(placeOf),
    profile.calling.map(placeOf),
    profile.initials,
    profile.givenAll,
    profile.surnames.map(placeOf),
    profile.partner.map(placeOf),
    profile.surnameAll,
    placeOfDate(profile.date),
    profile.sex,
    profile.address && packAddress(profile.address),
    profile.parents.map(({ given, initial, surnames, date }) => [
      given && placeOf(given),
      initial,
      surnames.map(placeOf),
      placeOfDate(date),
    ]),
  ]
  return bytesOfTree(packed as Tree)
}

/** The profile of such bytes, without blocking keys; undefined for what an earlier version wrote, which is to be made anew. */
export function profileOfBytes(bytes: Uint8Array): Profile | undefined {
  return bytes[0] === JSON_BEGINS ? undefined : unpack(treeOfBytes(bytes) as unknown as Packed)
}

const JSON_BEGINS = '{'.charCodeAt(0)

function unpack(packed: Packed): Profile {
  const [, parts, epoch, bsn, given, calling, initials, givenAll, surnames, partner, surnameAll, date, sex, address, parents] =
    packed
  const name = (place: Place): NameToken => nameOfPart(textOf(parts, place))
  const dateAt = (place: Place): DateToken => dateOfPart(textOf(parts, place))
  return {
    ...{ epoch, keys: [], bsn, given: given.map(name), calling: calling.map(name), initials, givenAll },
    ...{ surnames: surnames.map(name), partner: partner.map(name), surnameAll, date: dateAt(date), sex },
    address: address && addressOf(address),
    parents: parents.map(([first, initial, own, born]) => ({
      given: first === null ? null : name(first),
      initial,
      surnames: own.map(name),
      date: dateAt(born),
    })),
  }
}

const textOf = (parts: Buffer[], place: Place): string => (parts[place] as Buffer).toString('latin1')
const treeOf = (part: string): unknown => treeOfBytes(Buffer.from(part, 'latin1'))

/** As many as there are names in a region, and more than days in a life; each takes half a kilobyte or one. */
const NAMES_MAX = 20_000
const DATES_MAX = 30_000

/** Most come back, in the next registration or in who is compared with it. */
const nameOfPart = remembered((part): NameToken => nameOf(treeOf(part) as PackedName), NAMES_MAX)
const dateOfPart = remembered((part): DateToken => dateOf(treeOf(part) as PackedDate), DATES_MAX)

const written = new Map<Token, Buffer>()

/** By its own token, which no other name has. */
function nameBytes(name: NameToken): Buffer {
  const known = written.get(name.exact)
  if (known !== undefined) return known
  // In memory of its own: a small buffer is a piece of a larger one, which would stay as long as it does.
  const tree = bytesOfTree(packName(name) as Tree)
  const bytes = Buffer.allocUnsafeSlow(tree.length)
  tree.copy(bytes)
  if (written.size >= NAMES_MAX) written.clear()
  written.set(name.exact, bytes)
  return bytes
}
