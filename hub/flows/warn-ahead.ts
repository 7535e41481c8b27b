import type { Hub } from '../context.ts'
import type { NewEvent, Tx } from '../ports.ts'
import type { CalendarMarkRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import { type Day, dayOf, startOfDay } from '../stages/calendar.ts'
import { retentionOf } from '../stages/retention/term.ts'
import { type CalendarPage, changesAhead, pagesOf } from './agenda.ts'
import { eventOf } from './event-of.ts'
import { type Files, loadFiles, type Recipient } from './files.ts'
import { informingStates } from './inform.ts'
import { takesPart } from './involvements.ts'
import { keptFacts } from './kept-facts.ts'
import { mayTell } from './permits.ts'

/** Something that an organisation is warned of before it happens to one of its registrations. */
interface Warning {
  row: RegistrationRow
  type: 'toestemming.vervalt.v1' | 'registratie.verloopt.v1' | 'informeren.verlopen.v1'
  on: Day
}

/**
 * Warns the registering organisation, once and in time, of a consent that is about to lapse for anyone who may be told now (a birthday,
 * an end date) and of a registration that is about to leave the index. `soon` are those that it can concern. Answers how many warnings went out.
 */
export async function warnAhead(hub: Hub, soon: number[]): Promise<number> {
  let told = 0
  for await (const page of pagesOf(hub, soon)) {
    const warnings = [
      ...terms(hub, page),
      ...(await hub.store.read(async (tx) => [...(await lapses(hub, tx, page)), ...(await uninformed(hub, tx, page))])),
    ]
    if (warnings.length > 0) told += await hub.store.write((tx) => tellOnce(hub, tx, warnings))
  }
  if (told > 0) hub.delivery.ring()
  return told
}

/** Reminds of who was not told in time, or whose postponement should be looked at again. */
async function uninformed(hub: Hub, tx: Tx, { rows }: CalendarPage): Promise<Warning[]> {
  if (!hub.policy.informeren.herinneren) return []
  const states = await informingStates(hub, tx, rows)
  return rows.flatMap((row): Warning[] => {
    const late = (states.get(row.seq) ?? []).filter(({ stand }) => stand === 'verlopen').map(({ uiterlijk }) => uiterlijk)
    return [...new Set(late)].map((on) => ({ row, type: 'informeren.verlopen.v1', on }))
  })
}

function terms(hub: Hub, { rows, contents }: CalendarPage): Warning[] {
  const today = dayOf(hub.clock.domain())
  return rows.flatMap((row): Warning[] => {
    const content = contents.get(row.seq)
    if (!content || !takesPart(hub, row, today)) return []
    const { remindOn, archiveOn, destroyOn } = retentionOf(hub.policy, keptFacts(row, content.registration))
    const on = archiveOn ?? destroyOn
    return remindOn !== null && on !== null && remindOn <= today ? [{ row, type: 'registratie.verloopt.v1', on }] : []
  })
}

/** The days within the policy's warning time on which someone who may be told now may be told no longer. */
async function lapses(hub: Hub, tx: Tx, page: CalendarPage): Promise<Warning[]> {
  const today = dayOf(hub.clock.domain())
  const near = page.rows.flatMap((row) => {
    const content = page.contents.get(row.seq)
    if (!content || !takesPart(hub, row, today)) return []
    const soon = changesAhead(hub, row, content, page.consents.get(row.seq) ?? [], today)
    return soon.length > 0 ? [{ row, soon }] : []
  })
  if (near.length === 0) return []
  const files = await loadFiles(
    hub,
    tx,
    near.map(({ row }) => row),
  )
  return near.flatMap(({ row, soon }) =>
    soon
      .filter((day) => recipientsOf(hub, row).some((recipient) => lapsesFor(hub, files, row.seq, recipient, day)))
      .map((on): Warning => ({ row, type: 'toestemming.vervalt.v1', on })),
  )
}

function lapsesFor(hub: Hub, files: Files, seq: number, recipient: Recipient, day: Day): boolean {
  const turn = startOfDay(day)
  const may = (at: Date) => mayTell(hub, files, seq, recipient, at).besluit === 'toestaan'
  return may(new Date(turn.getTime() - 1)) && !may(turn)
}

function recipientsOf(hub: Hub, row: RegistrationRow): Recipient[] {
  const points = hub.region.coordinatiepunten.map(({ id }) => ({ id, soort: 'coordinatiepunt' }))
  return [...hub.region.organisaties.filter(({ id }) => id !== row.organisation), ...points]
}

async function tellOnce(hub: Hub, tx: Tx, warnings: Warning[]): Promise<number> {
  const marks = warnings.map(({ row, type, on }): CalendarMarkRow => {
    return { mark: hub.keys.hash('kalender', `${row.id}\0${type}\0${on}`), registration: row.seq }
  })
  const fresh = new Set((await tx.marks.addNew(marks)).map(({ mark }) => Buffer.from(mark).toString('hex')))
  const events = warnings.flatMap(({ row, type }, i): NewEvent[] => {
    const name = Buffer.from(marks[i]?.mark as Uint8Array).toString('hex')
    return fresh.delete(name) ? [eventOf(hub, row.organisation, type, `/v1/registraties/${row.id}`)] : []
  })
  await tx.events.append(events)
  return events.length
}
