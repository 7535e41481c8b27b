import type { Hub } from '../context.ts'
import type { NewEvent, Tx } from '../ports.ts'
import type { DisclosureRow, FollowUpRow } from '../rows.ts'
import { type Announcement, announce, digestOf, type Fate } from '../stages/alert/announce.ts'
import { type View, viewOf } from '../stages/alert/view.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { addDays, dayOf } from '../stages/calendar.ts'
import type { MatchKind } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { eventOf } from './event-of.ts'
import { isOpen } from './involvements.ts'
import { type Files, mayTell } from './permits.ts'
import { pointFor, type Receiver, receiverFor } from './receivers.ts'

/** A match as it stands after this change; without sides when it closed. */
export interface StandingMatch {
  id: string
  kind: MatchKind
  sides: Involvement[]
}

/** Consent and alert: what each receiver of these matches must hear now becomes rows of its list and events in its feed. */
export async function tell(hub: Hub, tx: Tx, matches: StandingMatch[], told: DisclosureRow[], files: Files): Promise<void> {
  const standing = Map.groupBy(
    told.filter((row) => row.state === 'open'),
    (row) => row.match,
  )
  const events: NewEvent[] = []
  for (const match of matches)
    for (const receiver of receiversOf(hub, match, standing.get(match.id) ?? [])) {
      const before = standing.get(match.id)?.find((row) => row.receiver === receiver.id)
      events.push(...(await tellOne(hub, tx, match, receiver, before, files)))
    }
  await tx.events.append(events)
  if (events.length > 0) hub.delivery.ring()
}

/** Everyone who was told, every organisation with a side, and the coördinatiepunten of the sides' municipalities. */
function receiversOf(hub: Hub, match: StandingMatch, told: DisclosureRow[]): Receiver[] {
  const ids = new Set([
    ...told.map((row) => row.receiver),
    ...match.sides.map((side) => side.organisation),
    ...match.sides.flatMap((side) => pointFor(hub.region, side.municipality) ?? []),
  ])
  return [...ids].sort().flatMap((id) => receiverFor(hub.region, id) ?? [])
}

async function tellOne(
  hub: Hub,
  tx: Tx,
  match: StandingMatch,
  receiver: Receiver,
  before: DisclosureRow | undefined,
  files: Files,
): Promise<NewEvent[]> {
  const at = hub.clock.domain()
  const view = viewFor(hub, match, receiver, files, at)
  const told = before ? { others: JSON.parse(before.others) as number[], digest: before.digest } : null
  const ownLeft = !receiver.hasSides || match.sides.some((side) => side.organisation === receiver.id)
  const news = announce(told, view, ownLeft, (seq) => fateOf(hub, match, files, seq, receiver, before, at))
  if (!news) return []
  const row = await disclose(hub, tx, match, receiver, before, view, news)
  await tx.log.append([hubLine(tellingLine(hub, match, row, files))], hub.clock.real())
  return news.events.map((type) => eventOf(hub, receiver.id, `${type}.v1`, `/v1/matches/${row.id}`, row.municipality))
}

/** What a receiver may see of a match at this instant. */
export function viewFor(hub: Hub, match: StandingMatch, receiver: Receiver, files: Files, at: Date): View | null {
  const permitted = match.sides.filter(
    (side) => side.organisation !== receiver.id && mayTell(hub, files, side.seq, receiver, at).besluit === 'toestaan',
  )
  const reader = { organisation: receiver.id, hasSides: receiver.hasSides }
  const view = viewOf(match.kind, match.sides, reader, new Set(permitted.map((side) => side.seq)))
  return view && (receiver.hasSides || concerns(hub, view, receiver)) ? view : null
}

/** A coördinatiepunt sees a match when one of the visible sides lies in its municipalities. */
function concerns(hub: Hub, view: View, receiver: Receiver): boolean {
  return view.others.some((side) => pointFor(hub.region, side.municipality) === receiver.id)
}

function fateOf(
  hub: Hub,
  match: StandingMatch,
  files: Files,
  seq: number,
  receiver: Receiver,
  before: DisclosureRow | undefined,
  at: Date,
): Fate {
  const row = files.rows.get(seq)
  if (!row || !isOpen(hub, row, dayOf(at))) return 'geeindigd'
  if (mayTell(hub, files, seq, receiver, at).besluit !== 'toestaan') return 'geweigerd'
  return isStillAbout(match, files, seq, before) ? 'zichtbaar' : 'verhuisd'
}

/** Whether an open involvement still concerns the same match: as a side of it, or with one of the persons it was told with. */
function isStillAbout(match: StandingMatch, files: Files, seq: number, before: DisclosureRow | undefined): boolean {
  if (match.sides.some((side) => side.seq === seq)) return true
  if (!before) return true
  const together = [...(JSON.parse(before.own) as number[]), ...(JSON.parse(before.others) as number[])].filter(
    (other) => other !== seq,
  )
  const person = files.rows.get(seq)?.person
  return together.length === 0 || before.kind === 'gezin' || together.some((other) => files.rows.get(other)?.person === person)
}

async function disclose(
  hub: Hub,
  tx: Tx,
  match: StandingMatch,
  receiver: Receiver,
  before: DisclosureRow | undefined,
  view: View | null,
  news: Announcement,
): Promise<DisclosureRow> {
  const now = hub.clock.domain()
  const seen = view && {
    own: JSON.stringify(view.own.map((side) => side.seq)),
    others: JSON.stringify(view.others.map((side) => side.seq)),
    digest: digestOf(view),
    municipality: municipalityOf(hub, view, receiver),
  }
  if (before) {
    const closedAt = news.state === 'open' ? null : now.toISOString()
    const row = { ...before, ...seen, state: news.state, closedAt }
    await tx.matches.updateDisclosure(row)
    return row
  }
  const earlier = await tx.matches.disclosuresOf([match.id])
  const row: DisclosureRow = {
    own: '[]',
    others: '[]',
    digest: '',
    municipality: '',
    ...seen,
    id: earlier.some((other) => other.receiver === receiver.id) ? hub.ids.timeless('m') : match.id,
    match: match.id,
    receiver: receiver.id,
    number: await tx.matches.nextNumber(receiver.id),
    state: news.state,
    kind: match.kind,
    followed: 0,
    openedAt: now.toISOString(),
    closedAt: null,
    dueOn: addDays(dayOf(now), hub.contactDays),
    overdueTold: 0,
  }
  await tx.matches.insertDisclosure(row)
  return row
}

/** Of what is visible only: an own side's municipality first, else one for which this coördinatiepunt stands. */
function municipalityOf(hub: Hub, view: View, receiver: Receiver): string {
  const near = view.others.find((side) => pointFor(hub.region, side.municipality) === receiver.id)
  return (view.own[0] ?? near ?? view.others[0])?.municipality ?? ''
}

function tellingLine(hub: Hub, match: StandingMatch, row: DisclosureRow, files: Files) {
  const seqs = [...(JSON.parse(row.own) as number[]), ...(JSON.parse(row.others) as number[])]
  const person = seqs.map((seq) => files.rows.get(seq)?.person).find((id) => id)
  const decided = match.sides.find((side) => side.organisation !== row.receiver && seqs.includes(side.seq))
  const decision =
    decided && mayTell(hub, files, decided.seq, receiverFor(hub.region, row.receiver) as Receiver, hub.clock.domain())
  return {
    actie: 'exporteren' as const,
    uitkomst: 'toegestaan' as const,
    object: row.id,
    organisatie: row.receiver,
    persoon: person ?? null,
    grond: decision ? { reglement: decision.reglement, regel: decision.regel } : null,
    controles: `signaal,${row.state}`,
  }
}

/** Follow-ups that a receiver may know of: its own, those of organisations it sees, and the coördinatiepunt's; none from before it was told. */
export function visibleFollowUps(
  hub: Hub,
  all: FollowUpRow[],
  row: DisclosureRow,
  organisations: ReadonlySet<string>,
): FollowUpRow[] {
  return all.filter(
    (followUp) =>
      followUp.createdAt >= row.openedAt &&
      (followUp.organisation === row.receiver ||
        organisations.has(followUp.organisation) ||
        receiverFor(hub.region, followUp.organisation)?.hasSides === false),
  )
}
