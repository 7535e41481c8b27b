import type { Token } from '../../crypto/derived-keys.ts'
import { yearsOfParents } from './grown-ups.ts'
import { fullNameOf, type Lines, partsOf } from './lines.ts'
import { type Moves, movesOf } from './moves.ts'
import type { NameToken } from './name-token.ts'
import { NamesApart } from './names-apart.ts'
import { NumberMap } from './number-map.ts'
import type { AddressToken } from './profile.ts'

/** Shares of the lines from which a name counts as rare, common, among the commonest. */
const SHARES = [0.0003, 0.001, 0.005]
const LINES_MIN = 1000
const IN_USE_MIN = 8
const CROWDED_MIN = 6
/**
 * From so many birth dates on, a first name with a surname says too little together with a birth date: the chance that one of the others has that very
 * date is then some two in a thousand, and grows with the lines.
 */
const NAMESAKES_MIN = 20

/**
 * Puts in the lines what the file itself tells by counting tokens: how common a name is, whether it is a name in use rather than a slip, at
 * which addresses many families live (an institution is no household), and where two names stand in each other's place. Counting needs no value.
 */
export function tellFrequencies(lines: Lines): void {
  const counts = countsOf(lines)
  const moves = movesOf(lines)
  for (let line = 0; line < lines.length; line++) {
    putInPlace(lines, line, counts)
    const spelling = lines.spelling(line)
    if (spelling < 0) continue
    if (counts.spellings.get(spelling)! > 1) lines.isInUse(line)
    if (counts.fullNames.get(fullNameOf(spelling))! >= NAMESAKES_MIN) lines.hasNamesakes(line)
  }
  const years = yearsOfParents(lines)
  for (const { y } of lines.dates) lines.grown.push(y !== null && years.has(y))
  const apart = counts.namesApart.take()
  lines.names.tell((name, number) => nameWith(name, counts, number, lines.length, apart[number]))
  counts.spellings.release()
  counts.fullNames.release()
  lines.addresses.forEach((address, number) => {
    lines.addresses[number] =
      address && addressWith(address, lines.houseOf(number), counts.doors.get(lines.doorOf(number)), moves)
  })
}

interface Counts {
  /** How often a name is a first given name, and a surname. */
  given: number[]
  surnames: number[]
  /** Spellings of a first name within one birth date and surname. */
  spellings: NumberMap
  /** Birth dates per first name and surname. */
  fullNames: NumberMap
  namesApart: NamesApart
  /** Surname sounds per address: a block of flats has one number and many additions. */
  doors: Map<number, number[]>
}

function countsOf(lines: Lines): Counts {
  const namesApart = new NamesApart(lines)
  const counts: Counts = {
    given: [],
    surnames: [],
    spellings: new NumberMap(),
    fullNames: new NumberMap(),
    namesApart,
    doors: new Map(),
  }
  const { first, sound } = lines.names
  for (let line = 0; line < lines.length; line++) {
    const [given, surnames] = [lines.given(line), lines.surnames(line)]
    if (first[given]! >= 0) increase(counts.given, first[given]!)
    if (first[given]! >= 0 && first[lines.calling(line)]! >= 0) namesApart.tellBoth(first[given]!, first[lines.calling(line)]!)
    const spelling = lines.spelling(line)
    if (spelling >= 0 && increaseIn(counts.spellings, spelling) === 1) tellSpelling(counts, spelling)
    if (first[surnames]! < 0) continue
    increase(counts.surnames, first[surnames]!)
    if (lines.house(line) >= 0) addSound(counts.doors, lines.door(line), sound[surnames]!)
  }
  return counts
}

/** A name that was not seen at its birth date and surname before. */
function tellSpelling({ fullNames, namesApart }: Counts, spelling: number): void {
  increaseIn(fullNames, fullNameOf(spelling))
  const { name, family } = partsOf(spelling)
  namesApart.tell(name, family)
}

function increaseIn(counts: NumberMap, key: number): number {
  const count = (counts.get(key) ?? 0) + 1
  counts.set(key, count)
  return count
}

function increase(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

function addSound(doors: Counts['doors'], door: number, sound: number): void {
  const sounds = doors.get(door)
  if (!sounds) doors.set(door, [sound])
  else if (sounds.length <= CROWDED_MIN && !sounds.includes(sound)) sounds.push(sound)
}

const SELDOM = 10

/** A given name that is nearly always a surname, with a surname that is nearly always a given name, stand in each other's place. */
function putInPlace(lines: Lines, line: number, { given, surnames }: Counts): void {
  const { all, first } = lines.names
  const [one, other] = [lines.given(line), lines.surnames(line)]
  if (all[one]!.length !== 1 || all[other]!.length !== 1) return
  const isSurname = (surnames[first[one]!] ?? 0) > SELDOM * (given[first[one]!] ?? 0)
  const isGiven = (given[first[other]!] ?? 0) > SELDOM * (surnames[first[other]!] ?? 0)
  if (isSurname && isGiven) lines.swapNames(line)
}

function nameWith(token: NameToken, counts: Counts, number: number, lines: number, apart: Token[] | undefined): NameToken {
  const given = counts.given[number] ?? 0
  const surname = counts.surnames[number] ?? 0
  const common = (table: number, count: number): number =>
    lines < LINES_MIN ? table : Math.max(table, SHARES.filter((share) => count / lines >= share).length)
  return {
    ...token,
    common: [common(token.common[0], given), common(token.common[1], surname)],
    known: token.known || given >= Math.max(IN_USE_MIN, lines / 2500),
    apart,
  }
}

function addressWith(address: AddressToken, house: number, surnames: number[] | undefined, moves: Moves): AddressToken | null {
  if (house < 0) return address
  if ((surnames?.length ?? 0) > CROWDED_MIN) return null
  const other = moves.get(house)
  return other ? { ...address, movedWith: other } : address
}
