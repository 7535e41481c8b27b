import type { Hub } from '../context.ts'
import type { LinkEpochs } from '../ports/link-keys.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow } from '../rows.ts'
import { householdKeysOf } from '../stages/link/moved-together.ts'
import type { Profile } from '../stages/link/profile.ts'
import { type Blocks, personsNear } from './persons-near.ts'

/** What the linker looks at for one batch: the registrations concerned, their persons, and who must stay apart. */
export interface LinkWorld {
  /** Everything is compared under the newest; under the oldest everybody is in the index. */
  epochs: LinkEpochs
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

/** The batch's own keys, written to the index: whoever looks up from now on sees them. */
export async function writeKeys(hub: Hub, keys: Map<number, string[]>): Promise<void> {
  await hub.index.add([...keys].map(([seq, own]) => ({ seq, keys: own })))
}

/**
 * Who shares a key with the batch, asked only after its own keys were written and its turn to decide came: of two workers with the
 * same person, the later sees the earlier, and the person that it was given. Who stands in one household is no candidate for that; which keys
 * are its, only a profile tells.
 */
export async function lookUp(
  hub: Hub,
  tx: Tx,
  batch: RegistrationRow[],
  all: Map<number, string[]>,
  epochs: LinkEpochs,
): Promise<Blocks> {
  const incoming = await hub.contents.openProfiles(tx, batch, epochs.current)
  const keys = new Map(batch.map(({ seq }) => [seq, withoutHousehold(all.get(seq) ?? [], incoming.get(seq), epochs)]))
  const { blocks, cut } = await hub.index.find([...keys.values()].flat())
  return { epochs, incoming, keys, blocks, cut }
}

function withoutHousehold(keys: string[], profile: Profile | undefined, { current }: LinkEpochs): string[] {
  const household = profile ? householdKeysOf(profile, current) : []
  return keys.filter((key) => !household.includes(key))
}

/**
 * Loads everyone near the batch, with all registrations of their persons; who has no person yet is nobody's candidate, and mere namesakes
 * are left where they are.
 */
export async function loadWorld(hub: Hub, tx: Tx, batch: RegistrationRow[], found: Blocks): Promise<LinkWorld> {
  const near = await personsNear(hub, tx, batch, found)
  const persons = [...near.persons, ...batch.flatMap((row) => row.person ?? [])]
  const theirs = await tx.registrations.byPersons([...new Set(persons)])
  const rows = new Map([...batch, ...theirs].map((row) => [row.seq, row]))
  const others = [...rows.values()].filter(({ seq }) => !near.profiles.has(seq))
  const profiles = new Map([...near.profiles, ...(await hub.contents.openProfiles(tx, others, found.epochs.current))])
  const edges = await tx.linking.edgesTouching([...rows.keys()])
  const linked = [...rows.values()].filter((row) => row.person !== null)
  const members = Map.groupBy(linked, (row) => row.person as string)
  return {
    epochs: found.epochs,
    rows,
    profiles,
    members: new Map([...members].map(([person, own]) => [person, own.map((row) => row.seq).sort((a, b) => a - b)])),
    apart: keptApart(edges),
    provisional: new Set(edges.flatMap((edge) => (edge.kind === 'zelfde' && edge.provisional === 1 ? [edge.a] : []))),
    near(seq) {
      const own = found.keys.get(seq) ?? []
      const seqs = [...(near.shared.get(seq)?.keys() ?? [])]
      return { seqs: seqs.sort((a, b) => a - b), cut: own.some((key) => found.cut.has(key)) }
    },
  }
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

/** One person takes over the registrations of another; answers which. */
export function absorb(world: LinkWorld, person: string, other: string): number[] {
  const moving = world.members.get(other) ?? []
  for (const seq of moving) {
    const row = world.rows.get(seq)
    if (row) row.person = person
  }
  world.members.set(
    person,
    [...(world.members.get(person) ?? []), ...moving].sort((a, b) => a - b),
  )
  world.members.delete(other)
  return moving
}
