import type { Match } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { DisclosureRow, FollowUpRow } from '../rows.ts'
import type { View } from '../stages/alert/view.ts'
import type { MatchKind } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { involvementOf } from './involvements.ts'
import { type Files, loadFiles, mayTell } from './permits.ts'
import { type Receiver, receiverFor } from './receivers.ts'
import { type StandingMatch, viewFor, visibleFollowUps } from './tell.ts'

/** What one receiver sees of one match now, with the persons whom it is about. */
export interface SeenMatch {
  match: Match
  persons: string[]
  /** The decision that let the first of the others be seen. */
  ground: { reglement: string; regel: string }
}

/**
 * Shows disclosures to their receiver as they may be seen at this instant: permission is asked again for every side, so a row
 * that a birthday or an end date has overtaken is absent, whether or not the sweep has been by.
 */
export async function seeMatches(hub: Hub, tx: Tx, receiver: Receiver, rows: DisclosureRow[]): Promise<Map<string, SeenMatch>> {
  const sides = await sidesOf(tx, rows)
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set([...sides.values()].flat())]))
  const keys = await tx.linking.familyKeysOf([...files.rows.keys()])
  const followUps = Map.groupBy(await tx.followUps.byMatches([...new Set(rows.map((row) => row.match))]), (each) => each.match)
  const seen = new Map<string, SeenMatch>()
  for (const row of rows) {
    const involvements = (sides.get(row.id) ?? []).flatMap((seq) => involvementIn(files, seq, keys.get(seq) ?? []))
    const match = { id: row.match, kind: row.kind as MatchKind, sides: involvements }
    const view = viewAt(hub, match, receiver, files, row)
    if (view) seen.set(row.id, showMatch(hub, files, row, view, receiver, followUps.get(row.match) ?? []))
  }
  return seen
}

/** An open match shows its sides of now; a closed one what was told last. */
async function sidesOf(tx: Tx, rows: DisclosureRow[]): Promise<Map<string, number[]>> {
  const open = rows.filter((row) => row.state === 'open')
  const current = Map.groupBy(await tx.matches.sides([...new Set(open.map((row) => row.match))]), (side) => side.match)
  return new Map(
    rows.map((row) => {
      const told = [...(JSON.parse(row.own) as number[]), ...(JSON.parse(row.others) as number[])]
      return [row.id, row.state === 'open' ? (current.get(row.match) ?? []).map((side) => side.registration) : told]
    }),
  )
}

function involvementIn(files: Files, seq: number, keys: string[]): Involvement[] {
  const row = files.rows.get(seq)
  return row?.person ? [involvementOf(row, keys)] : []
}

function viewAt(hub: Hub, match: StandingMatch, receiver: Receiver, files: Files, row: DisclosureRow): View | null {
  if (row.state === 'ingetrokken') return null
  return viewFor(hub, match, receiver, files, hub.clock.domain())
}

function showMatch(hub: Hub, files: Files, row: DisclosureRow, view: View, receiver: Receiver, all: FollowUpRow[]): SeenMatch {
  const betrokkenen = view.others.map((side) => showSide(hub, files, side, receiver))
  const followUps = visibleFollowUps(hub, all, row, new Set(view.others.map((side) => side.organisation)))
  const first = betrokkenen[0]?.grond
  return {
    persons: [...new Set([...view.own, ...view.others].map((side) => side.person))],
    ground: { reglement: first?.reglement ?? '', regel: first?.regel ?? '' },
    match: {
      id: row.id,
      soort: row.kind as Match['soort'],
      status: row.state as Match['status'],
      geopendOp: row.openedAt,
      ...(row.closedAt ? { geslotenOp: row.closedAt } : {}),
      gemeente: row.municipality || null,
      eigenKenmerken: view.own.flatMap((side) => files.contents.get(side.seq)?.registration.kenmerk ?? []),
      nogNiemandInBehandeling: [...view.own, ...view.others].every((side) => WAITING.has(side.status)),
      betrokkenen,
      opvolging: { uiterlijk: row.dueOn, ...latest(followUps, view, receiver) },
    },
  }
}

/** Intake is not involvement: a match of these only says that nobody treats yet (domain.md). */
const WAITING = new Set(['aangemeld', 'wachtlijst', 'intake'])

function showSide(hub: Hub, files: Files, side: Involvement, receiver: Receiver): Match['betrokkenen'][number] {
  const { contact, betrokkenheid } = (files.contents.get(side.seq) as NonNullable<ReturnType<Files['contents']['get']>>)
    .registration
  const { grond, reglement, regel } = mayTell(hub, files, side.seq, receiver, hub.clock.domain())
  const organisation = receiverFor(hub.region, side.organisation)
  return {
    organisatie: { id: side.organisation, naam: organisation?.naam ?? side.organisation },
    status: betrokkenheid.status,
    begindatum: betrokkenheid.begindatum,
    contact,
    grond: { soort: grond, reglement, regel },
  }
}

/** Last contact and last variant, naming only organisations that this receiver sees. */
function latest(followUps: FollowUpRow[], view: View, receiver: Receiver): Pick<Match['opvolging'], 'contact' | 'variant'> {
  const visible = new Set([receiver.id, ...view.others.map((side) => side.organisation)])
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
