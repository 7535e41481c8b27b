import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { MatchRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import { compareMatches, type KnownMatch } from '../stages/match/compare-matches.ts'
import { type FoundMatch, familyMatches, groupBy, type MatchKind, personMatches } from '../stages/match/find-matches.ts'
import type { Involvement } from '../stages/match/involvement.ts'
import { involvementOf, isOpen } from './involvements.ts'
import { loadFiles } from './permits.ts'
import { type StandingMatch, tell } from './tell.ts'

/** What changed: the persons to look at anew, and registrations that may have left another person's match. */
export interface Touched {
  persons: string[]
  seqs: number[]
}

/**
 * Match, consent and alert for everything that a change can have touched, inside that change's transaction: finds which matches
 * ought to be, compares them with those that are, asks the policy again and tells each receiver what is new to it.
 */
export async function reassess(hub: Hub, tx: Tx, touched: Touched): Promise<void> {
  const involvements = await openInvolvements(hub, tx, touched.persons)
  const found = [...personMatches(involvements), ...familyMatches(involvements)]
  const keys = [...new Set(involvements.flatMap((side) => side.familyKeys))]
  const seqs = [...new Set([...touched.seqs, ...involvements.map((side) => side.seq)])]
  const known = await tx.matches.openTouching([...touched.persons, ...keys], seqs)
  if (found.length === 0 && known.length === 0) return
  const matches = await writeMatches(hub, tx, known, found)
  const sides = matches.flatMap((match) => match.sides.map((side) => side.seq))
  const told = await tx.matches.disclosuresOf(matches.map((match) => match.id))
  const before = told.flatMap((row) => JSON.parse(row.others) as number[])
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs([...new Set([...sides, ...before])]))
  await tell(hub, tx, matches, told, files)
}

/** The open involvements of these persons and of all who share an anchor with them. */
async function openInvolvements(hub: Hub, tx: Tx, persons: string[]): Promise<Involvement[]> {
  const own = await tx.registrations.byPersons(persons)
  const ownKeys = await tx.linking.familyKeysOf(own.map((row) => row.seq))
  const relatives = await tx.linking.seqsByFamilyKeys([...new Set([...ownKeys.values()].flat())])
  const known = new Set(own.map((row) => row.seq))
  const others = await tx.registrations.bySeqs(relatives.filter((seq) => !known.has(seq)))
  const family = [...new Set([...persons, ...others.flatMap((row) => row.person ?? [])])]
  const rows = others.length > 0 ? await tx.registrations.byPersons(family) : own
  const keys = others.length > 0 ? await tx.linking.familyKeysOf(rows.map((row) => row.seq)) : ownKeys
  const day = dayOf(hub.clock.domain())
  return rows.filter((row) => isOpen(hub, row, day)).map((row) => involvementOf(row, keys.get(row.seq) ?? []))
}

/** Brings the match rows in line with what was found; answers every match with its sides, open or just closed. */
async function writeMatches(hub: Hub, tx: Tx, rows: MatchRow[], found: FoundMatch[]): Promise<StandingMatch[]> {
  const now = hub.clock.domain().toISOString()
  const sidesBefore = groupBy(await tx.matches.sides(rows.map((row) => row.id)), (side) => side.match)
  const known = rows.map((row): KnownMatch => {
    const seqs = (sidesBefore.get(row.id) ?? []).map((side) => side.registration)
    return { id: row.id, kind: row.kind as MatchKind, subject: row.subject, seqs }
  })
  const { opened, kept, closed } = compareMatches(known, found)
  const made = opened.map((match) => ({ match, id: hub.ids.timeless('m') }))
  await tx.matches.insert(
    made.map(({ id, match: { kind, subject } }) => ({ id, kind, subject, state: 'open', openedAt: now, closedAt: null })),
  )
  for (const { id, match } of made) await writeSides(tx, id, match)
  for (const { known: before, found: match } of kept) {
    if (before.subject !== match.subject) await tx.matches.setSubject(before.id, match.subject)
    if (!sameMembers(before.seqs, match)) await writeSides(tx, before.id, match)
  }
  await tx.matches.close(
    closed.map((match) => match.id),
    now,
  )
  return [
    ...made.map(({ id, match: { kind, sides } }) => ({ id, kind, sides })),
    ...kept.map(({ known: { id }, found: { kind, sides } }) => ({ id, kind, sides })),
    ...closed.map(({ id, kind }) => ({ id, kind, sides: [] })),
  ]
}

function sameMembers(seqs: number[], match: FoundMatch): boolean {
  return seqs.length === match.sides.length && new Set(seqs).isSupersetOf(new Set(match.sides.map((side) => side.seq)))
}

async function writeSides(tx: Tx, id: string, match: FoundMatch): Promise<void> {
  const rows = match.sides.map(({ seq, person, organisation }) => ({ match: id, registration: seq, person, organisation }))
  await tx.matches.setSides(id, rows)
}
