import type { Hub } from '../context.ts'
import type { NewEvent, Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import { eventOf } from './event-of.ts'
import { toldSides } from './told.ts'
import { viewersOf } from './viewers.ts'

const TYPE = 'nl.verwijsindex.registratie.ingezien.v1'
const READ_TO = 'inzage.gelezen-tot'
const LINES = 2000

/**
 * Tells organisations that asked for it (a subscription that names the type) that another looked at a registration of theirs: once a
 * day for each registration. Reads the log on from where it was, so that a look costs nothing more. Answers how many lines it read.
 */
export async function tellSeen(hub: Hub): Promise<number> {
  const askers = await hub.store.read(async (tx) => new Set(await tx.webhooks.organisationsNaming(TYPE)))
  const size = await hub.accessLog.size()
  const before = await hub.store.read((tx) => tx.state.get(READ_TO))
  if (askers.size === 0 && !before) return 0
  if (askers.size === 0 || !before) return startFrom(hub, before, askers.size === 0 ? '' : String(size))
  const from = Number(before)
  if (from >= size) return 0
  const to = Math.min(size, from + LINES)
  await hub.store.write(async (tx) => {
    if (!(await tx.state.advance(READ_TO, before, String(to)))) return
    const events: NewEvent[] = []
    for (const look of await tx.oversight.matchLooks(from, to)) events.push(...(await newsOf(hub, tx, look, askers)))
    await tx.events.append(events)
    if (events.length > 0) hub.delivery.ring()
  })
  return to - from
}

/** Only what is seen after they asked is told. */
async function startFrom(hub: Hub, before: string | undefined, number: string): Promise<number> {
  await hub.store.write((tx) => tx.state.advance(READ_TO, before, number))
  return 0
}

async function newsOf(hub: Hub, tx: Tx, look: { organisation: string; match: string }, askers: Set<string>): Promise<NewEvent[]> {
  const disclosure = await tx.matches.disclosure(look.organisation, look.match)
  if (!disclosure) return []
  const events: NewEvent[] = []
  for (const row of await tx.registrations.bySeqs(toldSides(disclosure).others)) {
    if (!askers.has(row.organisation)) continue
    const isKnown = (await viewersOf(hub, tx, row)).some(
      ({ receiver, id }) => receiver === look.organisation && id === look.match,
    )
    if (isKnown && (await isFirstToday(hub, tx, row)))
      events.push(eventOf(hub, row.organisation, 'registratie.ingezien.v1', `/v1/registraties/${row.id}/inzagen`))
  }
  return events
}

async function isFirstToday(hub: Hub, tx: Tx, row: RegistrationRow): Promise<boolean> {
  const mark = hub.keys.hash('kalender', `${row.id}\0${TYPE}\0${dayOf(hub.clock.real())}`)
  return (await tx.marks.addNew([{ mark, registration: row.seq }])).length > 0
}
