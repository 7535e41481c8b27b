import { NumberColumn } from './number-column.ts'

/** Lists of numbers by number (from 0), each in the order in which it came: for a million short ones, which a `Map` of arrays keeps as objects. */
export class NumberLists {
  readonly size: number
  /** The keys that have a list, in the order in which they came. */
  readonly keys = NumberColumn.ofNumbers()
  /** Per key the place of the first and of the last of its list, plus one; 0 without a list. */
  readonly #first: Int32Array
  readonly #last: Int32Array
  readonly #values = NumberColumn.ofNumbers()
  /** Per place the place of the next of the list, plus one; 0 at the end. */
  readonly #next = NumberColumn.ofNumbers()

  /** For keys below `size`. */
  constructor(size: number) {
    this.size = size
    this.#first = new Int32Array(size)
    this.#last = new Int32Array(size)
  }

  add(key: number, value: number): void {
    this.#values.push(value)
    this.#next.push(0)
    const place = this.#values.length
    if (this.#last[key] === 0) {
      this.keys.push(key)
      this.#first[key] = place
    } else this.#next.set(this.#last[key]! - 1, place)
    this.#last[key] = place
  }

  has(key: number): boolean {
    return this.#first[key] !== 0
  }

  includes(key: number, value: number): boolean {
    for (let place = this.#first[key]!; place !== 0; place = this.#next.at(place - 1))
      if (this.#values.at(place - 1) === value) return true
    return false
  }

  /** Whether two keys have a value in common. */
  meet(one: number, other: number): boolean {
    for (let place = this.#first[one]!; place !== 0; place = this.#next.at(place - 1))
      if (this.includes(other, this.#values.at(place - 1))) return true
    return false
  }

  /** The list of a key, made anew. */
  of(key: number): number[] {
    const list: number[] = []
    for (let place = this.#first[key]!; place !== 0; place = this.#next.at(place - 1)) list.push(this.#values.at(place - 1))
    return list
  }
}
