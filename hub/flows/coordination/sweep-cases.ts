import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import { dayOf } from '../../stages/calendar.ts'
import { step } from '../../stages/coordination/machine.ts'
import { CASUS, OVERDRACHT } from '../../stages/coordination/machines.ts'
import { passesAt } from '../../stages/coordination/terms.ts'
import { eventOf } from '../event-of.ts'
import { takesPart } from '../involvements.ts'
import { reassess } from '../reassess.ts'
import { receiverFor } from '../receivers.ts'
import { endTerms, startTerm, withNext } from './case-terms.ts'
import { familiesOf } from './family.ts'
import { tellOfCase } from './tell-case.ts'
import { tellFollowers } from './tell-followers.ts'

const PAGE = 500

/** Every open case is looked at: without visible open involvement it asks its point, with it again it goes on. */
export async function askCases(hub: Hub): Promise<number> {
  let asked = 0
  for (let after = ''; ; ) {
    const page = await hub.store.read((tx) => tx.coordination.cases.listOpen(after, PAGE))
    const last = page.at(-1)
    if (!last) return asked
    asked += await askPage(hub, page)
    after = last.id
  }
}

async function askPage(hub: Hub, page: CaseRow[]): Promise<number> {
  const changes = await hub.store.read(async (tx) => {
    const changing: CaseRow[] = []
    for (const [point, rows] of Map.groupBy(page, (row) => row.point)) changing.push(...(await changingOf(hub, tx, point, rows)))
    return changing
  })
  if (changes.length > 0) await hub.store.write((tx) => turn(hub, tx, changes))
  return changes.length
}

async function changingOf(hub: Hub, tx: Tx, point: string, rows: CaseRow[]): Promise<CaseRow[]> {
  const reader = receiverFor(hub.region, point)
  if (!reader) return []
  const ids = rows.map((row) => row.id)
  const { seen } = await familiesOf(hub, tx, reader, ids)
  const day = dayOf(hub.clock.domain())
  return rows.filter((row) => {
    const involved = (seen.get(row.id) ?? []).some((each) => takesPart(hub, each, day))
    return involved ? row.state === 'vraagt' || row.askedAt !== null : row.state === 'open' && mayAsk(hub, row)
  })
}

/** A point that confirmed is not asked again within the same term. */
function mayAsk(hub: Hub, { askedAt }: CaseRow): boolean {
  return askedAt === null || passesAt(hub.policy.coordinatie.sluiten.na, new Date(askedAt)) <= hub.clock.domain().toISOString()
}

async function turn(hub: Hub, tx: Tx, rows: CaseRow[]): Promise<void> {
  const now = hub.clock.domain()
  for (const row of rows) {
    const [day, reader] = [dayOf(now), receiverFor(hub.region, row.point)]
    const { seen } = reader ? await familiesOf(hub, tx, reader, [row.id]) : { seen: new Map() }
    const involved = (seen.get(row.id) ?? []).some((each: { seq: number } & Parameters<typeof takesPart>[1]) =>
      takesPart(hub, each, day),
    )
    await tx.coordination.cases.update(await withNext(tx, involved ? await goesOn(tx, row) : await asks(hub, tx, row, now)))
  }
}

async function goesOn(tx: Tx, row: CaseRow): Promise<CaseRow> {
  await endTerms(tx, row.id, 'sluiten')
  return { ...row, state: 'open', askedAt: null }
}

async function asks(hub: Hub, tx: Tx, row: CaseRow, now: Date): Promise<CaseRow> {
  const stepped = step(CASUS, row.state, 'vragen', 'kalender')
  if (!stepped.gelukt) return row
  await startTerm(hub, tx, row.id, 'sluiten', passesAt(hub.policy.coordinatie.sluiten.na, now))
  await tellOfCase(hub, tx, row, 'casus.vraagt', [row.point, ...(row.coordinator ? [row.coordinator] : [])])
  return { ...row, state: stepped.naar, askedAt: now.toISOString() }
}

/** Hand-overs whose term ended: an unanswered offer lapses, and overlap counts as a match again. */
export async function endHandovers(hub: Hub, day: string): Promise<number> {
  for (let ended = 0; ; ) {
    const count = await hub.store.write(async (tx) => {
      const rows = await tx.coordination.handovers.ended(day, PAGE)
      for (const row of rows) {
        const stepped = step(OVERDRACHT, row.state, 'verlopen', 'kalender')
        await tx.coordination.handovers.update({ ...row, settled: 1, state: stepped.gelukt ? stepped.naar : row.state })
        const told = stepped.gelukt ? [row.fromOrganisation, ...(row.told === 1 ? [row.toOrganisation] : [])] : []
        await tx.events.append(told.map((id) => eventOf(hub, id, 'overdracht.beantwoord.v1', `/v1/overdrachten/${row.id}`)))
      }
      const registrations = await tx.registrations.bySeqs(rows.map((row) => row.registration))
      const persons = [...new Set(registrations.flatMap((row) => row.person ?? []))]
      if (rows.length > 0) await reassess(hub, tx, { persons, seqs: registrations.map((row) => row.seq) })
      return rows.length
    })
    if (count === 0) return ended
    ended += count
  }
}

/** Followers who may know now, or no longer: birthdays and consents that ended change it without anyone acting. */
export async function sweepFollowers(hub: Hub): Promise<void> {
  for (let after = ''; ; ) {
    const page = await hub.store.read((tx) => tx.coordination.followers.list(after, PAGE))
    const last = page.at(-1)
    if (!last) return
    await hub.store.write((tx) => tellFollowers(hub, tx, page))
    after = last.id
  }
}

/** Families whose tracking ended are forgotten. */
export async function forgetFamilies(hub: Hub, day: string): Promise<number> {
  for (let forgotten = 0; ; ) {
    const count = await hub.store.write((tx) => tx.coordination.cases.forget(day))
    if (count === 0) return forgotten
    forgotten += count
  }
}
