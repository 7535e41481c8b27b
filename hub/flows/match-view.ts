import type { Match } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { DisclosureRow, FollowUpRow } from '../rows.ts'
import { seqsOf, type View } from '../stages/alert/view.ts'
import { dayOf } from '../stages/calendar.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { handedOver } from './coordination/handed-over.ts'
import { type Files, loadFiles } from './files.ts'
import { involvementOf, takesPart } from './involvements.ts'
import { mayTell } from './permits.ts'
import { type Receiver, receiverFor } from './receivers.ts'
import { municipalityOf, seenBy, toldSeqs } from './told.ts'

/** What one receiver sees of one match now, with the persons whom it is about. */
export interface SeenMatch {
  match: Match
  view: View
  persons: string[]
  /** The decision that let the first of the others be seen. */
  ground: { reglement: string; regel: string }
}

/**
 * Shows disclosures to their receiver as they may be seen at this instant: permission is asked again for every side, so a row
 * that a birthday or an end date has overtaken is absent, whether or not the sweep has been by. A closed one shows what was told
 * last, as far as that may be told still.
 */
export async function seeMatches(hub: Hub, tx: Tx, receiver: Receiver, rows: DisclosureRow[]): Promise<Map<string, SeenMatch>> {
  const shown = rows.filter((row) => row.state !== 'ingetrokken')
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set(shown.flatMap(toldSeqs))]))
  const keys = await tx.linking.familyKeysOf([...files.rows.keys()])
  const handed = await handedOver(tx, [...files.rows.values()], dayOf(hub.clock.domain()))
  const ids = shown.map((row) => row.id)
  const followUps = Map.groupBy(await tx.followUps.toldIn(receiver.id, ids), (each) => each.disclosure)
  const seen = new Map<string, SeenMatch>()
  for (const row of shown) {
    const sides = toldSeqs(row).flatMap((seq) => involvementIn(hub, files, seq, keys.get(seq) ?? [], handed.get(seq), row))
    const [view] = seenBy(hub, sides, receiver, files, hub.clock.domain())
      .filter(({ kind }) => kind === row.kind)
      .sort((a, b) => b.own.length + b.others.length - a.own.length - a.others.length)
    if (view) seen.set(row.id, showMatch(hub, files, row, view, receiver, followUps.get(row.id) ?? []))
  }
  return seen
}

/** Whether a reader would see some of these registrations as a match, if there were nothing but what another's view shows. */
export async function wouldSee(hub: Hub, tx: Tx, reader: Receiver, view: View, shared: ReadonlySet<number>): Promise<boolean> {
  const sides = [...view.own, ...view.others]
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs(sides.map((side) => side.seq)))
  return seenBy(hub, sides, reader, files, hub.clock.domain()).some(
    (each) => each.kind === view.kind && seqsOf(each).filter((seq) => shared.has(seq)).length >= 2,
  )
}

function involvementIn(
  hub: Hub,
  files: Files,
  seq: number,
  keys: string[],
  countsAs: string | undefined,
  { state }: DisclosureRow,
): Involvement[] {
  const row = files.rows.get(seq)
  if (!row?.person || row.frozen === 1 || !files.contents.has(seq)) return []
  const stands = state !== 'open' || takesPart(hub, row, dayOf(hub.clock.domain()))
  return stands ? [involvementOf(row, keys, countsAs)] : []
}

function showMatch(hub: Hub, files: Files, row: DisclosureRow, view: View, receiver: Receiver, told: FollowUpRow[]): SeenMatch {
  const betrokkenen = view.others.map((side) => showSide(hub, files, side, receiver))
  const first = betrokkenen[0]?.grond
  return {
    view,
    persons: [...new Set([...view.own, ...view.others].map((side) => side.person))],
    ground: { reglement: first?.reglement ?? '', regel: first?.regel ?? '' },
    match: {
      id: row.id,
      soort: row.kind as Match['soort'],
      status: row.state as Match['status'],
      geopendOp: row.openedAt,
      ...(row.closedAt ? { geslotenOp: row.closedAt } : {}),
      gemeente: municipalityOf(hub, view, receiver) || null,
      eigenKenmerken: view.own.flatMap((side) => files.contents.get(side.seq)?.registration.kenmerk ?? []),
      nogNiemandInBehandeling: [...view.own, ...view.others].every((side) => WAITING.has(side.status)),
      betrokkenen,
      opvolging: { uiterlijk: row.dueOn, ...latest(hub, told, view, receiver) },
    },
  }
}

/** Intake is not involvement: a match of these only says that nobody treats yet (domain.md). */
const WAITING = new Set(['aangemeld', 'wachtlijst', 'intake'])

/** One involvement as it is told to a receiver that may know of it. */
export function showSide(hub: Hub, files: Files, side: Involvement, receiver: Receiver): Match['betrokkenen'][number] {
  const { contact, betrokkenheid } = (files.contents.get(side.seq) as NonNullable<ReturnType<Files['contents']['get']>>)
    .registration
  const { grond, reglement, regel } = mayTell(hub, files, side.seq, receiver, hub.clock.domain())
  const organisation = receiverFor(hub.region, side.organisation)
  const told = hub.policy.velden.vertellen
  return {
    organisatie: { id: side.organisation, naam: organisation?.naam ?? side.organisation },
    ...(told.includes('status') ? { status: betrokkenheid.status } : {}),
    ...(told.includes('begindatum') ? { begindatum: betrokkenheid.begindatum } : {}),
    ...(told.includes('contact') ? { contact } : {}),
    grond: { soort: grond, reglement, regel },
  }
}

/** Last contact and last variant that this receiver was told of, naming only organisations that it sees. */
function latest(hub: Hub, told: FollowUpRow[], view: View, receiver: Receiver): Pick<Match['opvolging'], 'contact' | 'variant'> {
  const visible = new Set([receiver.id, ...view.others.map((side) => side.organisation)])
  const followUps = told.filter(({ organisation }) => visible.has(organisation) || isPoint(hub, organisation))
  const contact = followUps.findLast((each) => each.kind === 'contact')
  const variant = followUps.findLast((each) => each.kind === 'variant')
  const { gesproken, op, metOrganisaties } = contact ? JSON.parse(contact.content) : ({} as Record<string, never>)
  return {
    contact: contact
      ? {
          gesproken,
          op,
          door: contact.organisation,
          metOrganisaties: (metOrganisaties as string[]).filter((id) => visible.has(id)),
        }
      : null,
    variant: variant ? JSON.parse(variant.content).variant : null,
  }
}

function isPoint(hub: Hub, organisation: string): boolean {
  return receiverFor(hub.region, organisation)?.hasSides === false
}
