import { familyAnchors } from './family-anchors.ts'
import { type Household, householdsOf } from './households.ts'
import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'
import { ParentNumbers } from './parent-numbers.ts'

/** Who is whose parent, and who lives under one roof. A parent nobody registered, and a couple, has a negative number. */
export interface Ties {
  persons: Set<number>
  parentsOf: Map<number, Set<number>>
  childrenOf: Map<number, Set<number>>
  housemates: Map<number, Set<number>>
  /** Filled while families are grown. */
  reach: Map<number, Set<number>>
}

/** The ties that the lines tell. A parent is found by initial, surname and birth date, or by name and the child's own house. */
export function familyGraph(lines: Lines, linked: LinkedLine[]): Ties {
  const ties: Ties = {
    persons: new Set(linked.map(({ person }) => person)),
    parentsOf: new Map(),
    childrenOf: new Map(),
    housemates: new Map(),
    reach: new Map(),
  }
  addParents(ties, lines, linked)
  const related = (one: number, other: number): boolean =>
    has(ties.parentsOf, one, other) || has(ties.parentsOf, other, one) || sharesParent(ties, one, other)
  const isParent = (person: number): boolean => ties.childrenOf.has(person)
  for (const household of householdsOf(lines, linked, related, isParent)) addHousehold(ties, household)
  return ties
}

/** Only names by which somebody is named as a parent are looked for; who names parents is looked for as a parent in no such line. */
function addParents(ties: Ties, lines: Lines, linked: LinkedLine[]): void {
  const anchors = familyAnchors()
  const parents = new ParentNumbers()
  const named: { child: number; by: number[] }[] = []
  linked.forEach((_, at) => {
    const profile = lines.profile(at)
    const child = linked[at]!.person
    for (const parent of profile.parents) named.push({ child, by: anchors.parent(parent, profile) })
    const couple = anchors.couple(profile)
    if (couple.length > 0) named.push({ child, by: couple })
  })
  for (const { by } of named) parents.expect(by)
  linked.forEach((_, at) => {
    const profile = lines.profile(at)
    if (profile.parents.length === 0) for (const anchor of anchors.own(profile)) parents.name(anchor, linked[at]!.person)
  })
  const found = named.map(({ by }) => parents.of(by))
  named.forEach(({ child }, at) => {
    const parent = found[at] === null ? child : parents.resolved(found[at]!)
    if (parent !== child) tie(ties, child, parent)
  })
}

function tie({ parentsOf, childrenOf }: Ties, child: number, parent: number): void {
  add(parentsOf, child, parent)
  add(childrenOf, parent, child)
}

function addHousehold(ties: Ties, household: Household): void {
  for (const group of household) {
    for (const one of group) for (const other of group) if (one !== other) add(ties.housemates, one, other)
    adopt(ties, group)
  }
}

/**
 * A housemate whose parents nobody named, and who is nobody's parent, is taken for a child of the household's parents, when there is one
 * couple of them at most and neither has children elsewhere: so that no label runs on to an ex-partner.
 */
function adopt(ties: Ties, group: number[]): void {
  const parents = new Set(group.flatMap((person) => [...(ties.parentsOf.get(person) ?? [])]))
  const couples = [...parents].filter((parent) => !ties.persons.has(parent)).length
  if (parents.size === 0 || parents.size - Math.min(1, couples) > 2) return
  for (const parent of parents)
    for (const child of ties.childrenOf.get(parent) ?? [])
      for (const other of ties.parentsOf.get(child) ?? []) if (!parents.has(other)) return
  for (const person of group)
    if (!ties.parentsOf.has(person) && !ties.childrenOf.has(person)) for (const parent of parents) tie(ties, person, parent)
}

function sharesParent({ parentsOf }: Ties, one: number, other: number): boolean {
  const parents = parentsOf.get(other)
  if (!parents) return false
  for (const parent of parentsOf.get(one) ?? []) if (parents.has(parent)) return true
  return false
}

function has(sets: Map<number, Set<number>>, key: number, value: number): boolean {
  return sets.get(key)?.has(value) === true
}

function add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}
