import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow, ClimbRow, DeadlineRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { stepsDue } from '../../stages/coordination/ladder.ts'
import { passesAgainAt } from '../../stages/coordination/terms.ts'
import { eventOf } from '../event-of.ts'
import { receiverFor } from '../receivers.ts'
import { closed } from './act-effects.ts'
import { aboutOf, startLadder, startTerm, withNext } from './case-terms.ts'
import { familiesOf } from './family.ts'
import { tellCase, tellOfCase } from './tell-case.ts'

const PAGE = 200

/** Every term that passed, oldest first, each once: who is warned hears it, and what follows from it happens on its own date. */
export async function passTerms(hub: Hub, until: string): Promise<number> {
  for (let passed = 0; ; ) {
    const count = await hub.store.write(async (tx) => {
      const due = await tx.coordination.deadlines.due(until, PAGE)
      for (const deadline of due) await pass(hub, tx, deadline)
      return due.length
    })
    if (count === 0) return passed
    passed += count
    hub.delivery.ring()
  }
}

async function pass(hub: Hub, tx: Tx, deadline: DeadlineRow): Promise<void> {
  await tx.coordination.deadlines.settle([deadline.id], 'verstreken')
  const rule = hub.policy.termijnen[deadline.term]
  if (rule?.herhaalt) await startTerm(hub, tx, deadline.subject, deadline.term, passesAgainAt(rule, deadline.passesAt))
  await tx.log.append(
    [
      hubLine({
        actie: 'wijzigen',
        uitkomst: 'toegestaan',
        object: deadline.subject,
        controles: `termijn,${aboutOf(deadline).code}`,
      }),
    ],
    hub.clock.real(),
  )
  if (deadline.subject.startsWith('c_')) return passInCase(hub, tx, deadline)
  if (deadline.subject.startsWith('v_')) return passForRequest(hub, tx, deadline)
  const [row] = await tx.registrations.byIds([deadline.subject])
  if (!row) return
  await tx.events.append([eventOf(hub, row.organisation, 'termijn.verlopen.v1', `/v1/registraties/${row.id}`)])
  await warnInCases(hub, tx, row, rule?.waarschuwt ?? [])
}

/** Point and zorgcoördinator of the family's open cases hear too, where the policy names them and lets them be told of the registration. */
async function warnInCases(hub: Hub, tx: Tx, row: RegistrationRow, waarschuwt: readonly string[]): Promise<void> {
  if (row.person === null || !waarschuwt.some((code) => code === 'coordinatiepunt' || code === 'zorgcoordinator')) return
  for (const each of (await tx.coordination.cases.byKeys([row.person])).filter(({ state }) => state !== 'gesloten')) {
    const warned = [
      ...(waarschuwt.includes('coordinatiepunt') ? [each.point] : []),
      ...(waarschuwt.includes('zorgcoordinator') ? [each.coordinator ?? each.point] : []),
    ].filter((id) => id !== row.organisation)
    for (const id of warned) {
      const reader = receiverFor(hub.region, id)
      const seen = reader ? ((await familiesOf(hub, tx, reader, [each.id])).seen.get(each.id) ?? []) : []
      if (seen.some(({ seq }) => seq === row.seq)) await tellOfCase(hub, tx, each, 'termijn.verlopen', [id])
    }
  }
}

async function passForRequest(hub: Hub, tx: Tx, { subject, term }: DeadlineRow): Promise<void> {
  const request = await tx.followUps.requestById(subject)
  if (!request) return
  const { waarschuwt = [] } = hub.policy.termijnen[term] ?? {}
  const path = `/v1/meldingen/${request.id}`
  if (waarschuwt.includes('organisatie'))
    await tx.events.append([eventOf(hub, request.organisation, 'termijn.verlopen.v1', path)])
  if (waarschuwt.includes('coordinatiepunt'))
    await tx.events.append([eventOf(hub, request.receiver, 'termijn.verlopen.v1', path, { municipality: request.municipality })])
}

async function passInCase(hub: Hub, tx: Tx, deadline: DeadlineRow): Promise<void> {
  const row = await tx.coordination.cases.byId(deadline.subject)
  if (!row || row.state === 'gesloten') return
  const { code, about } = aboutOf(deadline)
  if (code === 'sluiten') return closeBySilence(hub, tx, row)
  if (code === 'afspraak') await breakAgreement(hub, tx, row, about, deadline.passesAt)
  await tellOfCase(hub, tx, row, 'termijn.verlopen', await warnedIn(hub, tx, row, code))
  await tx.coordination.cases.update(await withNext(tx, row))
}

/** Whom the policy names; of a day that the case itself set (an agreement, an evaluation) point and zorgcoördinator hear. */
async function warnedIn(hub: Hub, tx: Tx, row: CaseRow, term: string): Promise<string[]> {
  const { waarschuwt = ['coordinatiepunt', 'zorgcoordinator'] } = hub.policy.termijnen[term] ?? {}
  const involved = waarschuwt.includes('betrokken-organisaties') ? await tx.coordination.cases.partiesOf([row.id]) : []
  return [
    ...(waarschuwt.includes('coordinatiepunt') ? [row.point] : []),
    ...(waarschuwt.includes('zorgcoordinator') ? [row.coordinator ?? row.point] : []),
    ...involved.map(({ organisation }) => organisation),
  ]
}

/** Nobody is involved any more and nobody confirmed: the case closes. */
async function closeBySilence(hub: Hub, tx: Tx, row: CaseRow): Promise<void> {
  await record(hub, tx, row, 'sluiten', { reden: 'geen-betrokkenheid' }, hub.clock.domain().toISOString())
  const after = await withNext(tx, await closed(tx, { hub, row }))
  await tx.coordination.cases.update(after)
  await tellCase(hub, tx, after, 'casus.gesloten', null)
}

/** An agreement whose day passed: recorded on that day, and the stagnation ladder begins for who made it. */
async function breakAgreement(hub: Hub, tx: Tx, row: CaseRow, id: string, at: string): Promise<void> {
  await record(hub, tx, row, 'afspraakverlopen', { afspraak: id }, at)
  const entry = (await tx.coordination.cases.entriesOf([row.id])).find((each) => each.id === id)
  const organisation = entry ? (JSON.parse(entry.content).door?.organisatie ?? null) : null
  await startLadder(hub, tx, row, 'stagnatie', organisation, at)
}

async function record(hub: Hub, tx: Tx, row: CaseRow, kind: string, content: object, createdAt: string): Promise<void> {
  await tx.coordination.cases.addEntry({
    id: hub.ids.next('s'),
    caseId: row.id,
    kind,
    content: JSON.stringify(content),
    organisation: row.point,
    role: 'kalender',
    recordedBy: 'hub',
    createdAt,
  })
}

/** Every step of a ladder that is due: each with its own date, none skipped, none twice. */
export async function climbLadders(hub: Hub, until: string): Promise<number> {
  for (let taken = 0; ; ) {
    const count = await hub.store.write(async (tx) => {
      const due = await tx.coordination.deadlines.dueClimbs(until, PAGE)
      let steps = 0
      for (const climb of due) steps += await climbOne(hub, tx, climb, until)
      return { due: due.length, steps }
    })
    if (count.due === 0) return taken
    taken += count.steps
    hub.delivery.ring()
  }
}

async function climbOne(hub: Hub, tx: Tx, climb: ClimbRow, until: string): Promise<number> {
  const ladder = hub.policy.coordinatie.ladders[climb.ladder as 'stagnatie']
  const { steps, nextAt } = stepsDue(ladder, climb, until)
  await tx.coordination.deadlines.insertSteps(steps.map(({ index, id, at }) => ({ climb: climb.id, step: index, code: id, at })))
  await tx.coordination.deadlines.updateClimb({
    ...climb,
    taken: climb.taken + steps.length,
    lastAt: steps.at(-1)?.at ?? climb.lastAt,
    nextAt,
    state: nextAt === null ? 'ten-einde' : climb.state,
  })
  const row = await tx.coordination.cases.byId(climb.caseId)
  if (!row) return steps.length
  for (const step of steps) await tellOfCase(hub, tx, row, 'ladder.stap', told(row, climb, step.waarschuwt))
  await tx.log.append(
    steps.map(({ id }) => hubLine({ actie: 'wijzigen', uitkomst: 'toegestaan', object: row.id, controles: `ladder,${id}` })),
    hub.clock.real(),
  )
  await tx.coordination.cases.update(await withNext(tx, row))
  return steps.length
}

/** Who has a feed hears it there; whom the hub does not know (a municipality, a steering group) the point tells. */
function told(row: CaseRow, climb: ClimbRow, codes: readonly string[]): string[] {
  const addressed = codes.includes('organisatie') || codes.includes('leiding') ? [climb.organisation] : []
  const coordinator = codes.includes('zorgcoordinator') ? [row.coordinator ?? row.point] : []
  return [row.point, ...coordinator, ...addressed].flatMap((id) => id ?? [])
}
