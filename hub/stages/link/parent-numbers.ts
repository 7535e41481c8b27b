import { NumberMap } from './number-map.ts'

const NOBODY = 0

/**
 * Parents by what they are known by. What is said of one parent in two ways (by birth date here, by the child's house there) becomes one
 * number as soon as one line says both. Persons who are registered keep their own number; all others have a negative one.
 */
export class ParentNumbers {
  /** By each anchor a parent's number plus one, or minus one; 0 while nobody has it. */
  readonly #known = new NumberMap()
  /** An unregistered parent that turned out to be another. */
  readonly #became = new Map<number, number>()
  #last = 0

  /** How many parents are registered nowhere: the lowest number is minus this. */
  get unregistered(): number {
    return -this.#last
  }

  /** Names by which a parent is named in some line. */
  expect(anchors: Float64Array): void {
    for (const anchor of anchors) this.#known.set(anchor, NOBODY)
  }

  /** What a registered person would be called as a parent; the first who has the name keeps it. */
  name(anchor: number, person: number): void {
    if (this.#known.get(anchor) === NOBODY) this.#known.set(anchor, person + 1)
  }

  /** The parent whom the anchors from `from` up to `to` name, strongest first; null without any. */
  of(anchors: Float64Array, from: number, to: number): number | null {
    if (from === to) return null
    let first = from
    while (first < to && this.#personAt(anchors[first]!) === null) first++
    const number = (first < to ? this.#personAt(anchors[first]!) : null) ?? --this.#last
    for (let at = from; at < to; at++) {
      const other = this.#personAt(anchors[at]!)
      if (other === null) this.#known.set(anchors[at]!, number < 0 ? number : number + 1)
      else if (other < 0 && other !== number) this.#became.set(other, number)
    }
    return number
  }

  /** Who has the anchor, as a number that can be resolved; null while nobody has it. */
  #personAt(anchor: number): number | null {
    const known = this.#known.get(anchor)!
    return known === NOBODY ? null : known > 0 ? known - 1 : this.resolved(known)
  }

  /** Every parent has its number: what they are known by is given back. */
  complete(): void {
    this.#known.release()
  }

  /** The number that a parent has in the end. */
  resolved(number: number): number {
    let at = number
    for (let next = this.#became.get(at); next !== undefined; next = this.#became.get(at)) at = next
    return at
  }
}
