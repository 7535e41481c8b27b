import type { Koppelvraag, KoppelvraagAntwoord, KoppelvraagLijst } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { ReviewRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Evidence } from '../stages/link/decision.ts'
import { reviewDueOn, reviewsDueBefore } from '../stages/link/review-term.ts'
import type { Answer } from './answer.ts'
import { idAfter, pageOf } from './cursor.ts'
import { recomputePersons } from './persons.ts'
import { reassess } from './reassess.ts'
import { receiverFor } from './receivers.ts'

/**
 * A person decides a doubtful link. A later answer undoes the earlier one: its edge goes, the new one comes, and only the persons
 * concerned are recomputed; whatever was told on the strength of the old answer is corrected in the same transaction.
 */
export async function answerReview(
  hub: Hub,
  principal: Principal,
  id: string,
  { antwoord }: KoppelvraagAntwoord,
): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const review = await tx.linking.reviewById(id)
    if (!review) throw new HubError('niet-gevonden')
    const seqs = [review.registration, review.candidate]
    const before = await personsOf(tx, seqs)
    const edges = await tx.linking.edgesTouching(seqs)
    await tx.linking.removeEdges(edges.filter((edge) => edge.review === id).map((edge) => edge.id))
    const now = hub.clock.domain().toISOString()
    if (antwoord !== 'weet-niet') await tx.linking.insertEdges([edgeOf(review, antwoord, now)])
    const persons = await recomputePersons(hub, tx, before)
    const state = antwoord === 'weet-niet' ? 'open' : antwoord
    await tx.linking.updateReview({ ...review, state, answeredBy: principal.subject, answeredAt: now })
    await tx.log.append(
      (await personsOf(tx, seqs)).map((persoon) =>
        lineOf(principal, { actie: 'wijzigen', uitkomst: 'toegestaan', object: id, persoon }),
      ),
      hub.clock.real(),
    )
    await reassess(hub, tx, { persons, seqs })
    return { id }
  })
}

function edgeOf(review: ReviewRow, answer: string, createdAt: string) {
  const { registration: a, candidate: b, evidence, model, id } = review
  const kind = answer === 'dezelfde' ? 'zelfde' : 'anders'
  return { a, b, kind, origin: 'mens', provisional: 0, evidence, model, review: id, createdAt }
}

async function personsOf(tx: Tx, seqs: number[]): Promise<string[]> {
  return [...new Set((await tx.registrations.bySeqs(seqs)).flatMap((row) => row.person ?? []))]
}

/**
 * The doubtful links, the longest waiting first, with what a person needs to compare; the only place where an administrator sees names, and
 * each look is logged. `overTermijn`: only those that are over their term, or only the others.
 */
export function lookReviews(
  hub: Hub,
  principal: Principal,
  query: { status?: string; overTermijn?: boolean; cursor?: string; limiet: number },
): Promise<Answer<KoppelvraagLijst>> {
  const after = idAfter(query.cursor)
  const before = reviewsDueBefore(hub.clock.domain())
  const overdue = query.overTermijn === undefined ? null : { before, is: query.overTermijn }
  return hub.store.read(async (tx) => {
    const found = await tx.linking.listReviews({ state: query.status ?? null, overdue }, after, query.limiet + 1)
    const { rows, next } = pageOf(found, query.limiet, (row) => row.id)
    const registrations = await tx.registrations.bySeqs([...new Set(rows.flatMap((row) => [row.registration, row.candidate]))])
    const contents = await hub.contents.open(tx, registrations)
    const show = (seq: number) => {
      const organisation = registrations.find((row) => row.seq === seq)?.organisation ?? ''
      const { bsn: _, ...persoon } = contents.get(seq)?.registration.persoon ?? {}
      return { organisatie: { id: organisation, naam: receiverFor(hub.region, organisation)?.naam ?? organisation }, persoon }
    }
    const koppelvragen = rows.map(
      (row): Koppelvraag => ({ ...shown(row, hub.clock.domain()), gegevens: [show(row.registration), show(row.candidate)] }),
    )
    const lines = rows.flatMap((row) =>
      [row.registration, row.candidate].map((seq) => {
        const persoon = registrations.find((each) => each.seq === seq)?.person ?? null
        return lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: row.id, persoon })
      }),
    )
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'koppelvragen' })
    return { body: { koppelvragen, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
  })
}

function shown({ id, state, createdAt, answeredAt, evidence }: ReviewRow, now: Date): Omit<Koppelvraag, 'gegevens'> {
  const { score, reden, velden } = JSON.parse(evidence) as { score: number; reden: string; velden?: Evidence }
  return {
    id,
    status: state === 'open' ? 'open' : 'beantwoord',
    gesteldOp: createdAt,
    antwoord: state !== 'open' ? (state as Koppelvraag['antwoord']) : answeredAt ? 'weet-niet' : null,
    beantwoordOp: answeredAt,
    uiterlijk: reviewDueOn(createdAt),
    overTermijn: state === 'open' && createdAt < reviewsDueBefore(now),
    score: Number.isFinite(score) ? Math.max(0, Math.min(1, 1 / (1 + 2 ** -score))) : null,
    reden,
    bewijs: waterfallOf(velden),
  }
}

/** Why the linker doubts: what each field weighs, and what was needed. */
function waterfallOf(evidence: Evidence | undefined): Koppelvraag['bewijs'] {
  if (!evidence?.velden || !evidence.drempels) return null
  const { velden, persoon, huishouden, totaal, model, drempels } = evidence
  const { individual, household, link, linkByNameOnly, review } = drempels
  return {
    ...{ velden, persoon, huishouden, totaal, model },
    drempels: { persoon: individual, huishouden: household, koppelen: link, koppelenOpNaam: linkByNameOnly, koppelvraag: review },
  }
}
