import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { MatchRow } from '../rows.ts'
import { compareMatches } from '../stages/match/compare-matches.ts'
import { type FoundMatch, familyMatches, groupBy, type MatchKind, personMatches } from '../stages/match/find-matches.ts'
import { loadFiles } from './files.ts'
import { neighbourhood, type Touched } from './neighbourhood.ts'
import { type StandingMatch, tell } from './tell.ts'
import { toldSeqs } from './told.ts'

/**
 * Match, consent and alert for everything that a change can have touched, inside that change's transaction: finds which matches
 * ought to be, compares them with those that are, asks the policy again and tells each receiver what is new to it.
 */
export async function reassess(hub: Hub, tx: Tx, touched: Touched): Promise<void> {
  const { involvements, known } = await neighbourhood(hub, tx, touched)
  const found = [...personMatches(involvements), ...familyMatches(involvements)]
  if (found.length === 0 && known.length === 0) return
  const matches = await writeMatches(hub, tx, known, found)
  const sides = matches.flatMap((match) => match.sides.map((side) => side.seq))
  const told = (await tx.matches.disclosuresOf(matches.map((match) => match.id))).filter((row) => row.state === 'open')
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set([...sides, ...told.flatMap(toldSeqs)])]))
  await tell(hub, tx, matches, told, files)
}

/** Brings the match rows in line with what was found; answers every match with its sides, open or just closed. */
async function writeMatches(hub: Hub, tx: Tx, rows: MatchRow[], found: FoundMatch[]): Promise<StandingMatch[]> {
  const now = hub.clock.domain().toISOString()
  const sidesBefore = groupBy(await tx.matches.sides(rows.map((row) => row.id)), (side) => side.match)
  const escalated = new Set(rows.filter((row) => row.escalatedAt !== null).map((row) => row.id))
  const known = rows.map((row) => {
    const seqs = (sidesBefore.get(row.id) ?? []).map((side) => side.registration)
    return { id: row.id, kind: row.kind as MatchKind, subject: row.subject, seqs }
  })
  const { opened, kept, closed } = compareMatches(known, found)
  const made = opened.map((match) => ({ match, id: hub.ids.timeless('m') }))
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
  const changed = kept.filter(({ known: before, found: match }) => !sameMembers(before.seqs, match))
  await writeSides(tx, [...made, ...changed.map(({ known: { id }, found: match }) => ({ id, match }))])
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

function sameMembers(seqs: number[], match: FoundMatch): boolean {
  return seqs.length === match.sides.length && new Set(seqs).isSupersetOf(new Set(match.sides.map((side) => side.seq)))
}

async function writeSides(tx: Tx, matches: { id: string; match: FoundMatch }[]): Promise<void> {
  const rows = matches.flatMap(({ id, match }) =>
    match.sides.map(({ seq, person, organisation }) => ({ match: id, registration: seq, person, organisation })),
  )
  await tx.matches.setSides(
    matches.map(({ id }) => id),
    rows,
  )
}
