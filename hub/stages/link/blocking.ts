import type { LinkKeys } from '../../crypto/derived-keys.ts'

interface Sound {
  sound: string
}

interface DateParts {
  y: string | null
  m: string | null
  d: string | null
}

/** What blocking asks of a profile: tokens, no value. */
interface Blockable {
  bsn: string | null
  given: Sound[]
  calling: Sound[]
  initials: string[]
  surnames: Sound[]
  partner: Sound[]
  date: DateParts & { newYear: boolean }
  address: { nr: string | null } | null
  parents: { date: DateParts }[]
}

/**
 * Compound blocking keys: two subjects that share one are compared. Each kind has a derived key of its own and always joins
 * two or more parts, so no frequency of a single value shows; a key of which a part is missing is not made.
 */
export function blockingKeys(profile: Blockable, keys: LinkKeys): string[] {
  const { date, bsn } = profile
  const found = new Set<string>()
  const add = (kind: string, value: string): unknown => found.add(keys.token(kind, value))
  const given = soundsOf([...profile.given.slice(0, 1), ...profile.calling.slice(0, 1)])
  const surnames = soundsOf([...profile.surnames, ...profile.partner]).slice(0, 3)
  const pairs = given.flatMap((first) => surnames.map((last) => pair(first, last)))
  const day = date.y && date.m && date.d ? `${date.y}|${date.m}|${date.d}` : null
  const house = profile.address?.nr ?? null
  if (bsn !== null) add('blok-bsn', bsn)
  if (day !== null) {
    for (const name of new Set([...given, ...surnames])) add('blok-datum-naam', `${day}|${name}`)
    if (house !== null) add('blok-huis-datum', `${house}|${day}`)
    for (const parent of profile.parents) {
      const { y, m, d } = parent.date
      if (y && m && d) add('blok-datum-ouder', `${day}|${y}|${m}|${d}`)
    }
    const [initial] = profile.initials
    if (date.m !== date.d && initial !== undefined)
      for (const name of surnames) add('blok-omgekeerd', `${date.y}|${pair(date.m!, date.d!)}|${initial}|${name}`)
  }
  if (house !== null) for (const name of given) add('blok-huis-naam', `${house}|${name}`)
  if (date.y) {
    if (house !== null) for (const name of surnames) add('blok-huis-jaar', `${house}|${date.y}|${name}`)
    for (const names of pairs) add('blok-jaar-namen', `${date.y}|${names}`)
  }
  if (date.m && date.d && !date.newYear) for (const names of pairs) add('blok-dag-namen', `${date.m}|${date.d}|${names}`)
  return [...found]
}

/** The keys under which a subject stands in the index and looks for others: distinct, none for a missing part. */
export function blockingKeysOf(profile: { keys: string[] }): string[] {
  return profile.keys
}

function soundsOf(names: Sound[]): string[] {
  return [...new Set(names.map(({ sound }) => sound))]
}

function pair(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`
}
