import type { Ties } from './family-ties.ts'
import type { ParentsTold } from './parents-told.ts'

/** A way through a family goes up to parents and down to children; going up again after down is a step to a partner. */
const PHASES = 4

/**
 * Whether two persons are known to be two partner steps apart: an ex-partner's new partner, or such a partner's child. Of persons whom no
 * parents and children join, nothing is known.
 */
export function partnerSteps(ties: Ties, told: ParentsTold): (one: number, other: number) => boolean {
  const wholeOf = wholes(ties)
  const namesakesOf = namesakes(ties, wholeOf, told)
  const nearOf = new Map<number, number[]>()
  const near = (person: number): number[] => {
    const known = nearOf.get(person)
    if (known) return known
    const found = withinOneStep(person, ties, namesakesOf)
    nearOf.set(person, found)
    return found
  }
  return (one, other) => {
    const whole = wholeOf(one)
    return whole !== null && whole === wholeOf(other) && !near(one).includes(other)
  }
}

/** What hangs together by parents and children and has more than two parents in it, so that two partner steps are possible; else null. */
function wholes({ persons, parentsOf, childrenOf }: Ties): (person: number) => number | null {
  const up = new Int32Array(childrenOf.size).map((_, node) => node)
  const find = (node: number): number => {
    let at = node
    while (up[at] !== at) {
      up[at] = up[up[at]!]!
      at = up[at]!
    }
    return at
  }
  for (let child = 0; child < persons; child++)
    for (const parent of parentsOf.of(child)) {
      const [one, other] = [find(child), find(parent)]
      if (one !== other) up[one] = other
    }
  const parentsIn = new Int32Array(childrenOf.size)
  for (let node = 0; node < childrenOf.size; node++) if (childrenOf.has(node)) parentsIn[find(node)]!++
  return (person) => {
    const whole = find(person)
    return parentsIn[whole]! > 2 ? whole : null
  }
}

/** Registered parents of one whole who are called alike: likely one parent, who was taken for two persons. */
function namesakes(
  { persons, childrenOf }: Ties,
  wholeOf: (person: number) => number | null,
  told: ParentsTold,
): (person: number) => number[] {
  let parentsIn: Map<number | null, number[]> | undefined
  return (person) => {
    if (person >= persons || !childrenOf.has(person)) return []
    parentsIn ??= Map.groupBy(
      Array.from({ length: childrenOf.keys.length }, (_, at) => childrenOf.keys.at(at)).filter((parent) => parent < persons),
      wholeOf,
    )
    return parentsIn.get(wholeOf(person))!.filter((other) => other !== person && told.areCalledAlike(person, other))
  }
}

/** Everyone whom a way reaches that turns from down to up once at most. */
function withinOneStep(
  from: number,
  { persons, parentsOf, childrenOf }: Ties,
  namesakesOf: (person: number) => number[],
): number[] {
  const seen = new Set<number>()
  const found = [from]
  const visit = (node: number, phase: number): void => {
    const key = node * PHASES + phase
    if (seen.has(key)) return
    seen.add(key)
    if (!found.includes(node)) found.push(node)
    for (const one of namesakesOf(node)) visit(one, phase)
    const isUp = phase % 2 === 0
    for (const parent of node < persons ? parentsOf.of(node) : [])
      if (isUp || phase + 1 < PHASES) visit(parent, isUp ? phase : phase + 1)
    for (const child of childrenOf.of(node)) visit(child, isUp ? phase + 1 : phase)
  }
  visit(from, 0)
  return found.slice()
}
