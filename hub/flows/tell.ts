import type { Hub } from '../context.ts'
import type { NewEvent, Tx } from '../ports.ts'
import type { DisclosureRow } from '../rows.ts'
import { announce } from '../stages/alert/announce.ts'
import { inOrder, seqsOf, type View } from '../stages/alert/view.ts'
import type { AuditLine } from '../stages/audit/line.ts'
import { pointFor } from '../stages/coordination/routing.ts'
import { compareMatches } from '../stages/match/compare-matches.ts'
import type { MatchKind } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { disclose } from './disclose.ts'
import { eventOf } from './event-of.ts'
import type { Files } from './files.ts'
import { type Receiver, receiverFor } from './receivers.ts'
import { fatesOf, seenBy, toldSeqs, toldSides } from './told.ts'
import { type StandingMatch, sidesOf, type World, worldsOf } from './worlds.ts'

/** One receiver's view of one match, before and now: either may be absent. */
interface Turn {
  receiver: Receiver
  world: World
  /** All that the receiver sees of that world. */
  views: View[]
  before: DisclosureRow | null
  view: View | null
}

/**
 * Consent and alert: what each receiver of these matches must hear now becomes rows of its list and events in its feed. Each
 * receiver's own view of the world decides, and is compared with what it was told; that others see more or less plays no part.
 * `told` are its open disclosures.
 */
export async function tell(hub: Hub, tx: Tx, matches: StandingMatch[], told: DisclosureRow[], files: Files): Promise<void> {
  const turns = worldsOf(matches, told).flatMap((world) => turnsIn(hub, world, files))
  const events: NewEvent[] = []
  const lines: AuditLine[] = []
  for (const turn of turns.sort(inTurn)) {
    const news = await tellOne(hub, tx, turn, files)
    events.push(...news.events)
    lines.push(...news.lines)
  }
  await tx.log.append(lines, hub.clock.real())
  await tx.events.append(events)
  if (events.length > 0) hub.delivery.ring()
}

function turnsIn(hub: Hub, world: World, files: Files): Turn[] {
  const standing = Map.groupBy(world.told, (row) => row.receiver)
  const at = hub.clock.domain()
  const told = hub.policy.signaalroute === 'organisaties-eerst' ? world.matches.filter((each) => each.escalated) : world.matches
  const forPoints = sidesOf(told)
  return receiversOf(hub, world.sides, [...standing.keys()]).flatMap((receiver) => {
    const views = seenBy(hub, receiver.hasSides ? world.sides : forPoints, receiver, files, at)
    return pairsOf(standing.get(receiver.id) ?? [], views).map((pair) => ({ ...pair, receiver, world, views }))
  })
}

/** Receiver by receiver; what it was told before in the order of its list, then what is new to it: an order that depends on nothing else. */
function inTurn(a: Turn, b: Turn): number {
  if (a.receiver.id !== b.receiver.id) return a.receiver.id < b.receiver.id ? -1 : 1
  if (a.before && b.before) return a.before.number - b.before.number
  if (a.before || b.before) return a.before ? -1 : 1
  return inOrder(a.view as View, b.view as View)
}

/** Everyone who was told, every organisation with a side, and the coördinatiepunten of the sides' municipalities. */
function receiversOf(hub: Hub, sides: Involvement[], told: string[]): Receiver[] {
  const places = sides.flatMap((side) => [side.municipality, ...(side.residence ? [side.residence] : [])])
  const points = places.flatMap((place) => pointFor(hub.region, place) ?? [])
  const ids = new Set([...told, ...sides.map((side) => side.organisation), ...points])
  return [...ids].sort().flatMap((id) => receiverFor(hub.region, id) ?? [])
}

/** Pairs what was told with what may be seen now. */
function pairsOf(standing: DisclosureRow[], views: View[]): Pick<Turn, 'before' | 'view'>[] {
  const known = standing.map((row) => ({ id: row.id, kind: row.kind as MatchKind, subject: null, seqs: toldSeqs(row), row }))
  const wanted = views.map((view) => ({ kind: view.kind, subject: null, sides: [...view.own, ...view.others], view }))
  const { opened, kept, closed } = compareMatches(known, wanted)
  return [
    ...kept.map(({ known: { row }, found: { view } }) => ({ before: row, view })),
    ...closed.map(({ row }) => ({ before: row, view: null })),
    ...opened.map(({ view }) => ({ before: null, view })),
  ]
}

async function tellOne(hub: Hub, tx: Tx, turn: Turn, files: Files): Promise<{ events: NewEvent[]; lines: AuditLine[] }> {
  const { before, view, receiver, world, views } = turn
  const at = hub.clock.domain()
  const match = view && matchOf(world.matches, view, before)
  const told = before && { others: toldSides(before).others, digest: before.digest }
  const { ownLeft, fate } = before ? fatesOf(hub, files, before, receiver, views, at) : NOTHING_TOLD
  const news = announce(told, view, ownLeft, fate)
  if (!news) {
    if (before && match && before.match !== match.id) await tx.matches.updateDisclosure({ ...before, match: match.id })
    return { events: [], lines: [] }
  }
  const { row, line } = await disclose(hub, tx, { match: match?.id ?? null, receiver, before, view, state: news.state, files })
  const seqs = [...(view ? seqsOf(view) : []), ...(before ? toldSeqs(before) : [])]
  const about = { municipality: row.municipality, seqs }
  const events = news.events.map((type) => eventOf(hub, receiver.id, `${type}.v1`, `/v1/matches/${row.id}`, about))
  return { events, lines: [line] }
}

const NOTHING_TOLD = { ownLeft: true, fate: () => 'zichtbaar' as const }

/** The match of which a view shows a part: the one it was already told of, where that still holds it. */
function matchOf(matches: StandingMatch[], view: View, before: DisclosureRow | null): StandingMatch | null {
  const seqs = seqsOf(view)
  const holding = matches
    .filter((match) => match.kind === view.kind)
    .filter((match) => match.sides.some((side) => side.seq === seqs[0]))
    .filter((match) => new Set(match.sides.map((side) => side.seq)).isSupersetOf(new Set(seqs)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return holding.find((match) => match.id === before?.match) ?? holding[0] ?? null
}
