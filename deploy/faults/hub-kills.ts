import type { Chance } from '../../hub/bench/linking/random.ts'
import type { Course } from './course.ts'
import type { Fleet } from './fleet.ts'
import { STEPS, type Step } from './steps.ts'

/** Of each step how often a hub was to be killed at it, and was; beside those, the kills at any moment. */
export interface KillCounts {
  atSteps: Record<string, { wanted: number; seen: number }>
  atRandom: number
}

/** Kills under way. */
export interface Killing {
  total: number
  done(): number
  due(): number
  ended: Promise<KillCounts>
}

/** Every step before any comes again, each time in another order; without Redis none of those that only a hub with Redis passes. */
export function planOf(kills: number, hasRedis: boolean, chance: Chance): Step[] {
  const steps = STEPS.filter(({ sight }) => hasRedis || sight.kind !== 'script')
  const plan: Step[] = []
  while (plan.length < kills) plan.push(...shuffled(steps, chance))
  return plan.slice(0, kills)
}

/** Kills hubs over the whole course: as often at the steps of the plan as at any moment. */
export function killMeanwhile(fleet: Fleet, plan: Step[], course: Course, chance: Chance): Killing {
  const counts: KillCounts = { atSteps: Object.fromEntries(STEPS.map(({ name }) => [name, { wanted: 0, seen: 0 }])), atRandom: 0 }
  const kill = async (atStep: boolean) => {
    if (!atStep) {
      await fleet.killNow()
      counts.atRandom++
      return
    }
    const { step, wasSeen } = await fleet.killAtStep()
    const count = counts.atSteps[step.name] as { wanted: number; seen: number }
    count.wanted++
    if (wasSeen) count.seen++
  }
  const kinds = shuffled([...plan.map(() => true), ...plan.map(() => false)], chance)
  let [due, done] = [0, 0]
  const all = async () => {
    const kills: Promise<void>[] = []
    for (const [at, atStep] of kinds.entries()) {
      await course.reaches((at + chance.next()) / (kinds.length + 1))
      due++
      kills.push(
        kill(atStep).then(() => {
          done++
        }),
      )
    }
    await Promise.all(kills)
    return counts
  }
  return { total: kinds.length, done: () => done, due: () => due, ended: all() }
}

function shuffled<T>(values: readonly T[], chance: Chance): T[] {
  return values
    .map((value) => ({ value, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}
