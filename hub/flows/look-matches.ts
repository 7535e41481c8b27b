import type { Match, MatchLijst } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { DisclosureRow } from '../rows.ts'
import type { AuditLine } from '../stages/audit/line.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
import { cursorOf, numberAfter } from './cursor.ts'
import { type SeenMatch, seeMatches } from './match-view.ts'
import { type Receiver, receiverFor } from './receivers.ts'

export interface MatchQuery {
  status?: string
  opgevolgd?: boolean
  cursor?: string
  limiet: number
  /** Unfollowed first, earliest term first: the coördinatiepunt's worklist. */
  worklist?: boolean
}

/** Who may see matches at all: organisations with sides and coördinatiepunten; for any other role there are none. */
function readerOf(hub: Hub, principal: Principal): Receiver | undefined {
  return principal.role === 'organisatie' || principal.role === 'coordinatiepunt'
    ? receiverFor(hub.region, principal.organisation)
    : undefined
}

/** Only a coördinatiepunt is limited to the municipalities of its token; an organisation sees its own wherever they live. */
export function municipalitiesOf(principal: Principal): readonly string[] | null {
  return principal.role === 'coordinatiepunt' ? principal.municipalities : null
}

/** The matches that the asker may see now, page by page; what is sealed leaves no gap. */
export function lookMatches(hub: Hub, principal: Principal, query: MatchQuery): Promise<Answer<MatchLijst>> {
  const start = numberAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const receiver = readerOf(hub, principal)
    const { seen, next } = receiver ? await fillPage(hub, tx, principal, receiver, query, start) : { seen: [], next: undefined }
    const lines = seen.flatMap((each) => linesFor(principal, each))
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'matches' })
    const body = { matches: seen.map((each) => each.match), ...(next === undefined ? {} : { volgende: cursorOf(next) }) }
    return { body, lines: lines.length > 0 ? lines : [search] }
  })
}

/** Reads on until the page is full of matches that may be seen, so that an overtaken row is no hole in it. */
async function fillPage(hub: Hub, tx: Tx, principal: Principal, receiver: Receiver, query: MatchQuery, start: number) {
  const seen: SeenMatch[] = []
  let after = start
  for (;;) {
    const wanted = query.limiet - seen.length + 1
    const rows = await tx.matches.listDisclosures({
      receiver: receiver.id,
      state: query.status ?? null,
      followed: query.opgevolgd ?? null,
      municipalities: municipalitiesOf(principal),
      worklist: query.worklist ?? false,
      after,
      limit: wanted,
    })
    const visible = await seeMatches(hub, tx, receiver, rows)
    for (const row of rows) {
      const match = visible.get(row.id)
      if (match && seen.length === query.limiet) return { seen, next: after }
      if (match) seen.push(match)
      after = query.worklist ? after + 1 : row.number
    }
    if (rows.length < wanted) return { seen, next: undefined }
  }
}

export function lookMatch(hub: Hub, principal: Principal, id: string): Promise<Answer<Match>> {
  return hub.store.read(async (tx) => {
    const { seen } = await seeOne(hub, tx, principal, id)
    return { body: seen.match, lines: linesFor(principal, seen) }
  })
}

/** One match as the asker may see it now; unknown, sealed and withdrawn are the same: `niet-gevonden`. */
export async function seeOne(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  id: string,
): Promise<{ row: DisclosureRow; seen: SeenMatch }> {
  const receiver = readerOf(hub, principal)
  const row = receiver && (await tx.matches.disclosure(receiver.id, id))
  const limits = municipalitiesOf(principal)
  if (!receiver || !row || (limits && row.municipality && !limits.includes(row.municipality))) throw new HubError('niet-gevonden')
  const seen = (await seeMatches(hub, tx, receiver, [row])).get(row.id)
  if (!seen) throw new HubError('niet-gevonden')
  return { row, seen }
}

/** One line a person, as the logging standards ask. */
function linesFor(principal: Principal, seen: SeenMatch): AuditLine[] {
  return seen.persons.map((persoon) =>
    lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: seen.match.id, persoon, grond: seen.ground }),
  )
}
