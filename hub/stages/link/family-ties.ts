import { familyAnchors } from './family-anchors.ts'
import type { Lines } from './lines.ts'
import type { LinkedLine } from './linker.ts'
import { NumberColumn } from './number-column.ts'
import { ParentNumbers } from './parent-numbers.ts'

/** Who is whose parent. A parent nobody registered has a negative number. */
export interface Ties {
  parentsOf: Map<number, number[]>
  childrenOf: Map<number, number[]>
  /** Children who name one couple, by what is no more than likely to be one couple; some more than once. */
  couples: number[][]
}

/** The ties that the lines tell. A parent is found by initial, surname and birth date, or by name and the child's own house. */
export function familyTies(lines: Lines, linked: LinkedLine[]): Ties {
  const anchors = familyAnchors()
  const parents = new ParentNumbers()
  const named: { child: number; from: number }[] = []
  const by = new NumberColumn()
  const couples = new Map<number, number[]>()
  linked.forEach(({ person: child }, at) => {
    const profile = lines.profile(at)
    for (const parent of profile.parents) {
      named.push({ child, from: by.length })
      for (const anchor of anchors.parent(parent, profile)) by.push(anchor)
    }
    for (const couple of anchors.couple(profile)) put(couples, couple, child)
  })
  const all = by.take()
  parents.expect(all)
  linked.forEach(({ person }, at) => {
    const profile = lines.profile(at)
    if (profile.parents.length === 0) for (const anchor of anchors.own(profile)) parents.name(anchor, person)
  })
  const found = named.map(({ from }, at) => parents.of(all, from, named[at + 1]?.from ?? all.length))
  const ties: Ties = { parentsOf: new Map(), childrenOf: new Map(), couples: [] }
  named.forEach(({ child }, at) => {
    const parent = found[at] === null ? child : parents.resolved(found[at]!)
    if (parent === child || ties.parentsOf.get(child)?.includes(parent)) return
    put(ties.parentsOf, child, parent)
    put(ties.childrenOf, parent, child)
  })
  for (const children of couples.values()) if (children.length > 1) ties.couples.push(children)
  return ties
}

const SHORT_MAX = 8

/** A short list is made anew, of its very length: one that grows by itself takes room for sixteen more, and most hold two. */
function put(lists: Map<number, number[]>, key: number, value: number): void {
  const known = lists.get(key) ?? []
  if (known.length < SHORT_MAX) lists.set(key, known.concat(value))
  else known.push(value)
}
