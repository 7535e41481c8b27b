import { familyGraph, type Ties } from './family-graph.ts'
import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'

/**
 * Per line the number of its family, or null for who has none. Family are own parents, children, (half-)siblings and one's household under
 * one surname. A label never spans two partner steps: an ex-partner's new partner is a stranger, though every step between is family.
 */
export function familiesOf(lines: Lines, linked: LinkedLine[]): (number | null)[] {
  const ties = familyGraph(lines, linked)
  const familyOf = new Map<number, number>()
  const tied = [...ties.persons].map((person) => ({ person, weight: strength(ties, person) })).filter(({ weight }) => weight > 0)
  for (const { person } of tied.sort((a, b) => b.weight - a.weight || a.person - b.person)) {
    if (!familyOf.has(person)) for (const member of grown(person, ties, familyOf)) familyOf.set(member, person)
  }
  const sizes = Map.groupBy(familyOf.values(), (family) => family)
  return linked.map(({ person }) => {
    const family = familyOf.get(person)
    return family !== undefined && sizes.get(family)!.length > 1 ? family : null
  })
}

/** Families grow from who has most ties in both directions, so that a parent of two households stays with the larger. */
function strength({ parentsOf, childrenOf, housemates }: Ties, person: number): number {
  return (childrenOf.get(person)?.size ?? 0) * 4 + (parentsOf.get(person)?.size ?? 0) * 2 + (housemates.get(person)?.size ?? 0)
}

/** Everyone within reach of the first who is also within reach of all taken before. */
function grown(first: number, ties: Ties, familyOf: Map<number, number>): number[] {
  const members = [first]
  for (const other of reachOf(first, ties)) {
    if (other === first || familyOf.has(other) || !ties.persons.has(other)) continue
    if (members.every((member) => member === first || reachOf(other, ties).has(member))) members.push(other)
  }
  return members
}

/**
 * Own parents, children, siblings, other parents of own children (one partner step), partners of own parents (one), housemates with their own
 * parents and children.
 */
function reachOf(person: number, ties: Ties): Set<number> {
  const known = ties.reach.get(person)
  if (known) return known
  const near = new Set([person, ...parents(ties, person), ...children(ties, person)])
  for (const parent of parents(ties, person)) for (const sibling of children(ties, parent)) near.add(sibling)
  for (const parent of parents(ties, person))
    for (const child of children(ties, parent)) for (const partner of parents(ties, child)) near.add(partner)
  for (const child of children(ties, person)) for (const partner of parents(ties, child)) near.add(partner)
  for (const partner of partnersOf(person, ties)) for (const child of children(ties, partner)) near.add(child)
  for (const one of [person, ...parents(ties, person), ...children(ties, person)])
    for (const mate of ties.housemates.get(one) ?? []) near.add(mate)
  ties.reach.set(person, near)
  return near
}

function partnersOf(person: number, ties: Ties): number[] {
  return [...children(ties, person)].flatMap((child) => [...parents(ties, child)]).filter((other) => other !== person)
}

function parents({ parentsOf }: Ties, person: number): Set<number> {
  return parentsOf.get(person) ?? new Set()
}

function children({ childrenOf }: Ties, person: number): Set<number> {
  return childrenOf.get(person) ?? new Set()
}
