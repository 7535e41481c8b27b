/** Who sets a state machine in motion. `aanbieder` and `ontvanger` are the two sides of a hand-over; `kalender` is the sweep. */
export type Actor = 'organisatie' | 'coordinatiepunt' | 'aanbieder' | 'ontvanger' | 'kalender'

export interface Transition {
  readonly van: string
  readonly handeling: string
  readonly naar: string
  readonly wie: readonly Actor[]
  /** What must hold besides; checked where the facts are. */
  readonly mits?: string
}

/** A state machine as data: docs/coordination.md is made from it, and every line of its table is a test. */
export interface Machine {
  readonly naam: string
  readonly begin: string
  readonly overgangen: readonly Transition[]
}

export type Stepped =
  | { gelukt: true; naar: string; mits?: string }
  | { gelukt: false; reden: 'onbekende-handeling' | 'niet-in-deze-stand' | 'niet-bevoegd' }

/** What an act does in a state, or why it cannot be done; nothing else changes a state. */
export function step(machine: Machine, stand: string, handeling: string, wie: Actor): Stepped {
  const acts = machine.overgangen.filter((each) => each.handeling === handeling)
  if (acts.length === 0) return { gelukt: false, reden: 'onbekende-handeling' }
  const here = acts.find((each) => each.van === stand)
  if (!here) return { gelukt: false, reden: 'niet-in-deze-stand' }
  if (!here.wie.includes(wie)) return { gelukt: false, reden: 'niet-bevoegd' }
  return { gelukt: true, naar: here.naar, ...(here.mits ? { mits: here.mits } : {}) }
}

/** Every state that a machine knows, its first one first. */
export function statesOf(machine: Machine): string[] {
  return [...new Set([machine.begin, ...machine.overgangen.flatMap(({ van, naar }) => [van, naar])])]
}
