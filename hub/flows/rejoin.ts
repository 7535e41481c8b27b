import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow, ReviewRow } from '../rows.ts'
import { decide } from '../stages/link/decide.ts'
import type { Profile } from '../stages/link/profile.ts'
import { recomputePersons } from './persons.ts'

interface Group {
  person: string
  rows: RegistrationRow[]
}

/**
 * Registrations that were one person through another one that is now about somebody else: each part that fell off is held against
 * the parts before it, and joined again where the linker still says so. Answers every person concerned.
 */
export async function rejoin(hub: Hub, tx: Tx, seqs: number[]): Promise<string[]> {
  const loose = await tx.registrations.bySeqs(seqs)
  const rows = await tx.registrations.byPersons([...new Set(loose.flatMap((row) => row.person ?? []))])
  const profiles = await hub.contents.openProfiles(tx, rows, hub.keys.link.now().current)
  const parts = [...Map.groupBy(rows, (row) => row.person as string)].map(([person, own]) => ({ person, rows: own }))
  if (parts.length < 2) return []
  const known: Group[] = []
  const edges: Omit<EdgeRow, 'id'>[] = []
  const reviews: ReviewRow[] = []
  for (const part of parts.sort((a, b) => first(a).seq - first(b).seq)) {
    const { joined, asked } = holdAgainst(hub, part, known, profiles)
    edges.push(...joined)
    reviews.push(...asked)
    known.push(part)
  }
  await tx.linking.insertEdges(edges)
  await tx.linking.insertReviews(reviews)
  return edges.length > 0
    ? recomputePersons(
        hub,
        tx,
        parts.map((part) => part.person),
      )
    : []
}

const first = (group: Group) => group.rows[0] as RegistrationRow

function holdAgainst(hub: Hub, part: Group, known: Group[], profiles: Map<number, Profile>) {
  const members = (group: Group) =>
    group.rows.flatMap(({ seq }) => (profiles.has(seq) ? [{ id: String(seq), profile: profiles.get(seq) as Profile }] : []))
  const [incoming] = members(part)
  const candidates = known.map((group) => ({ person: group.person, members: members(group), apart: false }))
  const decision = incoming && decide(incoming, candidates, hub.model)
  const oldest = (person: string) => first(known.find((group) => group.person === person) as Group).seq
  const createdAt = hub.clock.domain().toISOString()
  const model = hub.model.version
  const joined: Omit<EdgeRow, 'id'>[] = []
  const asked: ReviewRow[] = []
  const a = first(part).seq
  if (decision?.outcome === 'linked')
    for (const person of [decision.person, ...decision.alsoMerge]) {
      const evidence = JSON.stringify(decision.evidence)
      const provisional = decision.provisional ? 1 : 0
      joined.push({
        a,
        b: oldest(person),
        kind: 'zelfde',
        origin: 'regel',
        provisional,
        evidence,
        model,
        review: null,
        createdAt,
      })
    }
  if (decision?.outcome === 'review')
    for (const { person, score, reason, evidence: velden } of decision.candidates) {
      const evidence = JSON.stringify({ score, reden: reason, velden })
      const answer = { state: 'open', answeredBy: null, answeredAt: null }
      asked.push({ id: hub.ids.next('k'), registration: a, candidate: oldest(person), evidence, model, createdAt, ...answer })
    }
  return { joined, asked }
}
