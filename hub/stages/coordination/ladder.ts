import type { Ladder } from '../consent/policy.ts'
import { passesAt } from './terms.ts'

/** How far a ladder has been climbed. */
export interface Climb {
  startedAt: string
  /** Steps that were done. */
  taken: number
  /** When the last of them was due; null before the first. */
  lastAt: string | null
}

export interface LadderStep {
  index: number
  id: string
  /** The instant at which it was due: also when it is done later, after a stand-still. */
  at: string
  waarschuwt: readonly string[]
}

/**
 * The steps that are due up to an instant, each with a date of its own, in order; and when the next one will be (null: none is
 * left). Each term runs from the step before it as it was due, not as it was done, so a hub that stood still skips none and does
 * none twice.
 */
export function stepsDue(ladder: Ladder, climb: Climb, until: string): { steps: LadderStep[]; nextAt: string | null } {
  const steps: LadderStep[] = []
  let from = climb.lastAt ?? climb.startedAt
  for (let index = climb.taken; index < ladder.stappen.length; index++) {
    const { id, na, waarschuwt } = ladder.stappen[index] as Ladder['stappen'][number]
    const at = passesAt(na, new Date(from))
    if (at > until) return { steps, nextAt: at }
    steps.push({ index, id, at, waarschuwt })
    from = at
  }
  return { steps, nextAt: null }
}

/** Whether an answer ends the climb: what the step that was done last asks for, or before the first what the first asks for. */
export function isAnswer(ladder: Ladder, taken: number, answer: string): boolean {
  const current = ladder.stappen[Math.max(0, taken - 1)]
  return current?.antwoorden.includes(answer) ?? false
}
