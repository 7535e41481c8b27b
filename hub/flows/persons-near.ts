import type { Hub } from '../context.ts'
import type { LinkEpochs } from '../ports/link-keys.ts'
import type { Tx } from '../ports.ts'
import type { Bearing, RegistrationRow } from '../rows.ts'
import type { Member } from '../stages/link/decision.ts'
import { type Glance, nameDigit } from '../stages/link/glances.ts'
import { mayConcern } from '../stages/link/may-concern.ts'
import type { Profile } from '../stages/link/profile.ts'

export interface Blocks {
  /** Everything of this batch is compared under the newest. */
  epochs: LinkEpochs
  incoming: Map<number, Profile>
  keys: Map<number, string[]>
  blocks: Map<string, number[]>
  cut: Set<string>
}

/** Registrations that share blocking keys with one of the batch, and how many. */
function sharedWith({ keys, blocks }: Blocks, seq: number): Map<number, number> {
  const shared = new Map<number, number>()
  for (const key of keys.get(seq) ?? [])
    for (const other of blocks.get(key) ?? []) if (other !== seq) shared.set(other, (shared.get(other) ?? 0) + 1)
  return shared
}

export interface Near {
  /** By row number of the batch: what shares a key with it, and how many. */
  shared: Map<number, Map<number, number>>
  persons: Set<string>
  /** What was opened to find out. */
  profiles: Map<number, Profile>
}

/** Who shares as many blocking keys is no namesake. */
const SURELY = 3

/**
 * Whose registrations are worth loading: a large store holds namesakes of everybody. Of what shares a key only that is opened which is not
 * known at a glance to be one, and the rest of a person when that may be the one.
 */
export async function personsNear(hub: Hub, tx: Tx, batch: RegistrationRow[], found: Blocks): Promise<Near> {
  const shared = new Map(batch.map(({ seq }) => [seq, sharedWith(found, seq)]))
  const seqs = [...new Set([...shared.values()].flatMap((others) => [...others.keys()]))].filter((seq) => !shared.has(seq))
  const others = (await tx.registrations.bearings(seqs)).filter(({ person }) => person !== null)
  const rows = new Map<number, Bearing>([...batch, ...others].map((row) => [row.seq, row]))
  const persons = new Set<string>()
  for (const near of shared.values())
    for (const [seq, count] of near) if (count >= SURELY) persons.add(rows.get(seq)?.person ?? '')
  persons.delete('')
  const profiles = new Map(found.incoming)
  const [example] = profiles.values()
  const unknown = others.filter((row) => example && !hub.contents.glance(example, row))
  await hub.contents.openProfiles(tx, unknown, found.epochs.current)
  const doubts = [...shared].flatMap(([seq, near]) => {
    const nearby = [...near.keys()].flatMap((other) => rows.get(other) ?? [])
    return doubtsOf(hub, profiles.get(seq), nearby, persons)
  })
  const doubtful = new Map(doubts.flatMap(({ members }) => members.map((row) => [row.seq, row])))
  for (const [seq, profile] of await hub.contents.openProfiles(tx, [...doubtful.values()], found.epochs.current))
    profiles.set(seq, profile)
  for (const { person, incoming, members, tellsOfNames } of doubts) {
    const known = members.flatMap(({ seq }) => memberOf(profiles, seq) ?? [])
    if (!incoming || tellsOfNames || (known.length > 0 && mayConcern(incoming, known, hub.model))) persons.add(person)
  }
  return { shared, persons, profiles }
}

interface Doubt {
  incoming: Profile | undefined
  person: string
  /** Those of its registrations that share a key. */
  members: Bearing[]
  /** It may show that a name is in use, whoever it is. */
  tellsOfNames: boolean
}

interface Look {
  row: Bearing
  glance: Glance | undefined
}

/** The persons near one registration who may be the one, for all that is seen at a glance, but for those who surely may. */
function doubtsOf(hub: Hub, incoming: Profile | undefined, near: Bearing[], surely: Set<string>): Doubt[] {
  const isOpen = ({ person }: Bearing) => person !== null && !surely.has(person)
  if (!near.some(isOpen)) return []
  const looks = near.map((row): Look => ({ row, glance: incoming && hub.contents.glance(incoming, row) }))
  const telling = tellingOfNames(incoming, looks)
  const byPerson = Map.groupBy(
    looks.filter(({ row }) => isOpen(row)),
    ({ row }) => row.person as string,
  )
  return [...byPerson].flatMap(([person, own]) => {
    const isOther = own.every(({ glance }) => glance?.otherDate) || own.every(({ glance }) => glance?.otherNumber)
    const tellsOfNames = telling.has(person)
    return isOther && !tellsOfNames ? [] : [{ incoming, person, members: own.map(({ row }) => row), tellsOfNames }]
  })
}

/**
 * Persons of its birth date and surname whose given name somebody else of these has too: that makes it a name in use, and no slip. Of whom
 * nothing is known may be one.
 */
function tellingOfNames(incoming: Profile | undefined, looks: Look[]): Set<string> {
  const bearers = new Map<number, Set<string>>()
  const bears = (name: number, bearer: string) => bearers.set(name, (bearers.get(name) ?? new Set()).add(bearer))
  const unknown = looks.filter(({ glance }) => glance === undefined)
  if (incoming) bears(nameDigit(incoming), '')
  for (const { row, glance } of looks) if (glance && glance.nameAtBirth !== 0) bears(glance.nameAtBirth, row.person ?? row.id)
  const telling = [...bearers.values()].filter((own) => own.size > 1 || unknown.length > 0).flatMap((own) => [...own])
  return new Set([...telling, ...unknown.map(({ row }) => row.person ?? '')])
}

function memberOf(profiles: Map<number, Profile>, seq: number): Member | undefined {
  const profile = profiles.get(seq)
  return profile && { id: String(seq), profile }
}
