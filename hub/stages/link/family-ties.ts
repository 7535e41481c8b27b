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
  const by = NumberColumn.ofDigests()
  /** Per parent who is named: the child, and where the anchors begin. */
  const [children, starts] = [NumberColumn.ofNumbers(), NumberColumn.ofNumbers()]
  const couples = new Map<number, number[]>()
  linked.forEach(({ person: child }, at) => {
    const profile = lines.profile(at)
    for (const parent of profile.parents) {
      children.push(child)
      starts.push(by.length)
      for (const anchor of anchors.parent(parent, profile)) by.push(anchor)
    }
    for (const couple of anchors.couple(profile)) put(couples, couple, child)
  })
  starts.push(by.length)
  const all = by.take()
  parents.expect(all)
  linked.forEach(({ person }, at) => {
    const profile = lines.profile(at)
    if (profile.parents.length === 0) for (const anchor of anchors.own(profile)) parents.name(anchor, person)
  })
  const found = NumberColumn.ofNumbers()
  for (let at = 0; at < children.length; at++) found.push(parents.of(all, starts.at(at), starts.at(at + 1)) ?? children.at(at))
  const ties: Ties = { parentsOf: new Map(), childrenOf: new Map(), couples: [] }
  for (let at = 0; at < children.length; at++) {
    const [child, parent] = [children.at(at), parents.resolved(found.at(at))]
    if (parent === child || ties.parentsOf.get(child)?.includes(parent)) continue
    put(ties.parentsOf, child, parent)
    put(ties.childrenOf, parent, child)
  }
  for (const together of couples.values()) if (together.length > 1) ties.couples.push(together)
  return ties
}

const SHORT_MAX = 8

/** A short list is made anew, of its very length: one that grows by itself takes room for sixteen more, and most hold two. */
function put(lists: Map<number, number[]>, key: number, value: number): void {
  const known = lists.get(key) ?? []
  if (known.length < SHORT_MAX) lists.set(key, known.concat(value))
  else known.push(value)
}
