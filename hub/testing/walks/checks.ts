import { deepStrictEqual, ok } from 'node:assert'
import type { Coordinatiecasus } from '../../../schemas/types.ts'
import { lookShared } from '../../flows/coordination/followers.ts'
import { lookHandovers } from '../../flows/coordination/handovers.ts'
import { lookCase, lookCases } from '../../flows/coordination/look-cases.ts'
import { lookMatches } from '../../flows/look-matches.ts'
import { lookRequests } from '../../flows/look-requests.ts'
import { addDays, dayOf } from '../../stages/calendar.ts'
import type { Policy } from '../../stages/consent/policy.ts'
import { lastDayOf } from '../../stages/coordination/terms.ts'
import { lifeOn } from '../life-oracle.ts'
import { summaryOf } from '../scenario.ts'
import { principalOf, seen, unlessRefused } from './actor.ts'
import type { Walk } from './family-acts.ts'
import { DOCTOR, EVERYONE, POINTS, toldTo } from './model.ts'

type Json = Record<string, unknown>
type Climb = NonNullable<Coordinatiecasus['ladders']>[number]

/** Nobody sees more than the policy permits on this day, in any list and in any case, by what the walk itself remembers. */
export async function checkReaders(walk: Walk): Promise<void> {
  for (const reader of EVERYONE) {
    await checkCases(walk, reader)
    await checkMatches(walk, reader)
    await checkRequests(walk, reader)
    await checkOffers(walk, reader)
  }
  await checkFollower(walk)
}

async function checkCases({ hub, world }: Walk, reader: string): Promise<void> {
  const { coordinatiecasussen } = await seen(hub, lookCases(hub, principalOf(reader), { worklist: false, limiet: 1000 }))
  const open = toldTo(reader, world, 'open').map(({ by }) => by)
  const named = new Set([...toldTo(reader, world, 'any').map(({ by }) => by as string), reader, ...POINTS])
  for (const { id } of coordinatiecasussen) {
    const shown = await seen(hub, lookCase(hub, principalOf(reader), id))
    for (const { organisatie } of shown.betrokkenen ?? [])
      ok(
        open.some((by) => by === organisatie.id),
        `${reader} sees ${organisatie.id} in ${id} on ${world.day}`,
      )
    for (const name of organisationsIn(shown)) ok(named.has(name), `${reader} finds ${name} named in ${id} on ${world.day}`)
  }
}

/** Every organisation that stands anywhere in an answer. */
function organisationsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(organisationsIn)
  if (typeof value !== 'object' || value === null) return []
  const { id, naam } = value as { id?: unknown; naam?: unknown }
  const own = typeof id === 'string' && typeof naam === 'string' ? [id] : []
  return [...own, ...Object.values(value).flatMap(organisationsIn)]
}

/** To an organisation exactly the matches of persons that the oracle has, but while involvements are handed over: their overlap is no match. */
async function checkMatches({ hub, world }: Walk, reader: string): Promise<void> {
  const { matches } = await seen(hub, lookMatches(hub, principalOf(reader), { status: 'open', limiet: 1000 }))
  const told = new Set(toldTo(reader, world, 'open').map(({ by }) => by as string))
  for (const { organisatie } of matches.flatMap(({ betrokkenen }) => betrokkenen))
    ok(told.has(organisatie.id), `${reader} sees ${organisatie.id} in a match on ${world.day}`)
  if (world.offers.size > 0 || isPoint(reader)) return
  const persons = summaryOf(matches.filter(({ soort }) => soort === 'persoon') as unknown as Json[])
  deepStrictEqual(persons, lifeOn(world.day, reader, [...world.dossiers.values()]).sort(), `matches of ${reader} on ${world.day}`)
}

const isPoint = (reader: string) => POINTS.some((each) => each === reader)

/** Who made a melding sees it, and the one point with which it lies. */
async function checkRequests({ hub, world }: Walk, reader: string): Promise<void> {
  const { meldingen } = await seen(hub, lookRequests(hub, principalOf(reader), { limiet: 1000 }))
  const expected = [...world.asked.values()].filter((each) => (isPoint(reader) ? each.point === reader : each.by === reader))
  const listed = meldingen.map(({ id, status }) => `${id} ${status}`)
  deepStrictEqual(listed.sort(), expected.map(({ id, state }) => `${id} ${state}`).sort(), `meldingen of ${reader}`)
}

async function checkOffers({ hub, world }: Walk, reader: string): Promise<void> {
  const { overdrachten } = await seen(hub, lookHandovers(hub, principalOf(reader), { limiet: 1000 }))
  const told = new Set(toldTo(reader, world, 'any'))
  for (const { id } of overdrachten) {
    const offer = world.offers.get(id)
    if (offer && offer.from !== reader)
      ok(offer.to === reader && told.has(offer.dossier), `${reader} sees hand-over ${id} on ${world.day}`)
  }
}

async function checkFollower({ hub, world }: Walk): Promise<void> {
  const { betrokkenheden } = await seen(hub, lookShared(hub, principalOf(DOCTOR), { limiet: 1000 }))
  const told = toldTo(DOCTOR, world, 'open').filter((each) => world.followed.has(each))
  const shown = betrokkenheden.map(({ betrokkene }) => betrokkene.organisatie.id)
  deepStrictEqual(shown.sort(), told.map(({ by }) => by as string).sort(), `what the huisarts is told on ${world.day}`)
}

/** After a sweep: nothing that passed was passed over, and a case without open involvement asks or was confirmed. */
export async function checkCalendar(walk: Walk): Promise<void> {
  const { hub, world } = walk
  const now = hub.clock.domain().toISOString()
  const left = await hub.store.read(async (tx) => [
    ...(await tx.coordination.deadlines.due(now, 10)),
    ...(await tx.coordination.deadlines.dueClimbs(now, 10)),
    ...(await tx.coordination.handovers.ended(world.day, 10)),
    ...(await tx.matches.overdue(world.day, 10)),
  ])
  deepStrictEqual(left, [], 'a term that passed unseen')
  for (const id of world.cases) await checkCase(walk, id)
}

async function checkCase({ hub, world }: Walk, id: string): Promise<void> {
  const row = await hub.store.read((tx) => tx.coordination.cases.byId(id))
  const shown = row && (await unlessRefused(seen(hub, lookCase(hub, principalOf(row.point), id))))
  if (!row || !shown) throw new Error(`${id} is seen by no point`)
  if (row.state === 'open' && row.askedAt === null)
    ok((shown.betrokkenen ?? []).length > 0, `${id}: a case of nobody that does not ask`)
  if (row.state === 'vraagt') deepStrictEqual(shown.betrokkenen, [], `${id} asks though somebody is involved`)
  for (const { id: agreement, stand } of shown.afspraken ?? []) {
    const known = world.agreements.get(agreement)
    if (!known || row.state === 'gesloten') continue
    const passed = known.due < world.day ? ['verlopen'] : ['gemaakt']
    const expected = known.kept === null ? passed : [known.kept ? 'nagekomen' : 'niet-nagekomen']
    ok(expected.includes(stand), `agreement ${agreement} due ${known.due} is ${stand} on ${world.day}`)
  }
  for (const ladder of shown.ladders ?? []) checkLadder(hub.policy, ladder, world.day)
}

/** Each step on its own date, counted from the one before it; none in the future, none that is due missing. */
function checkLadder(policy: Policy, climb: Climb, day: string): void {
  const due: string[] = []
  let from = dayOf(climb.begonnenOp)
  for (const { id, na } of policy.coordinatie.ladders[climb.ladder].stappen) {
    from = addDays(lastDayOf(na, from), 1)
    if (from <= day) due.push(`${id} ${from}`)
  }
  const taken = climb.stappen.map(({ stap, op }) => `${stap} ${op}`)
  deepStrictEqual(taken, climb.stand === 'beantwoord' ? due.slice(0, taken.length) : due, `ladder ${climb.ladder} on ${day}`)
}
