import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { MatchSideRow, RegistrationRow } from '../rows.ts'
import { compareMatches } from '../stages/match/compare-matches.ts'
import { type FoundMatch, familyMatches, type MatchKind, personMatches } from '../stages/match/find-matches.ts'
import { followPersons } from './coordination/follow-persons.ts'
import { type Files, loadFiles, loadKnownFiles } from './files.ts'
import { loadPersons, type Neighbourhood, neighbourhood, type Touched } from './neighbourhood.ts'
import { tell } from './tell.ts'
import { toldSeqs } from './told.ts'
import type { StandingMatch } from './worlds.ts'

/**
 * Match, consent and alert for everything that a change can have touched, inside that change's transaction: finds which matches
 * ought to be, compares them with those that are, asks the policy again and tells each receiver what is new to it.
 */
export async function reassess(hub: Hub, tx: Tx, touched: Touched): Promise<void> {
  const own = await loadPersons(tx, touched.persons)
  await followPersons(hub, tx, touched, own)
  const near = await neighbourhood(hub, tx, touched, own)
  const found = [...personMatches(near.involvements), ...familyMatches(near.involvements)]
  if (found.length === 0 && near.known.length === 0) return
  const matches = await writeMatches(hub, tx, near, found)
  const told = (await tx.matches.disclosuresOf(matches.map((match) => match.id))).filter((row) => row.state === 'open')
  const seqs = new Set([...matches.flatMap((match) => match.sides.map((side) => side.seq)), ...told.flatMap(toldSeqs)])
  await tell(hub, tx, matches, told, await filesFor(hub, tx, near.rows, [...seqs]))
}

/** The neighbourhood holds every registration of its persons; only who was told of others needs more. */
async function filesFor(hub: Hub, tx: Tx, rows: Map<number, RegistrationRow>, seqs: number[]): Promise<Files> {
  if (!seqs.every((seq) => rows.get(seq)?.person)) return loadFiles(hub, tx, await tx.registrations.bySeqs(seqs))
  const persons = new Set(seqs.map((seq) => rows.get(seq)?.person))
  return loadKnownFiles(
    hub,
    tx,
    [...rows.values()].filter((row) => persons.has(row.person)),
  )
}

/** Brings the match rows in line with what was found; answers every match with its sides, open or just closed. */
async function writeMatches(hub: Hub, tx: Tx, near: Neighbourhood, found: FoundMatch[]): Promise<StandingMatch[]> {
  const now = hub.clock.domain().toISOString()
  const escalated = new Set(near.known.filter((row) => row.escalatedAt !== null).map((row) => row.id))
  const known = near.known.map(({ id, kind, subject }) => {
    const before = near.sides.get(id) ?? []
    return { id, kind: kind as MatchKind, subject, before, seqs: before.map((side) => side.registration) }
  })
  const { opened, kept, closed } = compareMatches(known, found)
  const made = opened.map((match) => ({ match, id: hub.ids.next('m') }))
  await tx.matches.insert(
    made.map(({ id, match: { kind, subject } }) => ({
      id,
      kind,
      subject,
      state: 'open',
      openedAt: now,
      closedAt: null,
      escalatedAt: null,
    })),
  )
  for (const { known: before, found: match } of kept)
    if (before.subject !== match.subject) await tx.matches.setSubject(before.id, match.subject)
  await writeSides(tx, [
    ...made.map(({ id, match }) => ({ before: [], now: sidesOf(id, match) })),
    ...kept.map(({ known: { id, before }, found: match }) => ({ before, now: sidesOf(id, match) })),
  ])
  await tx.matches.close(
    closed.map((match) => match.id),
    now,
  )
  return [
    ...made.map(({ id, match: { kind, sides } }) => ({ id, kind, sides, escalated: false })),
    ...kept.map(({ known: { id }, found: { kind, sides } }) => ({ id, kind, sides, escalated: escalated.has(id) })),
    ...closed.map(({ id, kind }) => ({ id, kind, sides: [], escalated: false })),
  ]
}

function sidesOf(match: string, { sides }: FoundMatch): MatchSideRow[] {
  return sides.map(({ seq, person, organisation }) => ({ match, registration: seq, person, organisation }))
}

/** Only what differs: a family's match has many sides, and most stay as they are. */
async function writeSides(tx: Tx, changes: { before: MatchSideRow[]; now: MatchSideRow[] }[]): Promise<void> {
  const without = (sides: MatchSideRow[], others: MatchSideRow[]) => {
    const persons = new Map(others.map((side) => [side.registration, side.person]))
    return sides.filter((side) => persons.get(side.registration) !== side.person)
  }
  await tx.matches.removeSides(changes.flatMap(({ before, now }) => without(before, now)))
  await tx.matches.insertSides(changes.flatMap(({ before, now }) => without(now, before)))
}
