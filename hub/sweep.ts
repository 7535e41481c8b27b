import type { Hub } from './context.ts'
import { eventOf } from './flows/event-of.ts'
import { reassess } from './flows/reassess.ts'
import { sweepKeys } from './flows/sweep-keys.ts'
import { dayOf } from './stages/calendar.ts'

export interface SweepReport {
  datum: string
  /** Open matches that were looked at anew. */
  matches: number
  /** Receivers told that the term for contact passed. */
  verlopen: number
  /** Data keys destroyed that no registration has. */
  sleutels: number
}

const PAGE = 200
const LAST = 'kalender.laatste-dag'

/**
 * The calendar turns: birthdays, consents and overrides that end, involvements that end, terms that pass. Every open match, and
 * every person whose involvement may open one, is put before the policy again on this day. Repeating a day does nothing twice:
 * only what differs from what was told is told.
 */
export async function sweep(hub: Hub, at: Date): Promise<SweepReport> {
  const day = dayOf(at)
  const matches = await reassessOpenMatches(hub)
  const verlopen = await tellOverdue(hub, day)
  const sleutels = await sweepKeys(hub)
  await hub.store.write((tx) => tx.state.set(LAST, day))
  return { datum: day, matches, verlopen, sleutels }
}

/** Puts before the policy again whatever an hour that passed can have changed: an override that ended, a consent that began. */
export async function takeTurns(hub: Hub, at: Date): Promise<number> {
  const until = at.toISOString()
  const due = await hub.store.read((tx) => tx.consents.dueTurns(until, PAGE))
  if (due.length === 0) return 0
  await hub.store.write(async (tx) => {
    const rows = await tx.registrations.bySeqs([...new Set(due.map((turn) => turn.registration))])
    const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
    await reassess(hub, tx, { persons, seqs: rows.map((row) => row.seq) })
    await tx.consents.removeTurns(due)
  })
  return due.length
}

/** Whether the day has turned since the last sweep. */
export async function isSweepDue(hub: Hub, at: Date): Promise<boolean> {
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
      const sides = await tx.matches.sides(page.map((match) => match.id))
      const persons = [...new Set(sides.map((side) => side.person))]
      await reassess(hub, tx, { persons, seqs: sides.map((side) => side.registration) })
    })
    seen += page.length
    after = last.id
  }
}

/** A term without follow-up that passed is told once: to the receiver itself, which sees the match still. */
async function tellOverdue(hub: Hub, day: string): Promise<number> {
  let told = 0
  for (;;) {
    const count = await hub.store.write(async (tx) => {
      const rows = await tx.matches.overdue(day, PAGE)
      for (const row of rows) await tx.matches.updateDisclosure({ ...row, overdueTold: 1 })
      await tx.events.append(
        rows.map((row) => eventOf(hub, row.receiver, 'opvolging.verlopen.v1', `/v1/matches/${row.id}`, row.municipality)),
      )
      return rows.length
    })
    if (count === 0) return told
    told += count
    hub.delivery.ring()
  }
}
