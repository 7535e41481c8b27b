import type { Hub } from '../context.ts'
import type { NewEvent, Tx } from '../ports.ts'
import type { DisclosureRow } from '../rows.ts'
import { announce } from '../stages/alert/announce.ts'
import { seqsOf, type View } from '../stages/alert/view.ts'
import { compareMatches } from '../stages/match/compare-matches.ts'
import type { MatchKind } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { disclose } from './disclose.ts'
import { eventOf } from './event-of.ts'
import type { Files } from './files.ts'
import { pointFor, type Receiver, receiverFor } from './receivers.ts'
import { fatesOf, seenBy, toldSeqs, toldSides } from './told.ts'

/** A match as it stands after this change; without sides when it closed. */
export interface StandingMatch {
  id: string
  kind: MatchKind
  sides: Involvement[]
  /** Nobody made contact within the term: the coördinatiepunt may see it where organisations come first. */
  escalated: boolean
}

/** One receiver's view, before and now: either may be absent. */
interface Turn {
  before: DisclosureRow | null
  view: View | null
}

/**
 * Consent and alert: what each receiver of these matches must hear now becomes rows of its list and events in its feed. Each
 * receiver's own view of the world decides, and is compared with what it was told; that others see more or less plays no part.
 * `told` are its open disclosures.
 */
export async function tell(hub: Hub, tx: Tx, matches: StandingMatch[], told: DisclosureRow[], files: Files): Promise<void> {
  const sides = sidesOf(matches)
  const forPoints = hub.policy.signaalroute === 'organisaties-eerst' ? sidesOf(matches.filter((each) => each.escalated)) : sides
  const standing = Map.groupBy(told, (row) => row.receiver)
  const at = hub.clock.domain()
  const events: NewEvent[] = []
  for (const receiver of receiversOf(hub, sides, [...standing.keys()])) {
    const views = seenBy(hub, receiver.hasSides ? sides : forPoints, receiver, files, at)
    for (const turn of turnsOf(standing.get(receiver.id) ?? [], views))
      events.push(...(await tellOne(hub, tx, matches, receiver, turn, views, files)))
  }
  await tx.events.append(events)
  if (events.length > 0) hub.delivery.ring()
}

function sidesOf(matches: StandingMatch[]): Involvement[] {
  return [...new Map(matches.flatMap((match) => match.sides).map((side) => [side.seq, side])).values()]
}

/** Everyone who was told, every organisation with a side, and the coördinatiepunten of the sides' municipalities. */
function receiversOf(hub: Hub, sides: Involvement[], told: string[]): Receiver[] {
  const points = sides.flatMap((side) => pointFor(hub.region, side.municipality) ?? [])
  const ids = new Set([...told, ...sides.map((side) => side.organisation), ...points])
  return [...ids].sort().flatMap((id) => receiverFor(hub.region, id) ?? [])
}

/** Pairs what was told with what may be seen now, in an order that depends on nothing else. */
function turnsOf(standing: DisclosureRow[], views: View[]): Turn[] {
  const known = standing.map((row) => ({ id: row.id, kind: row.kind as MatchKind, subject: null, seqs: toldSeqs(row), row }))
  const wanted = views.map((view) => ({ kind: view.kind, subject: null, sides: [...view.own, ...view.others], view }))
  const { opened, kept, closed } = compareMatches(known, wanted)
  const earlier: Turn[] = [
    ...kept.map(({ known: { row }, found: { view } }) => ({ before: row, view })),
    ...closed.map(({ row }) => ({ before: row, view: null })),
  ]
  return [
    ...earlier.sort((a, b) => (a.before?.number ?? 0) - (b.before?.number ?? 0)),
    ...opened.map(({ view }) => ({ before: null, view })),
  ]
}

async function tellOne(
  hub: Hub,
  tx: Tx,
  matches: StandingMatch[],
  receiver: Receiver,
  { before, view }: Turn,
  views: View[],
  files: Files,
): Promise<NewEvent[]> {
  const at = hub.clock.domain()
  const match = view && matchOf(matches, view, before)
  const told = before && { others: toldSides(before).others, digest: before.digest }
  const { ownLeft, fate } = before ? fatesOf(hub, files, before, receiver, views, at) : NOTHING_TOLD
  const news = announce(told, view, ownLeft, fate)
  if (!news) {
    if (before && match && before.match !== match.id) await tx.matches.updateDisclosure({ ...before, match: match.id })
    return []
  }
  const row = await disclose(hub, tx, { match: match?.id ?? null, receiver, before, view, state: news.state, files })
  const seqs = [...(view ? seqsOf(view) : []), ...(before ? toldSeqs(before) : [])]
  return news.events.map((type) =>
    eventOf(hub, receiver.id, `${type}.v1`, `/v1/matches/${row.id}`, { municipality: row.municipality, seqs }),
  )
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
