import type { Logger } from 'pino'
import type { Hub } from './context.ts'
import { agendaOf, type DayAgenda } from './flows/agenda.ts'
import { passHours, sweepCoordination } from './flows/coordination/sweep.ts'
import { eventOf } from './flows/event-of.ts'
import { forgetMessages } from './flows/forget-messages.ts'
import { pruneLog } from './flows/prune-log.ts'
import { reassess } from './flows/reassess.ts'
import { receiverFor } from './flows/receivers.ts'
import { countOverdueReviews } from './flows/reviews-overdue.ts'
import { sweepKeys } from './flows/sweep-keys.ts'
import { takeTerms } from './flows/take-terms.ts'
import { warnAhead } from './flows/warn-ahead.ts'
import type { Tx } from './ports.ts'
import type { MatchRow, RegistrationRow } from './rows.ts'
import { addDays, dayOf, startOfDay } from './stages/calendar.ts'

export interface SweepReport {
  datum: string
  /** Open matches that were looked at anew. */
  matches: number
  /** Receivers told that the term for contact passed. */
  verlopen: number
  /** Warnings to organisations: consents about to lapse, registrations about to leave the index. */
  gewaarschuwd: number
  /** Registrations that went to the archive, and that were destroyed. */
  gearchiveerd: number
  vernietigd: number
  /** Terms that passed, and steps of ladders that were taken. */
  termijnen: number
  ladderstappen: number
  /** Cases that asked, or went on. */
  casussen: number
  /** Koppelvragen that are open longer than their term. */
  koppelvragenOverTermijn: number
  /** Data keys destroyed that no registration has. */
  sleutels: number
  /** Refused messages, results of files and hashes of messages that were kept for their term. */
  berichten: number
  /** Lines of the access log whose content was removed: past their term in real time, whatever day is swept. */
  logregels: number
}

const PAGE = 200
const LAST = 'kalender.laatste-dag'

/** Sweeps when the day has turned, and takes what an hour that passed changed; answers how much that was. Warns of what nobody does by itself. */
export async function turnCalendar(hub: Hub, log: Pick<Logger, 'warn'>): Promise<number> {
  const now = hub.clock.domain()
  if (await isSweepDue(hub, now)) {
    const { koppelvragenOverTermijn: aantal } = await sweep(hub, now)
    if (aantal > 0) log.warn({ aantal }, 'koppelvragen staan langer open dan hun termijn; beheer beantwoordt ze')
  }
  return takeTurns(hub, now)
}

/**
 * The calendar turns: birthdays, consents and overrides that end, involvements that end, terms that pass. Days that were missed are
 * taken one by one, each change at its own instant. Then every open match is put before the policy again. Repeating a day does
 * nothing twice: only what differs from what was told is told.
 */
export async function sweep(hub: Hub, at: Date): Promise<SweepReport> {
  const day = dayOf(at)
  const last = await hub.store.read((tx) => tx.state.get(LAST))
  const terms = { archived: 0, erased: 0 }
  const { days, soon } = await agendaOf(hub, last !== undefined && last < day ? last : addDays(day, -1), day)
  for (const agenda of days) {
    const begins = startOfDay(agenda.day)
    await takeTurns(hub, begins)
    const { archived, erased } = await takeDay(asOf(hub, begins), agenda)
    terms.archived += archived
    terms.erased += erased
  }
  await takeTurns(hub, at)
  const matches = await reassessOpenMatches(hub)
  const verlopen = await tellOverdue(hub, day)
  const gewaarschuwd = await warnAhead(hub, soon)
  const coordinatie = await sweepCoordination(hub, at)
  const koppelvragenOverTermijn = await hub.store.read((tx) => countOverdueReviews(hub, tx))
  const sleutels = await sweepKeys(hub)
  const berichten = await forgetMessages(hub, day)
  await hub.store.scrub()
  await hub.store.write((tx) => tx.state.set(LAST, day))
  const logregels = await pruneLog(hub)
  return {
    datum: day,
    matches,
    verlopen,
    gewaarschuwd,
    ...coordinatie,
    gearchiveerd: terms.archived,
    vernietigd: terms.erased,
    koppelvragenOverTermijn,
    sleutels,
    berichten,
    logregels,
  }
}

/** The same hub at another instant of its calendar: what it does then bears that date. */
function asOf(hub: Hub, at: Date): Hub {
  return { ...hub, clock: { real: hub.clock.real, domain: () => at } }
}

/** One day's changes: who is to be put before the policy again, then whose term is over. */
async function takeDay(hub: Hub, { seqs, terms }: DayAgenda): Promise<{ archived: number; erased: number }> {
  const all = [...seqs]
  for (let at = 0; at < all.length; at += PAGE)
    await hub.store.write(async (tx) => reassessRows(hub, tx, await tx.registrations.bySeqs(all.slice(at, at + PAGE))))
  return takeTerms(hub, [...terms])
}

async function reassessRows(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
  await reassess(hub, tx, { persons, seqs: rows.map((row) => row.seq) })
}

/**
 * Puts before the policy again whatever an hour that passed can have changed, each as of its own instant: an override that ended, a
 * consent that began.
 */
async function takeTurns(hub: Hub, at: Date): Promise<number> {
  const until = at.toISOString()
  await passHours(hub, at)
  const due = await hub.store.read((tx) => tx.consents.dueTurns(until, PAGE))
  for (const [instant, turns] of Map.groupBy(due, (turn) => turn.at)) {
    const then = asOf(hub, new Date(instant))
    await hub.store.write(async (tx) => {
      await reassessRows(then, tx, await tx.registrations.bySeqs([...new Set(turns.map((turn) => turn.registration))]))
      await tx.consents.removeTurns(turns)
    })
  }
  return due.length < PAGE ? due.length : due.length + (await takeTurns(hub, at))
}

/** Whether the day has turned since the last sweep. */
async function isSweepDue(hub: Hub, at: Date): Promise<boolean> {
  return (await hub.store.read((tx) => tx.state.get(LAST))) !== dayOf(at)
}

async function reassessOpenMatches(hub: Hub): Promise<number> {
  let after = ''
  let seen = 0
  for (;;) {
    const page = await hub.store.read((tx) => tx.matches.listOpen(after, PAGE))
    const last = page.at(-1)
    if (!last) return seen
    await hub.store.write(async (tx) => {
      await escalate(hub, tx, page)
      const sides = await tx.matches.sides(page.map((match) => match.id))
      const persons = [...new Set(sides.map((side) => side.person))]
      await reassess(hub, tx, { persons, seqs: sides.map((side) => side.registration) })
    })
    seen += page.length
    after = last.id
  }
}

/** Where organisations come first, the coördinatiepunt hears of a match only when the term passed and nobody recorded contact. */
async function escalate(hub: Hub, tx: Tx, matches: MatchRow[]): Promise<void> {
  if (hub.policy.signaalroute !== 'organisaties-eerst') return
  const now = hub.clock.domain()
  const late = matches.filter((match) => !match.escalatedAt && addDays(dayOf(match.openedAt), hub.contactDays) < dayOf(now))
  const told = await tx.matches.disclosuresOf(late.map((match) => match.id))
  const followed = new Set(told.filter((row) => row.followed === 1).map((row) => row.match))
  await tx.matches.escalate(
    late.flatMap(({ id }) => (followed.has(id) ? [] : [id])),
    now.toISOString(),
  )
}

/** A term without follow-up that passed is told once: to the receiver itself, which sees the match still. */
async function tellOverdue(hub: Hub, day: string): Promise<number> {
  let told = 0
  for (;;) {
    const count = await hub.store.write(async (tx) => {
      const rows = await tx.matches.overdue(day, PAGE)
      for (const row of rows) await tx.matches.updateDisclosure({ ...row, overdueTold: 1 })
      await tx.events.append(
        rows
          .filter(({ receiver }) => isWarned(hub, receiver))
          .map((row) => {
            const passed = asOf(hub, startOfDay(addDays(row.dueOn, 1)))
            return eventOf(passed, row.receiver, 'opvolging.verlopen.v1', `/v1/matches/${row.id}`, row)
          }),
      )
      return rows.length
    })
    if (count === 0) return told
    told += count
    hub.delivery.ring()
  }
}

function isWarned({ policy, region }: Hub, receiver: string): boolean {
  const isPoint = receiverFor(region, receiver)?.soort === 'coordinatiepunt'
  return policy.termijnen['contact-na-match'].waarschuwt.includes(isPoint ? 'coordinatiepunt' : 'betrokken-organisaties')
}
