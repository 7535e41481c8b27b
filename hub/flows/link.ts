import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow, ReviewRow } from '../rows.ts'
import type { LinkDecision } from '../stages/link/decision.ts'
import { holdsTwoNames } from '../stages/link/spellings.ts'
import { decideOn, memberOf, membersOf } from './decide-on.ts'
import { absorb, type LinkWorld } from './link-world.ts'
import { part } from './part.ts'
import { recomputePersons } from './persons.ts'
import { forgetSettled, reconsider } from './reconsider.ts'
import { rejoin } from './rejoin.ts'
import { ruleEdge } from './rule-edge.ts'
import { type Unsettled, unsettle } from './unsettle.ts'

/** What linking a batch came to: the persons whose matches must be looked at anew. */
export interface Linked {
  persons: string[]
  edges: Omit<EdgeRow, 'id'>[]
  reviews: ReviewRow[]
  /** Persons that turned out to be another, in order: the pseudonym and the one that stays. */
  merged: [from: string, to: string][]
}

/**
 * Gives every registration of the batch its person, in order; each sees those before it. Writes persons, links and koppelvragen
 * within the transaction. A registration that has its person still (its identity did not change) keeps it.
 */
export async function linkBatch(hub: Hub, tx: Tx, batch: RegistrationRow[], world: LinkWorld): Promise<Linked> {
  const linked: Linked = { persons: batch.flatMap((row) => row.person ?? []), edges: [], reviews: [], merged: [] }
  const loose = batch.filter((row) => row.person === null)
  await forgetEarlierLinks(hub, tx, loose, world, linked)
  const fresh: string[] = []
  const doubts: Unsettled[] = []
  const suspects = new Set<string>()
  for (const row of loose) {
    const decision = await decideOn(hub, tx, world, row)
    const person = decision.outcome === 'linked' ? decision.person : hub.ids.next('p')
    if (decision.outcome !== 'linked') fresh.push(person)
    record(hub, world, row, person, decision, linked)
    doubts.push(...unsettledBy(decision, row.seq))
    join(world, row, person)
    if (decision.outcome !== 'linked') continue
    for (const other of decision.alsoMerge) await merge(tx, world, person, other, linked)
    if (holdsTwoNames(membersOf(world, person))) suspects.add(person)
  }
  const now = hub.clock.domain().toISOString()
  await tx.linking.insertPersons(fresh.map((id) => ({ id, createdAt: now, redirect: null })))
  for (const [from, to] of linked.merged) await tx.linking.redirect(from, to)
  await tx.registrations.setPersons(loose.map(({ seq, person }) => ({ seq, person: person as string })))
  await tx.linking.insertEdges(linked.edges)
  await tx.linking.insertReviews(linked.reviews)
  linked.persons.push(...(await unsettle(hub, tx, doubts, (seq) => memberOf(world, seq))))
  const anew = await reconsider(hub, tx, loose, world)
  for (const person of anew.suspects) suspects.add(person)
  linked.persons.push(...anew.persons, ...(await part(hub, tx, suspects)))
  if (doubts.length + suspects.size + anew.persons.length > 0) await refresh(tx, loose)
  await forgetSettled(tx, [...new Set([...linked.merged.flat(), ...anew.persons])])
  linked.persons.push(...loose.map((row) => row.person as string))
  return { ...linked, persons: [...new Set(linked.persons)] }
}

/** Whom the newcomer puts in doubt: links that were made for the time being. */
function unsettledBy(decision: LinkDecision, newcomer: number): Unsettled[] {
  const hints = decision.outcome === 'linked' ? [] : decision.hints
  return [...new Set(hints.flatMap((hint) => hint.unsettles))].map((seq) => ({ seq: Number(seq), newcomer }))
}

/** What was taken back may lie in the batch itself. */
async function refresh(tx: Tx, loose: RegistrationRow[]): Promise<void> {
  const now = new Map((await tx.registrations.bySeqs(loose.map((row) => row.seq))).map((row) => [row.seq, row.person]))
  for (const row of loose) row.person = now.get(row.seq) ?? row.person
}

/** A changed identity is linked anew: the linker's own links of it go, a human's decision to keep apart stays. */
async function forgetEarlierLinks(hub: Hub, tx: Tx, loose: RegistrationRow[], world: LinkWorld, linked: Linked): Promise<void> {
  const seqs = new Set(loose.map((row) => row.seq))
  const earlier = (await tx.linking.edgesTouching([...seqs])).filter((edge) => edge.kind === 'zelfde')
  if (earlier.length === 0) return
  await tx.linking.removeEdges(earlier.map((edge) => edge.id))
  const open = (await tx.linking.reviewsTouching([...seqs])).filter((review) => review.state === 'open')
  await tx.linking.removeReviews(open.map((review) => review.id))
  const left = earlier.flatMap((edge) => [edge.a, edge.b]).filter((seq) => !seqs.has(seq))
  const were = Map.groupBy(await tx.registrations.bySeqs(left), (row) => row.person ?? '')
  const persons = [...were.keys()].filter((person) => person !== '')
  linked.persons.push(...persons, ...(await recomputePersons(hub, tx, persons)))
  for (const rows of were.values())
    linked.persons.push(
      ...(await rejoin(
        hub,
        tx,
        rows.map((row) => row.seq),
      )),
    )
  for (const row of await tx.registrations.byPersons([...new Set(linked.persons)])) world.rows.set(row.seq, row)
  regroup(world)
}

function regroup(world: LinkWorld): void {
  const rows = [...world.rows.values()].filter((row) => row.person !== null)
  world.members.clear()
  for (const [person, own] of Map.groupBy(rows, (row) => row.person as string))
    world.members.set(
      person,
      own.map((row) => row.seq).sort((a, b) => a - b),
    )
}

function join(world: LinkWorld, row: RegistrationRow, person: string): void {
  row.person = person
  world.rows.set(row.seq, row)
  world.members.set(person, [...(world.members.get(person) ?? []), row.seq])
}

function record(hub: Hub, world: LinkWorld, row: RegistrationRow, person: string, decision: LinkDecision, linked: Linked): void {
  const createdAt = hub.clock.domain().toISOString()
  const model = hub.model.version
  if (decision.outcome === 'linked')
    for (const target of [person, ...decision.alsoMerge]) {
      const b = world.members.get(target)?.[0]
      if (b === undefined) continue
      if (decision.provisional) world.provisional.add(row.seq)
      linked.edges.push(ruleEdge(hub, row.seq, b, decision))
    }
  if (decision.outcome === 'review')
    for (const candidate of decision.candidates) {
      const other = world.members.get(candidate.person)?.[0]
      if (other === undefined) continue
      linked.reviews.push({
        id: hub.ids.next('k'),
        registration: row.seq,
        candidate: other,
        state: 'open',
        evidence: JSON.stringify({ score: candidate.score, reden: candidate.reason, velden: candidate.evidence }),
        model,
        answeredBy: null,
        createdAt,
        answeredAt: null,
      })
    }
}

/** Two persons turn out to be one: the registrations go over, and the old pseudonym points at the one that stays. */
async function merge(tx: Tx, world: LinkWorld, person: string, other: string, linked: Linked): Promise<void> {
  const moving = absorb(world, person, other)
  await tx.registrations.setPersons(moving.map((seq) => ({ seq, person })))
  linked.merged.push([other, person])
  linked.persons.push(person, other)
}
