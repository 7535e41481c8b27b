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
  const { date, address } = profile
  const found: string[] = []
  const add = (kind: string, ...parts: (string | null | undefined)[]): void => {
    if (parts.every((part) => part != null)) found.push(keys.token(kind, parts.join('|')))
  }
  const given = soundsOf([...profile.given.slice(0, 1), ...profile.calling.slice(0, 1)])
  const surnames = soundsOf([...profile.surnames, ...profile.partner]).slice(0, 3)
  const day = date.y && date.m && date.d ? `${date.y}|${date.m}|${date.d}` : null
  add('blok-bsn', profile.bsn)
  for (const name of new Set([...given, ...surnames])) add('blok-datum-naam', day, name)
  if (day !== null && date.m !== date.d)
    for (const name of surnames) add('blok-omgekeerd', date.y, pair(date.m!, date.d!), profile.initials[0], name)
  for (const name of given) add('blok-huis-naam', address?.nr, name)
  add('blok-huis-datum', address?.nr, day)
  for (const name of surnames) add('blok-huis-jaar', address?.nr, date.y, name)
  for (const first of given) for (const last of surnames) add('blok-jaar-namen', date.y, pair(first, last))
  for (const first of given)
    for (const last of surnames) if (!date.newYear) add('blok-dag-namen', date.m, date.d, pair(first, last))
  for (const parent of profile.parents) add('blok-datum-ouder', day, parent.date.y, parent.date.m, parent.date.d)
  return [...new Set(found)]
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
