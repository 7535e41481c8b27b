import type { Advies, Besluit, VastgelegdVerzoek, Verzoek, VerzoekLijst } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { DossierRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { addMonths, dayOf } from '../stages/calendar.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { mayRequest } from '../stages/retention/requesters.ts'
import type { Answer } from './answer.ts'
import { idAfter, pageOf } from './cursor.ts'
import { type DossierEntry, logged, openDossiers, type PersonRequest, record, sealUnder } from './dossier.ts'
import { eraseRegistrations } from './erase.ts'
import { eventOf } from './event-of.ts'
import { ownRegistration } from './look-registrations.ts'
import { partiesOf } from './parties.ts'
import { reassess } from './reassess.ts'

/** AVG art. 12(3): an answer within a month. */
const WITHIN_MONTHS = 1

/**
 * Records a request of a person concerned. An objection freezes the registration at once: until the decision it tells nobody and takes
 * part in no match. The registering organisation hears of every request but one to look.
 */
export function makePersonRequest(hub: Hub, principal: Principal, body: Verzoek): Promise<{ id: string }> {
  const { registratie, ...content } = body
  return hub.store.write(async (tx) => {
    const [row] = await tx.registrations.byIds([registratie])
    if (!row) throw new HubError('niet-gevonden')
    await refuseOthers(hub, tx, row, content)
    const dueOn = addMonths(dayOf(hub.clock.domain()), WITHIN_MONTHS)
    const made = await record(hub, tx, principal, row, { kind: 'verzoek', content, state: 'ontvangen', dueOn })
    if (content.soort !== 'inzage')
      await tx.events.append([eventOf(hub, row.organisation, 'verzoek.ontvangen.v1', `/v1/registraties/${row.id}/verzoeken`)])
    if (content.soort === 'bezwaar') await setFrozen(hub, tx, row, 1)
    hub.delivery.ring()
    return made
  })
}

async function refuseOthers(hub: Hub, tx: Tx, row: RegistrationRow, { door, soort }: PersonRequest): Promise<void> {
  const parties = await partiesOf(hub, tx, row)
  const faults = door.flatMap((who, i) => (parties.has(who) ? [] : [unknownAt(i)]))
  if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
  const content = (await hub.contents.open(tx, [row])).get(row.seq)
  const { persoon, gezagsdragers } = content?.registration ?? { persoon: {}, gezagsdragers: [] }
  // A parent without custody may ask: that goes to the organisation, and the hub tells nothing.
  if (soort === 'informatie' || mayRequest(persoon, gezagsdragers ?? [], door, dayOf(hub.clock.domain()))) return
  throw new HubError('ongeldige-invoer', { faults: [TOGETHER] })
}

function unknownAt(place: number) {
  return faultOf(
    `/door/${place}`,
    'onbekende-persoon',
    'Deze persoon staat niet in de registratie.',
    'Gebruik jeugdige of het kenmerk van een gezagsdrager van deze registratie.',
  )
}

const TOGETHER = faultOf(
  '/door',
  'niet-bevoegd',
  'Wie dit vraagt, kan dat op deze leeftijd niet alleen.',
  'Onder 12 vraagt een gezagsdrager, van 12 tot 16 de jeugdige en een gezagsdrager samen, vanaf 16 de jeugdige zelf.',
)

async function setFrozen(hub: Hub, tx: Tx, row: RegistrationRow, frozen: 0 | 1): Promise<void> {
  await tx.registrations.setFrozen([row.seq], frozen)
  if (row.person) await reassess(hub, tx, { persons: [row.person], seqs: [row.seq] })
}

/** The registering organisation's advice on a request that waits for its decision. */
export function advise(hub: Hub, principal: Principal, id: string, body: Advies): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const { row, entry } = await requestWith(hub, tx, id, principal.organisation)
    refuseDecided(entry.row)
    const advies = { ...body, op: hub.clock.domain().toISOString() }
    const sealed = await sealUnder(hub, row, { ...entry.content, advies }, id)
    await tx.dossiers.update({ ...entry.row, state: 'geadviseerd', sealed })
    await logged(hub, tx, principal, row, id, 'wijzigen')
    return { id }
  })
}

/** The municipality's decision. An objection that is upheld destroys the registration; one that is not unfreezes it. */
export async function decideRequest(hub: Hub, principal: Principal, id: string, body: Besluit): Promise<{ id: string }> {
  const upheld = await hub.store.write(async (tx) => {
    const { row, entry } = await requestWith(hub, tx, id, null)
    refuseDecided(entry.row)
    const op = hub.clock.domain().toISOString()
    const sealed = await sealUnder(hub, row, { ...entry.content, besluit: { ...body, op } }, id)
    await tx.dossiers.update({ ...entry.row, state: body.besluit, sealed, closedAt: op })
    await logged(hub, tx, principal, row, id, 'wijzigen')
    if (entry.content.soort !== 'bezwaar') return null
    const others = await openObjections(hub, tx, row)
    if (body.besluit === 'ongegrond' && others === 0) await setFrozen(hub, tx, row, 0)
    hub.delivery.ring()
    return body.besluit === 'gegrond' ? row.id : null
  })
  if (upheld) await eraseRegistrations(hub, [{ id: upheld, ground: 'bezwaar-gegrond' }])
  return { id }
}

async function openObjections(hub: Hub, tx: Tx, row: RegistrationRow): Promise<number> {
  const entries = await openDossiers(hub, await tx.dossiers.byRegistrations([row.seq]), new Map([[row.seq, row]]))
  return entries.filter((each) => each.kind === 'verzoek' && each.content.soort === 'bezwaar' && each.row.closedAt === null)
    .length
}

type RequestEntry = Extract<DossierEntry, { kind: 'verzoek' }>

/** One request, about a registration of this organisation only, or of any: another's is left unopened, so that it takes no time. */
async function requestWith(
  hub: Hub,
  tx: Tx,
  id: string,
  organisation: string | null,
): Promise<{ row: RegistrationRow; entry: RequestEntry }> {
  const found = await tx.dossiers.byId(id)
  const isAsked = found?.kind === 'verzoek' && (organisation ?? found.organisation) === found.organisation
  const [row] = isAsked ? await tx.registrations.bySeqs([found.registration]) : []
  if (!found || !row) throw new HubError('niet-gevonden')
  const [entry] = await openDossiers(hub, [found], new Map([[row.seq, row]]))
  return { row, entry: entry as RequestEntry }
}

function refuseDecided({ closedAt }: DossierRow): void {
  if (closedAt) throw new HubError('conflict', { detail: 'Over dit verzoek is al besloten.' })
}

/** The privacy officer's list of requests, with what was advised and decided. */
export function lookRequestsOfPersons(
  hub: Hub,
  principal: Principal,
  query: { stand?: string; cursor?: string; limiet: number },
): Promise<Answer<VerzoekLijst>> {
  return hub.store.read(async (tx) => {
    const found = await tx.dossiers.list({
      kinds: ['verzoek'],
      state: query.stand ?? null,
      after: idAfter(query.cursor),
      limit: query.limiet + 1,
    })
    return show(hub, tx, principal, found, query.limiet)
  })
}

/** The requests at one own registration, for the organisation that must treat them or advise. */
export function lookOwnRequestsOfPersons(
  hub: Hub,
  principal: Principal,
  id: string,
  query: { cursor?: string; limiet: number },
): Promise<Answer<VerzoekLijst>> {
  return hub.store.read(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    const entries = (await tx.dossiers.byRegistrations([row.seq])).filter(({ kind }) => kind === 'verzoek')
    const after = idAfter(query.cursor)
    return show(
      hub,
      tx,
      principal,
      entries.filter((entry) => entry.id > after),
      query.limiet,
    )
  })
}

async function show(hub: Hub, tx: Tx, principal: Principal, found: DossierRow[], limit: number): Promise<Answer<VerzoekLijst>> {
  const { rows: entries, next } = pageOf(found, limit, (entry) => entry.id)
  const rows = await tx.registrations.bySeqs([...new Set(entries.map((entry) => entry.registration))])
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  const opened = (await openDossiers(hub, entries, bySeq)) as RequestEntry[]
  const verzoeken = opened.map((entry) => shown(entry, bySeq.get(entry.row.registration) as RegistrationRow))
  const lines = opened.map(({ row: { id, registration } }) =>
    lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: bySeq.get(registration)?.person ?? null }),
  )
  const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'verzoeken' })
  return { body: { verzoeken, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
}

function shown({ content, row }: RequestEntry, registration: RegistrationRow): VastgelegdVerzoek {
  return {
    ...content,
    id: row.id,
    registratie: registration.id,
    organisatie: row.organisation,
    stand: row.state as VastgelegdVerzoek['stand'],
    ontvangenOp: row.createdAt,
    uiterlijk: row.dueOn ?? dayOf(row.createdAt),
  }
}
