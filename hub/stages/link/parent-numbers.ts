/**
 * Parents by what they are known by. What is said of one parent in two ways (by birth date here, by the child's house there) becomes one
 * number as soon as one line says both. Persons who are registered keep their own number; all others have a negative one.
 */
export class ParentNumbers {
  readonly #known = new Map<number | string, number>()
  /** An unregistered parent that turned out to be another. */
  readonly #became = new Map<number, number>()
  #last = 0

  /** What a registered person would be called as a parent; the first who has the name keeps it. */
  name(anchor: number | string, person: number): void {
    if (!this.#known.has(anchor)) this.#known.set(anchor, person)
  }

  /** The parent whom the anchors name, strongest first; null without any. */
  of(anchors: (number | string)[]): number | null {
    if (anchors.length === 0) return null
    const numbers = anchors.map((anchor) => this.#known.get(anchor)).filter((number) => number !== undefined)
    const number = this.resolved(numbers[0] ?? --this.#last)
    for (const other of numbers.map((one) => this.resolved(one)))
      if (other < 0 && other !== number) this.#became.set(other, number)
    for (const anchor of anchors) this.name(anchor, number)
    return number
  }

  /** The number that a parent has in the end. */
  resolved(number: number): number {
    let at = number
    for (let next = this.#became.get(at); next !== undefined; next = this.#became.get(at)) at = next
    return at
  }
}
