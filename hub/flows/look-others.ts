import type { Cijfers, Gebeurtenis, GebeurtenisLijst, Quarantaine, Quarantaineregel } from '../../schemas/types.ts'
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
    const found = await tx.imports.listQuarantine(null, after, query.limiet + 1)
    const { rows, next } = pageOf(found, query.limiet, (row) => row.id)
    const line = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'quarantaine' })
    const quarantaine = rows.map((row) => showRefused(row))
    return { body: { quarantaine, ...(next ? { volgende: next } : {}) }, lines: [line] }
  })
}

function showRefused({ id, client, source, faults, receivedAt }: QuarantineRow): Quarantaineregel {
  return { id, organisatie: client, bronbericht: null, adapter: source, ontvangenOp: receivedAt, fouten: JSON.parse(faults) }
}

/**
 * Figures; small counts are hidden. How many matches are sealed only the privacy officer learns; a coördinatiepunt counts those that
 * it may see itself.
 */
export function lookFigures(hub: Hub, principal: Principal): Promise<Answer<Cijfers>> {
  const smallest = hub.policy.cijfers.kleinsteAantal
  const shown = (count: number) => (count > 0 && count < smallest ? null : count)
  return hub.store.read(async (tx) => {
    const officer = principal.role === 'privacy-functionaris'
    const isPoint = principal.role === 'coordinatiepunt'
    const { open, visible } = await tx.matches.counts(isPoint ? principal.organisation : undefined)
    const body: Cijfers = {
      peilmoment: hub.clock.domain().toISOString(),
      registraties: { totaal: shown(await tx.registrations.count()) },
      personen: officer ? shown(await tx.linking.countPersons()) : null,
      matches: officer
        ? { open: shown(open), zichtbaar: shown(visible), verzegeld: open - visible }
        : { zichtbaar: shown(visible) },
      ...(isPoint ? {} : { koppelvragen: { open: await tx.linking.countReviews('open') } }),
    }
    return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'cijfers' })] }
  })
}
