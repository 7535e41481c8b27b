import type { Hub } from '../context.ts'
import type { LinkKeys } from '../crypto/derived-keys.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow } from '../rows.ts'
import type { Member } from '../stages/link/decision.ts'
import { mayConcern } from '../stages/link/may-concern.ts'
import type { Profile } from '../stages/link/profile.ts'

/** What the linker looks at for one batch: the registrations concerned, their persons, and who must stay apart. */
export interface LinkWorld {
  rows: Map<number, RegistrationRow>
  profiles: Map<number, Profile>
  /** Registrations per person, kept up to date while the batch is linked. */
  members: Map<string, number[]>
  apart: Map<number, Set<number>>
  /** Registrations that were linked for the time being, on less than a full given name. */
  provisional: Set<number>
  /** Which registrations share a blocking key with one of the batch. */
  near(seq: number): { seqs: number[]; cut: boolean }
}

export interface Blocks {
  /** Everything of this batch is compared under these keys. */
  under: LinkKeys
  keys: Map<number, string[]>
  blocks: Map<string, number[]>
  cut: Set<string>
}

/** The batch's own keys, written to the index: whoever looks up from now on sees them. */
export async function writeKeys(hub: Hub, keys: Map<number, string[]>): Promise<void> {
  await hub.index.add([...keys].map(([seq, own]) => ({ seq, keys: own })))
}

/**
 * Who shares a key with the batch, asked only after its own keys were written and its turn to decide came: of two workers with the
 * same person, the later sees the earlier, and the person that it was given.
 */
export async function lookUp(hub: Hub, keys: Map<number, string[]>, under: LinkKeys): Promise<Blocks> {
  const { blocks, cut } = await hub.index.find([...keys.values()].flat())
  return { under, keys, blocks, cut }
}

/**
 * Loads everyone near the batch, with all registrations of their persons; who has no person yet is nobody's candidate, and mere namesakes
 * are left where they are.
 */
export async function loadWorld(hub: Hub, tx: Tx, batch: RegistrationRow[], found: Blocks): Promise<LinkWorld> {
  const concerned = await whomItConcerns(hub, tx, batch, found)
  const persons = [...concerned.persons, ...batch.flatMap((row) => row.person ?? [])]
  const theirs = await tx.registrations.byPersons([...new Set(persons)])
  const rows = new Map([...batch, ...theirs].map((row) => [row.seq, row]))
  const others = [...rows.values()].filter(({ seq }) => !concerned.profiles.has(seq))
  const profiles = new Map([...concerned.profiles, ...(await hub.contents.openProfiles(tx, others, found.under))])
  const edges = await tx.linking.edgesTouching([...rows.keys()])
  const linked = [...rows.values()].filter((row) => row.person !== null)
  const members = Map.groupBy(linked, (row) => row.person as string)
  return {
    rows,
    profiles,
    members: new Map([...members].map(([person, own]) => [person, own.map((row) => row.seq).sort((a, b) => a - b)])),
    apart: keptApart(edges),
    provisional: new Set(edges.flatMap((edge) => (edge.kind === 'zelfde' && edge.provisional === 1 ? [edge.a] : []))),
    near(seq) {
      const own = found.keys.get(seq) ?? []
      return { seqs: [...sharedWith(found, seq).keys()].sort((a, b) => a - b), cut: own.some((key) => found.cut.has(key)) }
    },
  }
}

/** Registrations that share blocking keys with one of the batch, and how many. */
function sharedWith({ keys, blocks }: Blocks, seq: number): Map<number, number> {
  const shared = new Map<number, number>()
  for (const key of keys.get(seq) ?? [])
    for (const other of blocks.get(key) ?? []) if (other !== seq) shared.set(other, (shared.get(other) ?? 0) + 1)
  return shared
}

/** Who shares as many blocking keys is no namesake. */
const SURELY = 3

/**
 * Whose registrations are worth loading: a large store holds namesakes of everybody. Of what shares a key only that is opened which is not
 * seen at a glance to be one, and the rest of a person when that may be the one. Answers what was opened too.
 */
async function whomItConcerns(
  hub: Hub,
  tx: Tx,
  batch: RegistrationRow[],
  found: Blocks,
): Promise<{ persons: Set<string>; profiles: Map<number, Profile> }> {
  const shared = new Map(batch.map(({ seq }) => [seq, sharedWith(found, seq)]))
  const near = [...new Set([...shared.values()].flatMap((others) => [...others.keys()]))].filter((seq) => !shared.has(seq))
  const rows = new Map((await tx.registrations.bySeqs(near)).map((row) => [row.seq, row]))
  const persons = new Set<string>()
  for (const others of shared.values())
    for (const [seq, count] of others) if (count >= SURELY) persons.add(rows.get(seq)?.person ?? '')
  const profiles = await hub.contents.openProfiles(tx, batch, found.under)
  const doubts = [...shared].flatMap(([seq, others]) => doubtsOf(hub, profiles.get(seq), [...others.keys()], rows, persons))
  const unknown = new Map(doubts.flatMap(({ members }) => members.map((row) => [row.seq, row])))
  for (const [seq, profile] of await hub.contents.openProfiles(tx, [...unknown.values()], found.under)) profiles.set(seq, profile)
  for (const { person, incoming, members } of doubts) {
    if (persons.has(person)) continue
    const known = members.flatMap(({ seq }) => memberOf(profiles, seq) ?? [])
    if (!incoming || (known.length > 0 && mayConcern(incoming, known, hub.model))) persons.add(person)
  }
  persons.delete('')
  return { persons, profiles }
}

interface Doubt {
  incoming: Profile | undefined
  person: string
  /** Those of its registrations that share a key. */
  members: RegistrationRow[]
}

/** The persons near one registration who may be the one, for all that is seen at a glance. */
function doubtsOf(
  hub: Hub,
  incoming: Profile | undefined,
  near: number[],
  rows: Map<number, RegistrationRow>,
  surely: Set<string>,
): Doubt[] {
  const others = near.flatMap((seq) => rows.get(seq) ?? []).filter(({ person }) => person !== null && !surely.has(person))
  return [...Map.groupBy(others, (row) => row.person as string)].flatMap(([person, members]) => {
    const looks = members.map((row) => incoming && hub.contents.glance(incoming, row))
    const isNamesake = looks.every((look) => look?.otherDate) || looks.every((look) => look?.otherNumber)
    return isNamesake ? [] : [{ incoming, person, members }]
  })
}

function memberOf(profiles: Map<number, Profile>, seq: number): Member | undefined {
  const profile = profiles.get(seq)
  return profile && { id: String(seq), profile }
}

/** By row number: which other registrations somebody said are about another person. */
export function keptApart(edges: EdgeRow[]): Map<number, Set<number>> {
  const apart = new Map<number, Set<number>>()
  const add = (a: number, b: number) => apart.set(a, (apart.get(a) ?? new Set()).add(b))
  for (const { a, b, kind } of edges)
    if (kind === 'anders') {
      add(a, b)
      add(b, a)
    }
  return apart
}
