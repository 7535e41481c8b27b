import type {
  Registratie,
  RegistratieDetail,
  RegistratieLijst,
  RegistratieSamenvatting,
  ToestemmingLijst,
  VastgelegdeToestemming,
} from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { livesIn } from '../stages/coordination/residence.ts'
import { pointFor } from '../stages/coordination/routing.ts'
import { retentionOf } from '../stages/retention/term.ts'
import type { Answer } from './answer.ts'
import { idAfter, pageOf, placeAfter } from './cursor.ts'
import { aboutOf, type Files, type KnownConsent, loadOwnFiles } from './files.ts'
import { informingState } from './informing-state.ts'
import { keptFacts } from './kept-facts.ts'
import { mayTell } from './permits.ts'

/** A registration of the asker's own organisation; anything else is as if it did not exist. */
export async function ownRegistration(tx: Tx, principal: Principal, id: string): Promise<RegistrationRow> {
  const row = await tx.registrations.own(principal.organisation, id)
  if (!row) throw new HubError('niet-gevonden')
  return row
}

export function lookRegistrations(
  hub: Hub,
  principal: Principal,
  query: { status?: string; cursor?: string; limiet: number },
): Promise<Answer<RegistratieLijst>> {
  const after = placeAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const place = typeof after === 'number' ? after : await tx.registrations.placeOf(principal.organisation, after)
    const found = await tx.registrations.listOwn(principal.organisation, query.status ?? null, place, query.limiet + 1)
    const { rows, next } = pageOf(found, query.limiet, (row) => row.id)
    const files = await loadOwnFiles(hub, tx, principal.organisation, rows)
    const registraties = rows.flatMap((row) => summaryOf(hub, files, row) ?? [])
    const lines = rows.map((row) =>
      lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: row.id, persoon: row.person }),
    )
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'registraties' })
    return { body: { registraties, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
  })
}

export function lookRegistration(hub: Hub, principal: Principal, id: string): Promise<Answer<RegistratieDetail>> {
  return hub.store.read(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    const files = await loadOwnFiles(hub, tx, principal.organisation, [row])
    const summary = summaryOf(hub, files, row)
    const content = files.contents.get(row.seq)
    if (!summary || !content) throw new HubError('niet-gevonden')
    const { bsn: _, ...persoon } = content.registration.persoon
    const body = { ...summary, persoon, gezagsdragers: content.registration.gezagsdragers ?? [] }
    return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: row.person })] }
  })
}

function summaryOf(hub: Hub, files: Files, row: RegistrationRow): RegistratieSamenvatting | undefined {
  const content = files.contents.get(row.seq)
  if (!content) return undefined
  const { bronbericht, kenmerk, betrokkenheid, contact } = content.registration
  const point = { id: pointFor(hub.region, livesIn(row)) ?? 'coordinatiepunt', soort: 'coordinatiepunt' }
  const { besluit, ontbreekt, aanname } = mayTell(hub, files, row.seq, point, hub.clock.domain())
  return {
    id: row.id,
    bronbericht,
    kenmerk,
    versie: row.version,
    status: row.state as RegistratieSamenvatting['status'],
    betrokkenheid,
    contact,
    ontvangenOp: row.receivedAt,
    toestemming: {
      stand: besluit === 'toestaan' ? 'voldoende' : 'onvoldoende',
      ontbreekt: [...ontbreekt],
      ...(aanname ? { aanname } : {}),
    },
    informeren: informingState(hub, row, content.registration, files.dossiers.get(aboutOf(row)) ?? []),
    bewaren: keptUntil(hub, row, content.registration),
  }
}

/** Where a registration stands, and the day on which it leaves the index unless it is registered anew. */
function keptUntil(hub: Hub, row: RegistrationRow, registration: Registratie): RegistratieSamenvatting['bewaren'] {
  const { archiveOn, destroyOn } = retentionOf(hub.policy, keptFacts(row, registration))
  return { stand: row.frozen === 1 ? 'bevroren' : row.archivedOn ? 'archief' : 'actief', tot: archiveOn ?? destroyOn }
}

/** The consents that the asker's organisation recorded about the person of one of its registrations. */
export function lookConsents(
  hub: Hub,
  principal: Principal,
  id: string,
  query: { cursor?: string; limiet: number },
): Promise<Answer<ToestemmingLijst>> {
  const after = idAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    const { consents, rows } = await loadOwnFiles(hub, tx, principal.organisation, [row])
    const own = [...consents.values()]
      .flat()
      .filter((consent) => consent.organisation === principal.organisation && rows.has(consent.registration))
    const later = own.filter((consent) => consent.id > after).sort((a, b) => (a.id < b.id ? -1 : 1))
    const page = pageOf(later, query.limiet, (consent) => consent.id)
    const line = lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: row.person })
    return { body: { toestemmingen: page.rows.map(shown), ...(page.next ? { volgende: page.next } : {}) }, lines: [line] }
  })
}

function shown({ id, answer, withdrawnAt, createdAt }: KnownConsent): VastgelegdeToestemming {
  return {
    id,
    over: answer.over ?? 'jeugdige',
    gever: answer.gever,
    antwoord: answer.antwoord,
    vorm: answer.vorm,
    bereik: answer.bereik ?? {},
    geldigVanaf: answer.geldigVanaf ?? null,
    geldigTot: answer.geldigTot ?? null,
    ...(answer.voor ? { voor: answer.voor } : {}),
    vastgelegdOp: createdAt,
    intrekkingOp: withdrawnAt,
  }
}
