import type { Ties } from './family-ties.ts'

/** A way through a family goes up to parents and down to children; going up again after down is a step to a partner. */
const PHASES = 4

/**
 * Whether two persons are known to be two partner steps apart: an ex-partner's new partner, or such a partner's child. Of persons whom no
 * parents and children join, nothing is known.
 */
export function partnerSteps({ parentsOf, childrenOf }: Ties): (one: number, other: number) => boolean {
  const wholeOf = wholes(parentsOf)
  const nearOf = new Map<number, number[]>()
  const near = (person: number): number[] => {
    const known = nearOf.get(person)
    if (known) return known
    const found = withinOneStep(person, parentsOf, childrenOf)
    nearOf.set(person, found)
    return found
  }
  return (one, other) => {
    const whole = wholeOf(one)
    return whole !== null && whole === wholeOf(other) && !near(one).includes(other)
  }
}

type Lists = Map<number, number[]>

/** What hangs together by parents and children and has more than two parents in it, so that two partner steps are possible; else null. */
function wholes(parentsOf: Lists): (person: number) => number | null {
  const up = new Map<number, number>()
  const find = (node: number): number => {
    let at = node
    for (let next = up.get(at); next !== undefined && next !== at; next = up.get(at)) at = next
    return at
  }
  for (const [child, parents] of parentsOf) {
    for (const parent of parents) {
      const [one, other] = [find(child), find(parent)]
      if (one !== other) up.set(one, other)
    }
  }
  const parentsIn = new Map<number, Set<number>>()
  for (const parents of parentsOf.values()) {
    for (const parent of parents) {
      const whole = find(parent)
      const known = parentsIn.get(whole)
      if (known) known.add(parent)
      else parentsIn.set(whole, new Set([parent]))
    }
  }
  return (person) => {
    const whole = find(person)
    return (parentsIn.get(whole)?.size ?? 0) > 2 ? whole : null
  }
}

/** Everyone whom a way reaches that turns from down to up once at most. */
function withinOneStep(from: number, parentsOf: Lists, childrenOf: Lists): number[] {
  const seen = new Set<number>()
  const found = [from]
  const visit = (node: number, phase: number): void => {
    const key = node * PHASES + phase
    if (seen.has(key)) return
    seen.add(key)
    if (!found.includes(node)) found.push(node)
    const isUp = phase % 2 === 0
    for (const parent of parentsOf.get(node) ?? []) if (isUp || phase + 1 < PHASES) visit(parent, isUp ? phase : phase + 1)
    for (const child of childrenOf.get(node) ?? []) visit(child, isUp ? phase + 1 : phase)
  }
  visit(from, 0)
  return found.slice()
}
