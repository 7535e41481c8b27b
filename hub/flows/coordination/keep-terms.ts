import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { RegistrationRow } from '../../rows.ts'
import { dayOf } from '../../stages/calendar.ts'
import { termsOf } from '../../stages/coordination/terms.ts'
import type { Content } from '../contents.ts'
import { takesPart } from '../involvements.ts'

/**
 * Brings the terms that run for these registrations in line with how they stand: a status that changed answers what waited for it
 * and begins what belongs to the new one. A newer version in the same status begins nothing anew. Why an involvement ended is kept
 * for the figures.
 */
export async function keepTerms(hub: Hub, tx: Tx, rows: RegistrationRow[], contents: Map<number, Content>): Promise<void> {
  const day = dayOf(hub.clock.domain())
  const running = Map.groupBy(await tx.coordination.deadlines.running(rows.map((row) => row.id)), (each) => each.subject)
  const fresh: { term: string; subject: string; passesAt: string }[] = []
  const answered: string[] = []
  for (const row of rows) {
    const content = contents.get(row.seq)
    if (!content) continue
    const { betrokkenheid, coordinatieNodig } = content.registration
    const wanted = termsOf(hub.policy, {
      organisation: row.organisation,
      status: row.status,
      hat: betrokkenheid.pet ?? null,
      urgency: coordinatieNodig?.urgentie ?? null,
      startedOn: row.startedOn,
      receivedAt: row.receivedAt,
      isOpen: takesPart(hub, row, day),
    })
    const known = running.get(row.id) ?? []
    const names = new Set(wanted.map(({ term }) => term))
    answered.push(...known.filter(({ term }) => !names.has(term)).map(({ id }) => id))
    const present = new Set(known.map(({ term }) => term))
    fresh.push(...wanted.filter(({ term }) => !present.has(term)).map((each) => ({ ...each, subject: row.id })))
  }
  await tx.coordination.deadlines.settle(answered, 'beantwoord')
  await tx.coordination.deadlines.insert(fresh.map((each) => ({ ...each, id: hub.ids.next('x'), state: 'loopt' })))
  await keepClosings(tx, rows, contents)
}

async function keepClosings(tx: Tx, rows: RegistrationRow[], contents: Map<number, Content>): Promise<void> {
  const closings = rows.flatMap((row) => {
    const { afsluitreden, einddatum } = contents.get(row.seq)?.registration.betrokkenheid ?? {}
    const day = einddatum ?? row.endedOn
    return day ? [{ registration: row.seq, reason: afsluitreden ?? 'overig', day }] : []
  })
  await tx.coordination.closings.set(closings)
}
