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

/** Every registration, in pages, opened. Birth dates lie in the envelopes only, so whoever asks about birthdays opens them all. */
export async function* calendarPages(hub: Hub): AsyncGenerator<CalendarPage> {
  for (let after = 0; ; ) {
    const from = after
    const page = await hub.store.read((tx) => readPage(hub, tx, from))
    const last = page.rows.at(-1)
    if (!last) return
    after = last.seq
    yield page
  }
}

async function readPage(hub: Hub, tx: Tx, after: number): Promise<CalendarPage> {
  const rows = (await tx.registrations.listAll(after, PAGE)).sort((a, b) => a.seq - b.seq)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  const consents = await openConsents(hub, await tx.consents.byRegistrations([...bySeq.keys()]), bySeq)
  return { rows, contents: await hub.contents.open(tx, rows), consents: Map.groupBy(consents, (each) => each.registration) }
}

/**
 * The days after `from`, up to and including `until`, on which something changes by itself, in order, each with what it bears on.
 * A term that was over before is due on its own day still. What came in during the days that were missed was decided about then: as of an
 * earlier day it would open what was never open.
 */
export async function agendaOf(hub: Hub, from: Day, until: Day): Promise<DayAgenda[]> {
  const agenda = new Map<Day, DayAgenda>()
  const on = (day: Day) => {
    const found = agenda.get(day) ?? { day, seqs: new Set(), terms: new Set() }
    agenda.set(day, found)
    return found
  }
  for await (const { rows, contents, consents } of calendarPages(hub))
    for (const row of rows) {
      const content = contents.get(row.seq)
      if (!content) continue
      const { registration } = content
      const received = dayOf(row.receivedAt)
      const since = received > from ? received : from
      for (const day of changesOf(hub, row, content, consents.get(row.seq) ?? []))
        if (day > since && day <= until) on(day).seqs.add(row.seq)
      const { archiveOn, destroyOn } = retentionOf(hub.policy, keptFacts(row, registration))
      for (const day of [archiveOn, destroyOn]) if (day !== null && day <= until) on(day).terms.add(row.seq)
    }
  return [...agenda.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The days on which this registration's answers or its involvement change by themselves. A date that cannot be read turns nothing. */
export function changesOf(hub: Hub, row: RegistrationRow, { registration }: Content, consents: KnownConsent[]): Set<Day> {
  const answers = consents.map((consent) => consent.answer)
  const days = turningDays(hub.policy, registration.persoon, answers)
  if (row.endedOn) days.add(addDays(row.endedOn, 1))
  return days
}
