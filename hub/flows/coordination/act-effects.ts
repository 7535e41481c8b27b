import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { CaseEntryRow, CaseRow } from '../../rows/coordination.ts'
import { dayOf } from '../../stages/calendar.ts'
import type { ActKind } from '../../stages/coordination/acts.ts'
import { lastDayOf } from '../../stages/coordination/terms.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Act } from './act-rules.ts'
import { answerLadders, endOf, endTerms, startLadder, startTerm } from './case-terms.ts'

type Effect = (tx: Tx, act: Act, entry: CaseEntryRow) => Promise<CaseRow>

const nothing: Effect = async (_tx, { row }) => row

/** What an act does beside being recorded: terms and ladders that begin or end, and what the case's row holds. */
export const EFFECTS: Record<ActKind, Effect> = {
  rondetafel: nothing,
  async variant(_tx, { row, body }) {
    return { ...row, variant: body.variant ?? row.variant }
  },
  async zorgcoordinator(_tx, { row, body }) {
    return { ...row, coordinator: body.wie === 'professional' ? (body.organisatie ?? null) : null }
  },
  gezinscoach: nothing,
  async plan(tx, { hub, row, body }) {
    const plan = String(body.plan ?? 1)
    await endTerms(tx, row.id, 'evaluatie', plan)
    const today = dayOf(hub.clock.domain())
    for (const day of (body.evaluaties ?? []).filter((each) => each >= today))
      await startTerm(hub, tx, row.id, `evaluatie:${plan}`, endOf(day))
    return row
  },
  async afspraak(tx, { hub, row, body }, entry) {
    await startTerm(hub, tx, row.id, `afspraak:${entry.id}`, endOf(body.uiterlijk ?? dayOf(hub.clock.domain())))
    return row
  },
  async afspraakresultaat(tx, { hub, row, body, file }) {
    await endTerms(tx, row.id, 'afspraak', body.afspraak ?? '')
    const organisation = file.agreements.get(body.afspraak ?? '')?.by.organisatie ?? null
    if (body.nagekomen) await answerLadders(hub, tx, row, { ladder: 'stagnatie', code: 'nagekomen', organisation })
    else await startLadder(hub, tx, row, 'stagnatie', organisation)
    return row
  },
  async evaluatie(tx, { row, body }) {
    const plan = String(body.plan ?? 1)
    const [first] = (await tx.coordination.deadlines.running([row.id]))
      .filter(({ term }) => term === `evaluatie:${plan}`)
      .sort((a, b) => (a.passesAt < b.passesAt ? -1 : 1))
    if (first) await tx.coordination.deadlines.settle([first.id], 'beantwoord')
    return row
  },
  gesprek: nothing,
  knelpunt: nothing,
  async ladder(tx, { hub, row, body }) {
    if (body.ladder) await startLadder(hub, tx, row, body.ladder, body.organisatie ?? null)
    return row
  },
  async ladderantwoord(tx, { hub, row, body }) {
    const answer = { ladder: body.ladder ?? 'stagnatie', code: body.antwoord ?? '' } as const
    if ((await answerLadders(hub, tx, row, answer)) > 0) return row
    const fault = faultOf(
      '/antwoord',
      'geen-antwoord',
      'Dit is geen antwoord op de stap die nu loopt.',
      'Zie de tabel van de ladder.',
    )
    throw new HubError('ongeldige-invoer', { faults: [fault] })
  },
  opleggen: nothing,
  async sluiten(tx, act) {
    return closed(tx, act)
  },
  async bevestigen(tx, { hub, row }) {
    await endTerms(tx, row.id, 'sluiten')
    return { ...row, askedAt: hub.clock.domain().toISOString() }
  },
  heropenen: nothing,
}

/** A closed case: nothing runs any more, and client tracking knows the family for its own term. */
export async function closed(tx: Tx, { hub, row }: Pick<Act, 'hub' | 'row'>): Promise<CaseRow> {
  await endTerms(tx, row.id, null)
  await answerLadders(hub, tx, row, null)
  const now = hub.clock.domain()
  const { bewaren } = hub.policy.coordinatie.clientvolgsysteem
  return { ...row, state: 'gesloten', closedAt: now.toISOString(), askedAt: null, keepUntil: lastDayOf(bewaren, dayOf(now)) }
}
