import type { Hub } from '../../context.ts'
import { dayOf } from '../../stages/calendar.ts'
import { askCases, endHandovers, forgetFamilies, sweepFollowers } from './sweep-cases.ts'
import { climbLadders, passTerms } from './sweep-terms.ts'

export interface CoordinationSwept {
  termijnen: number
  ladderstappen: number
  casussen: number
}

/** What a new day does to coordination. */
export async function sweepCoordination(hub: Hub, at: Date): Promise<CoordinationSwept> {
  const day = dayOf(at)
  await endHandovers(hub, day)
  await sweepFollowers(hub)
  const casussen = await askCases(hub)
  const passed = await passHours(hub, at)
  await forgetFamilies(hub, day)
  return { ...passed, casussen }
}

/** Terms and steps of ladders that passed; terms of hours do so within a day. */
export async function passHours(hub: Hub, at: Date): Promise<Pick<CoordinationSwept, 'termijnen' | 'ladderstappen'>> {
  const until = at.toISOString()
  const isDue = await hub.store.read(async (tx) => {
    const { deadlines } = tx.coordination
    return (await deadlines.due(until, 1)).length + (await deadlines.dueClimbs(until, 1)).length > 0
  })
  if (!isDue) return { termijnen: 0, ladderstappen: 0 }
  const termijnen = await passTerms(hub, until)
  return { termijnen, ladderstappen: await climbLadders(hub, until) }
}
