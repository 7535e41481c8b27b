import type { Coordinatiecasus, CoordinatiecasusLijst } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import type { Answer } from '../answer.ts'
import { cursorOf, idAfter } from '../cursor.ts'
import { municipalitiesOf } from '../look-matches.ts'
import { seeMatches } from '../match-view.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { begunOf, familiesOf } from './family.ts'
import { showCase, summaryOf } from './show-case.ts'

export interface CaseListQuery {
  status?: string
  worklist: boolean
  cursor?: string
  limiet: number
}

/** A coördinatiepunt's cases of its municipalities, or those that an organisation was brought into. */
export function lookCases(hub: Hub, principal: Principal, query: CaseListQuery): Promise<Answer<CoordinatiecasusLijst>> {
  const after = placeOf(idAfter(query.cursor))
  const reader = readerOf(hub, principal)
  const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'coordinatiecasussen' })
  return hub.store.read(async (tx) => {
    if (!reader) return { body: { coordinatiecasussen: [] }, lines: [search] }
    const found = await tx.coordination.cases.list({
      point: reader.hasSides ? null : reader.id,
      municipalities: municipalitiesOf(principal),
      party: reader.hasSides ? reader.id : null,
      state: (query.status as 'open' | undefined) ?? null,
      worklist: query.worklist,
      after,
      limit: query.limiet + 1,
    })
    const rows = found.slice(0, query.limiet)
    const begun = await begunOf(
      hub,
      tx,
      reader,
      rows.map(({ id }) => id),
    )
    const matches = await matchesSeen(hub, tx, reader, rows)
    const last = rows.at(-1)
    const next =
      last && found.length > rows.length ? { volgende: cursorOf(query.worklist ? `${last.nextAt}/${last.id}` : last.id) } : {}
    const body = { coordinatiecasussen: rows.map((row) => summaryOf(row, matches.get(row.id) ?? null, reader)), ...next }
    const lines = rows.flatMap((row) => linesFor(principal, row, begun.get(row.id) ?? []))
    return { body, lines: lines.length > 0 ? lines : [search] }
  })
}

export function lookCase(hub: Hub, principal: Principal, id: string): Promise<Answer<Coordinatiecasus>> {
  return hub.store.read((tx) => seeCase(hub, tx, principal, id))
}

/** One case in full, as the asker may see it now, with its lines. */
export async function seeCase(hub: Hub, tx: Tx, principal: Principal, id: string): Promise<Answer<Coordinatiecasus>> {
  const { row, reader } = await caseFor(hub, tx, principal, id)
  const families = await familiesOf(hub, tx, reader, [row.id])
  const climbs = await tx.coordination.deadlines.climbsOf([row.id])
  const body = showCase(hub, reader, {
    row,
    match: (await matchesSeen(hub, tx, reader, [row])).get(row.id) ?? null,
    entries: await tx.coordination.cases.entriesOf([row.id]),
    family: families.seen.get(row.id) ?? [],
    files: families.files,
    climbs,
    steps: await tx.coordination.deadlines.stepsOf(climbs.map((climb) => climb.id)),
    deadlines: await tx.coordination.deadlines.running([row.id]),
  })
  return { body, lines: linesFor(principal, row, families.seen.get(row.id) ?? []) }
}

/** A case of the asker's; unknown and not yours are the same `niet-gevonden`, after the same questions. */
export async function caseFor(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  id: string,
): Promise<{ row: CaseRow; reader: Receiver; parties: string[] }> {
  const reader = readerOf(hub, principal)
  const row = await tx.coordination.cases.byId(id)
  const parties = (await tx.coordination.cases.partiesOf([id])).map(({ organisation }) => organisation)
  if (!reader || !row) throw new HubError('niet-gevonden')
  const isTheirs = reader.hasSides
    ? parties.includes(reader.id)
    : row.point === reader.id && (!row.municipality || principal.municipalities.includes(row.municipality))
  if (!isTheirs) throw new HubError('niet-gevonden')
  return { row, reader, parties }
}

function readerOf(hub: Hub, principal: Principal): Receiver | undefined {
  return principal.role === 'organisatie' || principal.role === 'coordinatiepunt'
    ? receiverFor(hub.region, principal.organisation)
    : undefined
}

/** By case: the match it began with, where this reader sees that match now. */
async function matchesSeen(hub: Hub, tx: Tx, reader: Receiver, rows: CaseRow[]): Promise<Map<string, string>> {
  const disclosures = []
  for (const { match } of rows) {
    const disclosure = match ? await tx.matches.disclosure(reader.id, match) : undefined
    if (disclosure) disclosures.push(disclosure)
  }
  const seen = await seeMatches(hub, tx, reader, disclosures)
  return new Map(rows.flatMap(({ id, match }) => (match && seen.has(match) ? [[id, match] as const] : [])))
}

/** One line a person whom the reader may know of; one for the case itself when there is none. */
function linesFor(principal: Principal, row: CaseRow, known: RegistrationRow[]): AuditLine[] {
  const persons = new Set(known.map((each) => each.person))
  const facts = { actie: 'lezen', uitkomst: 'toegestaan', object: row.id } as const
  if (persons.size === 0) return [lineOf(principal, facts)]
  return [...persons].map((persoon) => lineOf(principal, { ...facts, persoon }))
}

/** A page ends at an id, or in the worklist at a term and an id. */
function placeOf(text: string): { nextAt: string; id: string } {
  const [first = '', second] = text.split('/')
  return second === undefined ? { nextAt: '', id: first } : { nextAt: first, id: second }
}
