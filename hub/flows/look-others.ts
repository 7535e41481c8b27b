import type { Gebeurtenis, GebeurtenisLijst, Quarantaine, Quarantaineregel } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import type { EventRow, QuarantineRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
import { cursorOf, idAfter, numberAfter, pageOf } from './cursor.ts'
import { municipalitiesOf } from './look-matches.ts'

interface Page {
  cursor?: string
  limiet: number
}

/** The asker's own feed after a cursor. `volgende` is always there: where the next call goes on. */
export async function lookEvents(
  hub: Hub,
  principal: Principal,
  query: { na?: string; limiet: number },
): Promise<Answer<GebeurtenisLijst>> {
  const after = numberAfter(query.na, 'na')
  const rows = await readEvents(hub, principal, after, query.limiet)
  const volgende = cursorOf(rows.at(-1)?.number ?? after)
  const line = lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'gebeurtenissen' })
  return { body: { gebeurtenissen: rows.map((row) => showEvent(hub, row)), volgende }, lines: [line] }
}

export function readEvents(hub: Hub, principal: Principal, after: number, limit: number): Promise<EventRow[]> {
  return hub.store.read((tx) => tx.events.list(principal.organisation, municipalitiesOf(principal), after, limit))
}

/** A CloudEvent: what happened and where to fetch it; nothing of anyone. */
export function showEvent(hub: Hub, row: EventRow): Gebeurtenis {
  return {
    specversion: '1.0',
    id: row.id,
    source: `urn:nld:oin:${hub.region.oin}:systeem:verwijsindex`,
    type: row.type as Gebeurtenis['type'],
    time: row.time,
    dataref: row.dataref,
  }
}

/** What was refused, with all faults and without its content. */
export function lookQuarantine(hub: Hub, principal: Principal, query: Page): Promise<Answer<Quarantaine>> {
  const after = idAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const found = await tx.imports.listQuarantine(after, query.limiet + 1)
    const { rows, next } = pageOf(found, query.limiet, (row) => row.id)
    const line = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'quarantaine' })
    const quarantaine = rows.map((row) => showRefused(row))
    return { body: { quarantaine, ...(next ? { volgende: next } : {}) }, lines: [line] }
  })
}

function showRefused({ id, client, source, faults, receivedAt }: QuarantineRow): Quarantaineregel {
  return { id, organisatie: client, bronbericht: null, adapter: source, ontvangenOp: receivedAt, fouten: JSON.parse(faults) }
}
