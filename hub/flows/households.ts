import type { Hub } from '../context.ts'
import type { Token } from '../crypto/derived-keys.ts'
import type { Tx } from '../ports.ts'
import { compareDates } from '../stages/link/compare-facts.ts'
import {
  familySounds,
  HOUSEHOLD_MAX,
  householdKeys,
  householdKeysOf,
  mayBeOne,
  movedTogether,
} from '../stages/link/moved-together.ts'
import type { Profile } from '../stages/link/profile.ts'
import type { LinkWorld } from './link-world.ts'

/**
 * Of the houses where these registrations stand, those from or to which the household of `seq` moved, as is seen by who else stands at both
 * under a surname that one of them tells.
 */
export async function housesMovedTo(hub: Hub, tx: Tx, world: LinkWorld, seq: number, others: number[]): Promise<Token[]> {
  const profiles = await findable(hub, tx, world, [seq, ...others])
  const about = profiles.get(seq)
  const own = houseOf(about)
  if (!about || own === null) return []
  const houses = housesOf(others.flatMap((other) => profiles.get(other) ?? [])).filter((house) => house !== own)
  const at = await residents(hub, tx, world, [own, ...houses], familySounds([...profiles.values()]))
  const found = new Set(houses.filter((house) => movedTogether(about, at.get(own) ?? [], at.get(house) ?? [])))
  const movers = others.filter((other) => found.has(houseOf(profiles.get(other)) ?? own))
  return housesOf(movers.flatMap((other) => world.profiles.get(other) ?? []))
}

/** What a newcomer may show: at which houses somebody of its birth date and surname stands, its own among them, and who else lives there. */
export interface MayShow {
  about: Profile
  houses: Set<Token>
  housemates: number[]
}

/** Nothing for a newcomer that is known at one house, or at its own before. */
export async function movesShownBy(hub: Hub, tx: Tx, world: LinkWorld, newcomers: number[]): Promise<MayShow[]> {
  const movers: { about: Profile; houses: Set<Token>; keys: string[] }[] = []
  for (const seq of newcomers) {
    const about = world.profiles.get(seq)
    const elsewhere = about ? elsewhereOf(world, seq, about) : []
    if (!about || elsewhere.length === 0) continue
    const houses = new Set(housesOf([about, ...elsewhere.flatMap((other) => world.profiles.get(other) ?? [])]))
    const profiles = [...(await findable(hub, tx, world, [seq, ...elsewhere])).values()]
    movers.push({ about, houses, keys: profiles.flatMap((profile) => householdKeysOf(profile, world.epochs.all[0])) })
  }
  const residents = await standingUnder(
    hub,
    movers.flatMap(({ keys }) => keys),
  )
  return movers.map(({ about, houses, keys }) => ({ about, houses, housemates: residents(keys) }))
}

/** Who may be the same at another house; nobody when one who came before shows that already. */
function elsewhereOf({ near, rows, profiles }: LinkWorld, seq: number, about: Profile): number[] {
  const house = houseOf(about)
  if (house === null) return []
  const there = (other: number) => (rows.has(other) ? houseOf(profiles.get(other)) : null)
  const isSame = (other: number) => mayBeOne(about, profiles.get(other) as Profile)
  const { seqs } = near(seq)
  const elsewhere = seqs.filter((other) => (there(other) ?? house) !== house && isSame(other))
  if (elsewhere.length === 0) return []
  const isKnown = seqs.some((other) => other < seq && there(other) === house && isSame(other))
  return isKnown ? [] : elsewhere
}

/** Whether the move that a newcomer may show can be that of a registration from or to a house of these: it is about somebody else. */
export function mayBear({ about, houses }: MayShow, asked: Profile, others: Profile[]): boolean {
  const own = houseOf(asked)
  if (own === null || !houses.has(own) || compareDates(about.date, asked.date) !== 'anders') return false
  return housesOf(others).some((house) => house !== own && houses.has(house))
}

function housesOf(profiles: Profile[]): Token[] {
  return [...new Set(profiles.flatMap((profile) => houseOf(profile) ?? []))]
}

function houseOf(profile: Profile | undefined): Token | null {
  return profile?.address?.nr ?? null
}

/** The profiles of these, whom the world knows, under the keys by which everybody is found. */
async function findable(hub: Hub, tx: Tx, { rows, profiles, epochs }: LinkWorld, seqs: number[]): Promise<Map<number, Profile>> {
  const [oldest] = epochs.all
  if (oldest.epoch === epochs.current.epoch) return new Map(seqs.flatMap((seq) => entryOf(profiles, seq)))
  const known = seqs.flatMap((seq) => rows.get(seq) ?? [])
  return hub.contents.openProfiles(tx, known, oldest)
}

function entryOf(profiles: Map<number, Profile>, seq: number): [number, Profile][] {
  const profile = profiles.get(seq)
  return profile ? [[seq, profile]] : []
}

/** Who stands at these houses under these surnames and has a person; nobody when there are not two of them at the first. */
async function residents(
  hub: Hub,
  tx: Tx,
  world: LinkWorld,
  houses: [Token, ...Token[]],
  sounds: Set<Token>,
): Promise<Map<Token, Profile[]>> {
  const keys = new Map(houses.map((house) => [house, householdKeys(house, sounds, world.epochs.all[0])]))
  const under = await standingUnder(hub, [...keys.values()].flat())
  const standing = new Map([...keys].map(([house, own]) => [house, under(own)]))
  if ((standing.get(houses[0]) ?? []).length < 2) return new Map()
  const seqs = [...new Set([...standing.values()].flat())]
  const known = seqs.filter((seq) => world.rows.get(seq)?.person)
  const others = await tx.registrations.bySeqs(seqs.filter((seq) => !world.rows.has(seq)))
  const linked = others.filter(({ person }) => person !== null)
  const profiles = await findable(hub, tx, world, known)
  for (const [seq, profile] of await hub.contents.openProfiles(tx, linked, world.epochs.all[0])) profiles.set(seq, profile)
  return new Map([...standing].map(([house, own]) => [house, own.flatMap((seq) => profiles.get(seq) ?? [])]))
}

/** Who stands under household keys; under one with too many nobody. */
async function standingUnder(hub: Hub, keys: string[]): Promise<(keys: string[]) => number[]> {
  const { blocks } = keys.length === 0 ? { blocks: new Map<string, number[]>() } : await hub.index.find(keys)
  const small = (key: string) => {
    const block = blocks.get(key) ?? []
    return block.length > HOUSEHOLD_MAX ? [] : block
  }
  return (of) => [...new Set(of.flatMap(small))]
}
