import { familyAnchors } from './family-anchors.ts'
import type { Lines } from './lines.ts'
import { NumberColumn, release } from './number-column.ts'
import { NumberLists } from './number-lists.ts'
import { NumberMap } from './number-map.ts'
import { ParentNumbers } from './parent-numbers.ts'

/** Who is whose parent. Persons have the number of a line; a parent nobody registered has one from `persons` on. */
export interface Ties {
  persons: number
  parentsOf: NumberLists
  childrenOf: NumberLists
  /** Children who name one couple, by what is no more than likely to be one couple; some more than once. */
  couples: number[][]
}

/** The ties that the lines tell. A parent is found by initial, surname and birth date, or by name and the child's own house. */
export function familyTies(lines: Lines, personOf: Int32Array): Ties {
  const anchors = familyAnchors()
  const parents = new ParentNumbers()
  const by = NumberColumn.ofDigests()
  /** Per parent who is named: the child, and where the anchors begin. */
  const [children, starts] = [NumberColumn.ofNumbers(), NumberColumn.ofNumbers()]
  const couples = new Couples()
  for (let line = 0; line < lines.length; line++) {
    const named = lines.parents(line)
    if (named.length === 0) continue
    const child = personOf[line]!
    const profile = lines.profile(line)
    for (const parent of named) {
      children.push(child)
      starts.push(by.length)
      for (const anchor of anchors.parent(parent, profile)) by.push(anchor)
    }
    for (const couple of anchors.couple(profile)) couples.add(couple, child)
  }
  starts.push(by.length)
  const all = by.take()
  parents.expect(all)
  for (let line = 0; line < lines.length; line++)
    if (lines.parents(line).length === 0)
      for (const anchor of anchors.own(lines.profile(line))) parents.name(anchor, personOf[line]!)
  const found = NumberColumn.ofNumbers()
  for (let at = 0; at < children.length; at++) found.push(parents.of(all, starts.at(at), starts.at(at + 1)) ?? children.at(at))
  parents.complete()
  release(all)
  const persons = personOf.length
  const parentsOf = new NumberLists(persons)
  const childrenOf = new NumberLists(persons + parents.unregistered)
  for (let at = 0; at < children.length; at++) {
    const child = children.at(at)
    const number = parents.resolved(found.at(at))
    const parent = number < 0 ? persons - 1 - number : number
    if (parent === child || parentsOf.includes(child, parent)) continue
    parentsOf.add(child, parent)
    childrenOf.add(parent, child)
  }
  for (const column of [children, starts, found]) column.release()
  return { persons, parentsOf, childrenOf, couples: couples.ofSeveral() }
}

/** Children by what their parents are a couple by. */
class Couples {
  readonly #numbers = new NumberMap()
  readonly #couples = NumberColumn.ofNumbers()
  readonly #children = NumberColumn.ofNumbers()

  add(anchor: number, child: number): void {
    const couple = this.#numbers.get(anchor) ?? this.#numbers.size
    this.#numbers.set(anchor, couple)
    this.#couples.push(couple)
    this.#children.push(child)
  }

  /** The children of each couple that is named more than once. */
  ofSeveral(): number[][] {
    const lists = new NumberLists(this.#numbers.size)
    for (let at = 0; at < this.#couples.length; at++) lists.add(this.#couples.at(at), this.#children.at(at))
    for (const column of [this.#couples, this.#children, this.#numbers]) column.release()
    const several: number[][] = []
    for (let couple = 0; couple < lists.size; couple++) {
      const children = lists.of(couple)
      if (children.length > 1) several.push(children)
    }
    return several
  }
}
