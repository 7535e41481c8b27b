import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow, ReviewRow } from '../rows.ts'
import { decide } from '../stages/link/decide.ts'
import type { Member } from '../stages/link/decision.ts'
import { markerOf } from '../stages/link/spellings.ts'
import { keptApart } from './link-world.ts'
import { recomputePersons } from './persons.ts'
import { ruleEdge } from './rule-edge.ts'

interface Group {
  person: string
  rows: RegistrationRow[]
  members: Member[]
}

/**
 * Registrations that were one person until something came between: each part that fell off is held against the parts before it, and joined
 * again where the linker still says so and nobody answered otherwise. Parts whose name is known to be in use come first, so that a slip is
 * held against every name that it can stand for. Answers every person concerned.
 */
export async function rejoin(hub: Hub, tx: Tx, seqs: number[]): Promise<string[]> {
  const parts = await partsOf(hub, tx, seqs)
  if (parts.length < 2) return []
  const own = parts.flatMap(({ rows }) => rows.map(({ seq }) => seq))
  const areApart = apartBy(keptApart(await tx.linking.edgesTouching(own)))
  const known: Group[] = []
  const edges: Omit<EdgeRow, 'id'>[] = []
  const reviews: ReviewRow[] = []
  for (const part of parts) {
    const { joined, asked, to } = holdAgainst(hub, part, known, areApart)
    edges.push(...joined)
    reviews.push(...asked)
    absorb(known, part, to)
  }
  await tx.linking.insertEdges(edges)
  await tx.linking.insertReviews(await notAskedYet(tx, reviews))
  return edges.length > 0
    ? recomputePersons(
        hub,
        tx,
        parts.map((part) => part.person),
      )
    : []
}

async function notAskedYet(tx: Tx, reviews: ReviewRow[]): Promise<ReviewRow[]> {
  const pairOf = ({ registration, candidate }: ReviewRow) => [registration, candidate].sort((a, b) => a - b).join()
  const known = await tx.linking.reviewsTouching(reviews.map(({ registration }) => registration))
  const asked = new Set(known.map(pairOf))
  return reviews.filter((review) => !asked.has(pairOf(review)))
}

async function partsOf(hub: Hub, tx: Tx, seqs: number[]): Promise<Group[]> {
  const loose = await tx.registrations.bySeqs(seqs)
  const rows = await tx.registrations.byPersons([...new Set(loose.flatMap((row) => row.person ?? []))])
  const profiles = await hub.contents.openProfiles(tx, rows, hub.keys.link.now().current)
  const membersOf = (own: RegistrationRow[]): Member[] =>
    own.flatMap(({ seq }) => {
      const profile = profiles.get(seq)
      return profile ? [{ id: String(seq), profile }] : []
    })
  const marked = markerOf(membersOf(rows))
  const isInUse = ({ members }: Group) => (members[0]?.profile.firstInUse ? 0 : 1)
  return [...Map.groupBy(rows, (row) => row.person as string)]
    .map(([person, own]) => ({ person, rows: own, members: membersOf(own).map(marked) }))
    .sort((a, b) => isInUse(a) - isInUse(b) || first(a).seq - first(b).seq)
}

const first = (group: Group) => group.rows[0] as RegistrationRow

/** The part stands on its own, or goes into the groups that it is one with, which are one from then on. */
function absorb(known: Group[], part: Group, to: Group[]): void {
  const [target, ...others] = to
  if (!target) {
    known.push({ ...part })
    return
  }
  for (const group of [...others, part]) {
    target.rows = [...target.rows, ...group.rows]
    target.members = [...target.members, ...group.members]
    if (group !== part) known.splice(known.indexOf(group), 1)
  }
}

type AreApart = (one: Group, other: Group) => boolean

function apartBy(apart: Map<number, Set<number>>): AreApart {
  return (one, other) => one.rows.some(({ seq }) => other.rows.some((row) => apart.get(seq)?.has(row.seq)))
}

function holdAgainst(hub: Hub, part: Group, known: Group[], areApart: AreApart) {
  const [incoming] = part.members
  const candidates = known.map((group) => ({
    person: group.person,
    members: group.members,
    apart: areApart(part, group),
    apartFrom: known.filter((other) => areApart(group, other)).map(({ person }) => person),
  }))
  const decision = incoming && decide(incoming, candidates, hub.model)
  const groupOf = (person: string) => known.find((group) => group.person === person) as Group
  const createdAt = hub.clock.domain().toISOString()
  const model = hub.model.version
  const to = decision?.outcome === 'linked' ? [decision.person, ...decision.alsoMerge].map(groupOf) : []
  const joined: Omit<EdgeRow, 'id'>[] = []
  const asked: ReviewRow[] = []
  const a = first(part).seq
  if (decision?.outcome === 'linked') joined.push(...to.map((group) => ruleEdge(hub, a, first(group).seq, decision)))
  if (decision?.outcome === 'review')
    for (const { person, score, reason, evidence: velden } of decision.candidates) {
      const evidence = JSON.stringify({ score, reden: reason, velden })
      const answer = { state: 'open', answeredBy: null, answeredAt: null }
      const candidate = first(groupOf(person)).seq
      asked.push({ id: hub.ids.next('k'), registration: a, candidate, evidence, model, createdAt, ...answer })
    }
  return { joined, asked, to }
}
