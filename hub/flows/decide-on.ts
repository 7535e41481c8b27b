import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import type { LinkDecision, Member, PersonCandidate } from '../stages/link/decision.ts'
import { waitsOnMove, withMoves } from '../stages/link/moved-together.ts'
import { decideAmong } from '../stages/link/spellings.ts'
import { housesMovedTo } from './households.ts'
import type { LinkWorld } from './link-world.ts'

/**
 * Whom a registration is about, among the persons near it. One who would be asked about because he lives elsewhere is looked at again: who else
 * stands at both houses tells somebody who moved from a namesake. Its own person, where it has one, is that of its other registrations.
 */
export async function decideOn(hub: Hub, tx: Tx, world: LinkWorld, row: RegistrationRow): Promise<LinkDecision> {
  const { seqs, cut } = world.near(row.seq)
  const incoming = memberOf(world, row.seq) as Member
  const candidates = candidatesOf(world, row, seqs)
  const others = candidates.filter(({ person }) => person !== row.person)
  const decision = decideAmong(incoming, others, hub.model, cut)
  const doubtful = decision.outcome === 'review' ? decision.candidates.filter(({ evidence }) => waitsOnMove(evidence)) : []
  const elsewhere = doubtful.flatMap(({ person }) => world.members.get(person) ?? [])
  const houses = elsewhere.length === 0 ? [] : await housesMovedTo(hub, tx, world, row.seq, elsewhere)
  if (houses.length === 0 && others.length === candidates.length) return decision
  return decideAmong(withMoves(incoming, houses), candidates, hub.model, cut)
}

/** The registration itself, where it has a person already, counts for nobody. */
function candidatesOf(world: LinkWorld, row: RegistrationRow, seqs: number[]): PersonCandidate[] {
  const persons = new Set(seqs.flatMap((seq) => world.rows.get(seq)?.person ?? []))
  const apart = world.apart.get(row.seq)
  return [...persons].map((person) => {
    const members = (world.members.get(person) ?? []).filter((seq) => seq !== row.seq)
    return {
      person,
      apartFrom: members.flatMap((seq) =>
        [...(world.apart.get(seq) ?? [])].flatMap((other) => world.rows.get(other)?.person ?? []),
      ),
      members: members.flatMap((seq) => memberOf(world, seq) ?? []),
      apart: members.some((seq) => apart?.has(seq)),
    }
  })
}

export function membersOf(world: LinkWorld, person: string): Member[] {
  return (world.members.get(person) ?? []).flatMap((seq) => memberOf(world, seq) ?? [])
}

export function memberOf(world: LinkWorld, seq: number): Member | undefined {
  const profile = world.profiles.get(seq)
  return profile && { id: String(seq), profile, provisional: world.provisional.has(seq) }
}
