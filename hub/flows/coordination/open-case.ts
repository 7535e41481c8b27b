import type { Coordinatiecasus, NieuweCasus } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow, RequestRow } from '../../rows.ts'
import { seqsOf } from '../../stages/alert/view.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { AFSPRAAK, CASUS } from '../../stages/coordination/machines.ts'
import { lastDayOf } from '../../stages/coordination/terms.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import { seeOne } from '../look-matches.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { endOf, fileOf, startTerm, startTermsFrom, withNext } from './case-terms.ts'
import { familiesAround } from './family.ts'
import { requestFor, takeUp } from './judge-request.ts'
import { seeCase } from './look-cases.ts'
import { NEVER } from './show-case.ts'
import { bringIn, tellCase } from './tell-case.ts'

/** Opens a case from a match or a melding. A family that has one keeps it; one that closed lately goes on. */
export async function openCase(
  hub: Hub,
  principal: Principal,
  body: NieuweCasus,
): Promise<{ body: Coordinatiecasus; repeated: boolean }> {
  if ((body.match === undefined) === (body.melding === undefined)) throw oneOfBoth(body)
  return hub.store.write(async (tx) => {
    refuseWithoutCases(hub, principal)
    const { row, repeated } = await (body.melding
      ? fromRequest(hub, tx, principal, body.melding)
      : fromMatch(hub, tx, principal, body))
    const { body: shown, lines } = await seeCase(hub, tx, principal, row.id)
    await tx.log.append(lines, hub.clock.real())
    return { body: shown, repeated }
  })
}

function oneOfBoth({ match }: NieuweCasus): HubError {
  const both = match !== undefined
  const fault = both
    ? faultOf('/melding', 'niet-hier', 'Een casus begint uit een match of uit een melding.', 'Laat een van beide weg.')
    : faultOf('', 'verplicht', 'Niet gezegd is waaruit de casus begint.', 'Geef match of melding.')
  return new HubError('ongeldige-invoer', { faults: [fault] })
}

function refuseWithoutCases(hub: Hub, principal: Principal): void {
  if (principal.role !== 'coordinatiepunt') throw new HubError('niet-gevonden')
  if (!hasCases(hub, principal.organisation))
    throw new HubError('conflict', { detail: 'Dit coördinatiepunt voert geen casussen: het neemt alleen meldingen aan.' })
}

/** Whether a point coordinates itself, by the region and by its rules; else it only takes meldingen. */
export function hasCases(hub: Hub, point: string): boolean {
  const form = hub.region.coordinatiepunten.find((each) => each.id === point)?.vorm
  return hub.policy.coordinatie.casussen && form === 'meld-en-coordinatie'
}

async function fromMatch(hub: Hub, tx: Tx, principal: Principal, { match = '' }: NieuweCasus) {
  const { row, seen } = await seeOne(hub, tx, principal, match)
  return begin(hub, tx, principal, { seqs: seqsOf(seen.view), municipality: row.municipality, match, request: null, parties: [] })
}

async function fromRequest(hub: Hub, tx: Tx, principal: Principal, id: string) {
  const request = await requestFor(tx, principal, id)
  const standing = request.caseId ? await tx.coordination.cases.byId(request.caseId) : undefined
  return standing ? { row: standing, repeated: true } : takeUp(hub, tx, principal, request, openFor)
}

/** Opens, or finds, the case of a melding. */
export function openFor(hub: Hub, tx: Tx, principal: Principal, request: RequestRow) {
  const { registration, municipality, organisation } = request
  return begin(hub, tx, principal, {
    seqs: [registration],
    municipality,
    match: null,
    request: request.id,
    parties: [organisation],
  })
}

interface Beginning {
  seqs: number[]
  municipality: string
  match: string | null
  request: string | null
  parties: string[]
}

async function begin(hub: Hub, tx: Tx, principal: Principal, from: Beginning): Promise<{ row: CaseRow; repeated: boolean }> {
  const reader = receiverFor(hub.region, principal.organisation) as Receiver
  const families = await familiesAround(hub, tx, reader, new Map([['', from.seqs]]))
  const begun = families.begun.get('') ?? []
  const keys = [...new Set(begun.flatMap((each) => [each.person ?? '', ...(families.keys.get(each.seq) ?? [])]))].filter(Boolean)
  const standing = await goesOn(hub, tx, principal, keys)
  if (standing) {
    await bringIn(hub, tx, standing.row, from.parties)
    return standing
  }
  const row = newCase(hub, principal.organisation, from)
  await tx.coordination.cases.insert(row)
  const known = [
    ...from.seqs.map((registration) => ({ caseId: row.id, registration, begin: 1 })),
    ...(families.seen.get('') ?? []).map(({ seq }) => ({ caseId: row.id, registration: seq, begin: 0 })),
  ]
  await tx.coordination.cases.addRegistrations(known.filter((each) => each.begin === 1 || !from.seqs.includes(each.registration)))
  await tx.coordination.cases.addKeys(keys.map((key) => ({ key, caseId: row.id })))
  await startTermsFrom(hub, tx, 'casus', row.id)
  const complete = await withNext(tx, row)
  await tx.coordination.cases.update(complete)
  await bringIn(hub, tx, complete, from.parties)
  await logOpening(hub, tx, principal, complete, begun)
  return { row: complete, repeated: false }
}

/** One line a person whom the case began with, as far as the point may know; one for the case where it may know of none. */
async function logOpening(hub: Hub, tx: Tx, principal: Principal, row: CaseRow, begun: RegistrationRow[]): Promise<void> {
  const persons = [...new Set(begun.map((each) => each.person))]
  const facts = { actie: 'aanmaken', uitkomst: 'toegestaan', object: row.id } as const
  const lines = persons.map((persoon) => lineOf(principal, { ...facts, persoon }))
  await tx.log.append(lines.length > 0 ? lines : [lineOf(principal, facts)], hub.clock.real())
}

function newCase(hub: Hub, point: string, { municipality, match, request }: Beginning): CaseRow {
  return {
    id: hub.ids.next('c'),
    point,
    municipality,
    state: CASUS.begin,
    match,
    request,
    variant: null,
    coordinator: null,
    openedAt: hub.clock.domain().toISOString(),
    closedAt: null,
    askedAt: null,
    keepUntil: null,
    nextAt: NEVER,
  }
}

/** The family's case that is open, or that closed so lately that it goes on with the same zorgcoördinator. */
async function goesOn(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  keys: string[],
): Promise<{ row: CaseRow; repeated: true } | undefined> {
  const own = (await tx.coordination.cases.byKeys(keys)).filter((row) => row.point === principal.organisation)
  const open = own.find((row) => row.state !== 'gesloten')
  if (open) return { row: open, repeated: true }
  const closed = own.findLast((row) => mayReopen(hub, row))
  if (!closed) return undefined
  return { row: await reopen(hub, tx, principal, closed), repeated: true }
}

export function mayReopen(hub: Hub, { closedAt }: CaseRow): boolean {
  const { binnen } = hub.policy.coordinatie.heropenen
  return closedAt !== null && dayOf(hub.clock.domain()) <= lastDayOf(binnen, dayOf(closedAt))
}

/** Opens a closed case again, with everything that it held, its zorgcoördinator included. */
export async function reopen(hub: Hub, tx: Tx, principal: Principal, row: CaseRow): Promise<CaseRow> {
  await startTermsFrom(hub, tx, 'casus', row.id)
  await goOnWithPlans(hub, tx, row)
  const opened = await withNext(tx, { ...row, state: 'open', closedAt: null, keepUntil: null, askedAt: null })
  await tx.coordination.cases.update(opened)
  await tx.coordination.cases.addEntry({
    id: hub.ids.next('s'),
    caseId: row.id,
    kind: 'heropenen',
    content: '{}',
    organisation: principal.organisation,
    role: principal.role,
    recordedBy: principal.subject,
    createdAt: hub.clock.domain().toISOString(),
  })
  await tellCase(hub, tx, opened, 'casus.geopend', principal.organisation)
  const facts = { actie: 'wijzigen', uitkomst: 'toegestaan', object: row.id, controles: 'token,scope,heropenen' } as const
  await tx.log.append([lineOf(principal, facts)], hub.clock.real())
  return opened
}

/** What was agreed and planned before it closed runs again, each from its own day: what passed meanwhile passes now, and is seen. */
async function goOnWithPlans(hub: Hub, tx: Tx, { id }: CaseRow): Promise<void> {
  const file = await fileOf(tx, id)
  const today = dayOf(hub.clock.domain())
  for (const agreement of [...file.agreements.values()].filter(({ state }) => state === AFSPRAAK.begin))
    await startTerm(hub, tx, id, `afspraak:${agreement.id}`, endOf(agreement.due))
  for (const { plan, evaluations } of file.plans.values())
    for (const day of evaluations.filter((each) => each >= today)) await startTerm(hub, tx, id, `evaluatie:${plan}`, endOf(day))
}
