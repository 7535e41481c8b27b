import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { EdgeRow, RegistrationRow, ReviewRow } from '../rows.ts'
import type { Evidence, Member } from '../stages/link/decision.ts'
import { decideAmong } from '../stages/link/spellings.ts'
import { recomputePersons } from './persons.ts'

/** A registration that was linked for the time being, and the newcomer that could be whom it is about as well. */
export interface Unsettled {
  seq: number
  newcomer: number
}

/**
 * Takes back links made for the time being on which a newcomer throws doubt: each such registration becomes a person of its own, and
 * a koppelvraag asks for each person it can be about. Runs when the batch's own links are written. Answers every person concerned.
 */
export async function unsettle(hub: Hub, tx: Tx, doubts: Unsettled[], memberOf: (seq: number) => Member | undefined) {
  const concerned: string[] = []
  const reviews: ReviewRow[] = []
  for (const { seq, newcomer } of doubts) {
    const [row] = await tx.registrations.bySeqs([seq])
    const own = (await tx.linking.edgesTouching([seq])).filter((edge) => edge.a === seq && edge.provisional === 1)
    if (!row?.person || own.length === 0) continue
    await tx.linking.removeEdges(own.map((edge) => edge.id))
    concerned.push(...(await recomputePersons(hub, tx, [row.person])))
    const candidates = [...new Set([...own.map((edge) => edge.b), newcomer])]
    reviews.push(...(await asked(hub, tx, seq, candidates, own, memberOf)))
  }
  await tx.linking.insertReviews(reviews)
  return concerned
}

async function asked(
  hub: Hub,
  tx: Tx,
  seq: number,
  candidates: number[],
  edges: EdgeRow[],
  memberOf: (seq: number) => Member | undefined,
): Promise<ReviewRow[]> {
  const rows = await tx.registrations.bySeqs(candidates)
  const evidence = evidenceFor(hub, seq, rows, edges, memberOf)
  return rows.map((row) => ({
    id: hub.ids.next('k'),
    registration: seq,
    candidate: row.seq,
    state: 'open',
    evidence: JSON.stringify(evidence(row)),
    model: hub.model.version,
    answeredBy: null,
    createdAt: hub.clock.domain().toISOString(),
    answeredAt: null,
  }))
}

/** What the linker says of each of the two now; where it says nothing, what the link that went rested on. */
function evidenceFor(
  hub: Hub,
  seq: number,
  rows: RegistrationRow[],
  edges: EdgeRow[],
  memberOf: (seq: number) => Member | undefined,
) {
  const incoming = memberOf(seq)
  const persons = rows.map((row) => ({ person: String(row.seq), members: [memberOf(row.seq) ?? []].flat(), apart: false }))
  const decision = incoming && decideAmong(incoming, persons, hub.model)
  const before = JSON.parse(edges[0]?.evidence ?? '{}') as Evidence
  return (row: RegistrationRow) => {
    const found = decision?.outcome === 'review' ? decision.candidates.find((each) => each.person === String(row.seq)) : undefined
    if (found) return { score: found.score, reden: found.reason, velden: found.evidence }
    return { score: before.totaal, reden: 'mogelijke-tweeling', velden: before }
  }
}
