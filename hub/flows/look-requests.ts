import type { MeldingLijst, OntvangenMelding } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { RequestRow } from '../rows.ts'
import type { AuditLine } from '../stages/audit/line.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
import { sameFamily } from './coordination/same-family.ts'
import { idAfter, pageOf } from './cursor.ts'
import { municipalitiesOf } from './look-matches.ts'
import { receiverFor } from './receivers.ts'

/** An organisation's own requests, or those that came to a coördinatiepunt for its municipalities. */
export function lookRequests(
  hub: Hub,
  principal: Principal,
  query: { status?: string; cursor?: string; limiet: number },
): Promise<Answer<MeldingLijst>> {
  const after = idAfter(query.cursor)
  const isPoint = principal.role === 'coordinatiepunt'
  return hub.store.read(async (tx) => {
    const found = await tx.followUps.listRequests({
      organisation: isPoint ? null : principal.organisation,
      receiver: isPoint ? principal.organisation : null,
      municipalities: municipalitiesOf(principal),
      state: query.status ?? null,
      after,
      limit: query.limiet + 1,
    })
    const { rows, next } = pageOf(found, query.limiet, (row) => row.id)
    const { meldingen, lines } = await show(hub, tx, principal, rows)
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'meldingen' })
    return { body: { meldingen, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
  })
}

/** One request, for who made it and for the coördinatiepunt that received it; to anyone else it does not exist. */
export function lookRequest(hub: Hub, principal: Principal, id: string): Promise<Answer<OntvangenMelding>> {
  return hub.store.read((tx) => showOneRequest(hub, tx, principal, id))
}

export async function showOneRequest(hub: Hub, tx: Tx, principal: Principal, id: string): Promise<Answer<OntvangenMelding>> {
  const row = await tx.followUps.requestById(id)
  if (!row || !mayRead(principal, row)) throw new HubError('niet-gevonden')
  const { meldingen, lines } = await show(hub, tx, principal, [row])
  const same = principal.role === 'coordinatiepunt' ? await sameFamily(hub, tx, principal, row) : []
  const more = same.length > 0 ? { zelfdeGezin: same.map((each) => each.id) } : {}
  return { body: { ...(meldingen[0] as OntvangenMelding), ...more }, lines }
}

function mayRead(principal: Principal, row: RequestRow): boolean {
  if (principal.role !== 'coordinatiepunt') return row.organisation === principal.organisation
  return row.receiver === principal.organisation && (!row.municipality || principal.municipalities.includes(row.municipality))
}

async function show(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  rows: RequestRow[],
): Promise<{ meldingen: OntvangenMelding[]; lines: AuditLine[] }> {
  const registrations = await tx.registrations.bySeqs([...new Set(rows.map((row) => row.registration))])
  const bySeq = new Map(registrations.map((row) => [row.seq, row]))
  const contents = await hub.contents.open(tx, registrations)
  const meldingen = rows.map((row) => {
    const registration = bySeq.get(row.registration)
    const contact = contents.get(row.registration)?.registration.contact
    const own = registration && registration.organisation === principal.organisation ? { registratie: registration.id } : {}
    return { ...showRequest(hub, row), ...own, ...(contact ? { contact } : {}) }
  })
  const lines = rows.map((row) => {
    const persoon = bySeq.get(row.registration)?.person ?? null
    return lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: row.id, persoon })
  })
  return { meldingen, lines }
}

function showRequest(hub: Hub, row: RequestRow): OntvangenMelding {
  return {
    id: row.id,
    reden: row.reason as OntvangenMelding['reden'],
    urgentie: row.urgency as OntvangenMelding['urgentie'],
    status: row.state as OntvangenMelding['status'],
    gemeente: row.municipality || null,
    organisatie: { id: row.organisation, naam: receiverFor(hub.region, row.organisation)?.naam ?? row.organisation },
    ontvangenOp: row.createdAt,
    keren: row.times,
    ...(row.answeredAt ? { beoordeeldOp: row.answeredAt } : {}),
    ...(row.answer ? { antwoord: row.answer as NonNullable<OntvangenMelding['antwoord']> } : {}),
    ...(row.caseId ? { casus: row.caseId } : {}),
  }
}
