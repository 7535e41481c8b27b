import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { addDays, type Day, dayOf } from '../stages/calendar.ts'
import { turningDays } from '../stages/consent/turning-days.ts'
import { retentionOf } from '../stages/retention/term.ts'
import type { Content } from './contents.ts'
import { type KnownConsent, openConsents } from './files.ts'
import { keptFacts } from './kept-facts.ts'

/** What the calendar changes on one day: registrations to put before the policy again, and those whose term is over. */
export interface DayAgenda {
  day: Day
  seqs: Set<number>
  terms: Set<number>
}

/** One page of registrations with what is needed to know their days. */
export interface CalendarPage {
  rows: RegistrationRow[]
  contents: Map<number, Content>
  consents: Map<number, KnownConsent[]>
}

const PAGE = 200

/** What a day's sweep has to do, found by opening every registration once. */
export interface Agenda {
  days: DayAgenda[]
  /** Registrations of which something may have to be told ahead. */
  soon: number[]
}

/** Every registration, in pages, opened. Birth dates lie in the envelopes only, so whoever asks about birthdays opens them all. */
async function* calendarPages(hub: Hub): AsyncGenerator<CalendarPage> {
  for (let after = 0; ; ) {
    const from = after
    const page = await hub.store.read(async (tx) => openPage(hub, tx, await tx.registrations.listAll(from, PAGE)))
    const last = page.rows.at(-1)
    if (!last) return
    after = last.seq
    yield page
  }
}

/** Some of them, in pages, as they stand now. */
export async function* pagesOf(hub: Hub, seqs: number[]): AsyncGenerator<CalendarPage> {
  for (let at = 0; at < seqs.length; at += PAGE)
    yield await hub.store.read(async (tx) => openPage(hub, tx, await tx.registrations.bySeqs(seqs.slice(at, at + PAGE))))
}

async function openPage(hub: Hub, tx: Tx, found: RegistrationRow[]): Promise<CalendarPage> {
  const rows = found.sort((a, b) => a.seq - b.seq)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  const consents = await openConsents(hub, await tx.consents.byRegistrations([...bySeq.keys()]), bySeq)
  return { rows, contents: await hub.contents.open(tx, rows), consents: Map.groupBy(consents, (each) => each.registration) }
}

/**
 * The days after `from`, up to and including `until`, on which something changes by itself, in order, each with what it bears on.
 * A term that was over before is due on its own day still. What came in during the days that were missed was decided about then: as of an
 * earlier day it would open what was never open. And of whom something is to be told ahead on the last of them.
 */
export async function agendaOf(hub: Hub, from: Day, until: Day): Promise<Agenda> {
  const agenda = new Map<Day, DayAgenda>()
  const soon: number[] = []
  const on = (day: Day) => {
    const found = agenda.get(day) ?? { day, seqs: new Set(), terms: new Set() }
    agenda.set(day, found)
    return found
  }
  for await (const { rows, contents, consents } of calendarPages(hub))
    for (const row of rows) {
      const content = contents.get(row.seq)
      if (!content) continue
      const received = dayOf(row.receivedAt)
      const since = received > from ? received : from
      const known = consents.get(row.seq) ?? []
      for (const day of changesOf(hub, row, content, known)) if (day > since && day <= until) on(day).seqs.add(row.seq)
      const { archiveOn, destroyOn, remindOn } = retentionOf(hub.policy, keptFacts(row, content.registration))
      for (const day of [archiveOn, destroyOn]) if (day !== null && day <= until) on(day).terms.add(row.seq)
      const isReminded = hub.policy.informeren.herinneren || (remindOn !== null && remindOn <= until)
      if (isReminded || changesAhead(hub, row, content, known, until).length > 0) soon.push(row.seq)
    }
  return { days: [...agenda.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), soon }
}

/** The days after `today`, within the policy's warning time, on which what may be told changes by itself; the earliest first. */
export function changesAhead(hub: Hub, row: RegistrationRow, content: Content, consents: KnownConsent[], today: Day): Day[] {
  const limit = addDays(today, Math.max(0, ...hub.policy.overgangen.map(({ waarschuwDagen }) => waarschuwDagen)))
  return [...changesOf(hub, { ...row, endedOn: null }, content, consents)].filter((day) => day > today && day <= limit).sort()
}

/** The days on which this registration's answers or its involvement change by themselves. A date that cannot be read turns nothing. */
function changesOf(hub: Hub, row: RegistrationRow, { registration }: Content, consents: KnownConsent[]): Set<Day> {
  const answers = consents.map((consent) => consent.answer)
  const days = turningDays(hub.policy, registration.persoon, answers)
  if (row.endedOn) days.add(addDays(row.endedOn, 1))
  return days
}
