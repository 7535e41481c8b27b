import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow, ReviewRow } from '../rows.ts'
import type { Evidence, LinkDecision, ReviewReason } from '../stages/link/decision.ts'
import { waitsOnMove } from '../stages/link/moved-together.ts'
import { holdsTwoNames } from '../stages/link/spellings.ts'
import { decideOn, membersOf } from './decide-on.ts'
import { type MayShow, mayBear, movesShownBy } from './households.ts'
import { absorb, type LinkWorld, loadWorld, lookUp } from './link-world.ts'
import { recomputePersons } from './persons.ts'
import { ruleEdge } from './rule-edge.ts'

/** Every person concerned, and those that go by two names by now. */
export interface Reconsidered {
  persons: string[]
  suspects: string[]
}

/**
 * Decides anew about the housemates of newcomers that may show that a household moved: each of whom it is open whether he did, as if he came in
 * now. Runs when the batch's own links are written.
 */
export async function reconsider(hub: Hub, tx: Tx, newcomers: RegistrationRow[], before: LinkWorld): Promise<Reconsidered> {
  const seqs = await maybeMoved(hub, tx, newcomers, before)
  if (seqs.length === 0) return { persons: [], suspects: [] }
  const rows = (await tx.registrations.bySeqs(seqs)).filter(({ person }) => person !== null)
  const keys = await tx.keyEpochs.blockingKeys(seqs)
  return decideAnew(hub, tx, rows, await loadWorld(hub, tx, rows, await lookUp(hub, tx, rows, keys, before.epochs)))
}

/** Registrations about which an open koppelvraag asks who lives elsewhere, where a newcomer may show that the household moved there. */
async function maybeMoved(hub: Hub, tx: Tx, newcomers: RegistrationRow[], world: LinkWorld): Promise<number[]> {
  const shown = new Map<number, MayShow[]>()
  const moves = await movesShownBy(
    hub,
    tx,
    world,
    newcomers.map(({ seq }) => seq),
  )
  for (const move of moves) for (const seq of move.housemates) shown.set(seq, [...(shown.get(seq) ?? []), move])
  const asked = (await tx.linking.reviewsTouching([...shown.keys()])).filter(
    (review) => isUnanswered(review) && isAboutMove(review.evidence),
  )
  const sides = await tx.registrations.bySeqs([
    ...new Set(asked.flatMap(({ registration, candidate }) => [registration, candidate])),
  ])
  const rows = await tx.registrations.byPersons([...new Set(sides.flatMap(({ person }) => person ?? []))])
  const profiles = await hub.contents.openProfiles(tx, rows, world.epochs.current)
  const personOf = new Map(rows.map(({ seq, person }) => [seq, person]))
  const isShown = ({ registration, candidate }: ReviewRow) => {
    const others = rows.filter(({ person }) => person === personOf.get(candidate)).flatMap(({ seq }) => profiles.get(seq) ?? [])
    const about = profiles.get(registration)
    const shows = [registration, candidate].flatMap((seq) => shown.get(seq) ?? [])
    return about !== undefined && shows.some((show) => mayBear(show, about, others))
  }
  return [...new Set(asked.filter(isShown).map(({ registration }) => registration))].sort((a, b) => a - b)
}

async function membership(tx: Tx, persons: string[]): Promise<Map<number, string>> {
  const rows = await tx.registrations.byPersons(persons)
  return new Map(rows.map(({ seq, person }) => [seq, person as string]))
}

/** What somebody answered, if only "weet-niet", is left to people. */
function isUnanswered({ state, answeredBy }: ReviewRow): boolean {
  return state === 'open' && answeredBy === null
}

function isAboutMove(evidence: string): boolean {
  const { velden } = JSON.parse(evidence) as { velden?: Evidence }
  return velden?.velden !== undefined && waitsOnMove(velden)
}

async function decideAnew(hub: Hub, tx: Tx, rows: RegistrationRow[], world: LinkWorld): Promise<Reconsidered> {
  const edges: Omit<EdgeRow, 'id'>[] = []
  const found: Reconsidered = { persons: [], suspects: [] }
  for (const { seq } of rows) {
    const row = world.rows.get(seq) as RegistrationRow
    const own = row.person as string
    const decision = await decideOn(hub, tx, world, row)
    if (decision.outcome !== 'linked') continue
    for (const other of joinedWith(seq, own, decision, world)) {
      const first = world.members.get(other)?.[0]
      if (first !== undefined) edges.push(ruleEdge(hub, seq, first, decision))
      found.persons.push(own, other)
      absorb(world, own, other)
    }
    if (holdsTwoNames(membersOf(world, own))) found.suspects.push(own)
  }
  if (edges.length === 0) return { persons: [], suspects: [] }
  await tx.linking.insertEdges(edges)
  const suspects = found.suspects.flatMap((person) => world.members.get(person) ?? [])
  const persons = await recomputePersons(hub, tx, found.persons)
  return { persons, suspects: await tx.registrations.personsOf(suspects) }
}

/** The other persons that it turns out to be; none when those it is one with already would not be. */
function joinedWith(seq: number, own: string, decision: LinkDecision & { outcome: 'linked' }, world: LinkWorld): string[] {
  const persons = [decision.person, ...decision.alsoMerge]
  const isAlone = (world.members.get(own) ?? []).every((other) => other === seq)
  return isAlone || persons.includes(own) ? persons.filter((person) => person !== own) : []
}

/**
 * Asks no more whether two registrations are about one person, where they are by now. A question that was about which of two persons
 * stays, and so does what somebody answered.
 */
export async function forgetSettled(tx: Tx, persons: string[]): Promise<void> {
  const personOf = await membership(tx, persons)
  const settled = (await tx.linking.reviewsTouching([...personOf.keys()])).filter((review) => {
    const person = personOf.get(review.registration)
    const isOne = person !== undefined && person === personOf.get(review.candidate)
    return isOne && isUnanswered(review) && reasonOf(review) === 'twijfel'
  })
  await tx.linking.removeReviews(settled.map(({ id }) => id))
}

function reasonOf({ evidence }: ReviewRow): ReviewReason {
  return (JSON.parse(evidence) as { reden: ReviewReason }).reden
}
