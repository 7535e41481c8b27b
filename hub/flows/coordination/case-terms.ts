import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow, ClimbRow, DeadlineRow } from '../../rows/coordination.ts'
import { startOfDay } from '../../stages/calendar.ts'
import type { Duration, LadderName } from '../../stages/consent/policy.ts'
import { type CaseFile, caseFileOf } from '../../stages/coordination/case-file.ts'
import { isAnswer, stepsDue } from '../../stages/coordination/ladder.ts'
import { passesAt, termsFrom } from '../../stages/coordination/terms.ts'
import { NEVER } from './show-case.ts'

/** What a running term is about, where it is not the whole case: `afspraak:s_…`. */
export function aboutOf({ term }: Pick<DeadlineRow, 'term'>): { code: string; about: string } {
  const [code = '', about = ''] = term.split(':')
  return { code, about }
}

export async function startTerm(hub: Hub, tx: Tx, subject: string, term: string, passes: string): Promise<void> {
  const deadline = { id: hub.ids.next('x'), term, subject, passesAt: passes, state: 'loopt' }
  await tx.coordination.deadlines.insert([deadline])
}

/** A day that must not pass: it has passed when the next one begins. */
export function endOf(day: string): string {
  return passesAt({ aantal: 0, eenheid: 'dagen' } satisfies Duration, startOfDay(day))
}

/** The terms that begin with a case or a melding. */
export async function startTermsFrom(
  hub: Hub,
  tx: Tx,
  vanaf: 'casus' | 'melding',
  subject: string,
  urgency: string | null = null,
): Promise<void> {
  const terms = termsFrom(hub.policy, vanaf, hub.clock.domain(), urgency)
  await tx.coordination.deadlines.insert(
    terms.map(({ term, passesAt: passes }) => ({ id: hub.ids.next('x'), term, subject, passesAt: passes, state: 'loopt' })),
  )
}

/** An act is the answer to every running term that names it; a term that repeats begins again now. */
export async function answerTerms(hub: Hub, tx: Tx, subject: string, act: string): Promise<void> {
  const running = await tx.coordination.deadlines.running([subject])
  const answered = running.filter((each) => hub.policy.termijnen[each.term]?.tot?.includes(act))
  await settle(tx, answered)
  for (const { term } of answered) {
    const rule = hub.policy.termijnen[term]
    if (rule?.herhaalt) await startTerm(hub, tx, subject, term, passesAt(rule, hub.clock.domain()))
  }
}

/** Ends one kind of running term, about one thing where that is said. */
export async function endTerms(tx: Tx, subject: string, code: string | null, about?: string): Promise<void> {
  const running = await tx.coordination.deadlines.running([subject])
  await settle(
    tx,
    running.filter((each) => {
      const parts = aboutOf(each)
      return (code === null || parts.code === code) && (about === undefined || parts.about === about)
    }),
  )
}

async function settle(tx: Tx, rows: DeadlineRow[]): Promise<void> {
  await tx.coordination.deadlines.settle(
    rows.map((row) => row.id),
    'beantwoord',
  )
}

/** Begins a ladder, unless it is being climbed already for the same organisation. */
export async function startLadder(
  hub: Hub,
  tx: Tx,
  row: CaseRow,
  ladder: LadderName,
  organisation: string | null,
  startedAt = hub.clock.domain().toISOString(),
): Promise<void> {
  const running = (await tx.coordination.deadlines.climbsOf([row.id])).filter((climb) => climb.state === 'loopt')
  if (running.some((climb) => climb.ladder === ladder && climb.organisation === organisation)) return
  const rule = hub.policy.coordinatie.ladders[ladder]
  const { nextAt } = stepsDue(rule, { startedAt, taken: 0, lastAt: null }, startedAt)
  const climb: ClimbRow = {
    id: hub.ids.next('n'),
    caseId: row.id,
    ladder,
    organisation,
    startedAt,
    taken: 0,
    lastAt: null,
    nextAt,
    state: 'loopt',
  }
  await tx.coordination.deadlines.insertClimb(climb)
}

/** Ends the climbs of a ladder to which this is an answer; answers how many. Without an answer all end: the case closed. */
export async function answerLadders(
  hub: Hub,
  tx: Tx,
  row: CaseRow,
  answer: { ladder: LadderName; code: string; organisation?: string | null } | null,
): Promise<number> {
  const running = (await tx.coordination.deadlines.climbsOf([row.id])).filter((climb) => climb.state === 'loopt')
  const answered = running.filter(
    (climb) =>
      answer === null ||
      (climb.ladder === answer.ladder &&
        (answer.organisation === undefined || climb.organisation === answer.organisation) &&
        isAnswer(hub.policy.coordinatie.ladders[answer.ladder], climb.taken, answer.code)),
  )
  for (const climb of answered) await tx.coordination.deadlines.updateClimb({ ...climb, state: 'beantwoord', nextAt: null })
  return answered.length
}

/** The case with the instant at which its first term passes: the order of the worklist. */
export async function withNext(tx: Tx, row: CaseRow): Promise<CaseRow> {
  const terms = (await tx.coordination.deadlines.running([row.id])).map((each) => each.passesAt)
  const climbs = (await tx.coordination.deadlines.climbsOf([row.id])).flatMap((climb) => climb.nextAt ?? [])
  return { ...row, nextAt: row.state === 'gesloten' ? NEVER : ([...terms, ...climbs].sort()[0] ?? NEVER) }
}

/** What a case holds now. */
export async function fileOf(tx: Tx, id: string): Promise<CaseFile> {
  const entries = await tx.coordination.cases.entriesOf([id])
  return caseFileOf(entries.map((entry) => ({ ...entry, content: JSON.parse(entry.content) })))
}
