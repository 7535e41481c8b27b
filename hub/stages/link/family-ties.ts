import { familyAnchors } from './family-anchors.ts'
import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'
import { ParentNumbers } from './parent-numbers.ts'

/** Who is whose parent. A parent nobody registered has a negative number. */
export interface Ties {
  parentsOf: Map<number, Set<number>>
  childrenOf: Map<number, Set<number>>
  /** Children who name one couple, by what is no more than likely to be one couple. */
  couples: number[][]
}

/** The ties that the lines tell. A parent is found by initial, surname and birth date, or by name and the child's own house. */
export function familyTies(lines: Lines, linked: LinkedLine[]): Ties {
  const anchors = familyAnchors()
  const parents = new ParentNumbers()
  const named: { child: number; by: number[] }[] = []
  const couples = new Map<number, Set<number>>()
  linked.forEach(({ person: child }, at) => {
    const profile = lines.profile(at)
    for (const parent of profile.parents) named.push({ child, by: anchors.parent(parent, profile) })
    for (const couple of anchors.couple(profile)) add(couples, couple, child)
  })
  for (const { by } of named) parents.expect(by)
  linked.forEach(({ person }, at) => {
    const profile = lines.profile(at)
    if (profile.parents.length === 0) for (const anchor of anchors.own(profile)) parents.name(anchor, person)
  })
  const found = named.map(({ by }) => parents.of(by))
  const ties: Ties = { parentsOf: new Map(), childrenOf: new Map(), couples: [] }
  named.forEach(({ child }, at) => {
    const parent = found[at] === null ? child : parents.resolved(found[at]!)
    if (parent === child) return
    add(ties.parentsOf, child, parent)
    add(ties.childrenOf, parent, child)
  })
  for (const children of couples.values()) if (children.size > 1) ties.couples.push([...children])
  return ties
}

function add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}
