/** Persons in families, which grow by joining two and two. */
export class FamilyGroups {
  readonly #groupOf: Int32Array
  readonly #members: (number[] | undefined)[]
  readonly #mayMeet: (one: number, other: number) => boolean

  /** Persons have numbers from 0 up to `persons`. `mayMeet`: whether two persons can be of one family. */
  constructor(persons: number, mayMeet: (one: number, other: number) => boolean) {
    this.#groupOf = new Int32Array(persons).fill(-1)
    this.#members = new Array(persons)
    this.#mayMeet = mayMeet
  }

  /** The family's number: that of the person who began it. */
  of(person: number): number {
    const group = this.#groupOf[person]!
    return group < 0 ? person : group
  }

  /** Whether a person is in no family yet. */
  isAlone(person: number): boolean {
    return this.#members[this.of(person)] === undefined
  }

  /** Everyone in the family of a person, himself too. */
  membersOf(person: number): readonly number[] {
    return this.#members[this.of(person)] ?? [person]
  }

  /** Makes the families of two persons one, unless somebody in the one cannot meet somebody in the other; answers whether they are one. */
  join(one: number, other: number): boolean {
    if (this.of(one) === this.of(other)) return true
    const [large, small] = this.#inOrder(this.membersOf(one), this.membersOf(other))
    if (!small.every((person) => large.every((member) => this.#mayMeet(person, member)))) return false
    const group = this.of(large[0]!)
    this.#members[this.of(small[0]!)] = undefined
    this.#members[group] = large.concat(small)
    for (const person of this.#members[group]) this.#groupOf[person] = group
    return true
  }

  #inOrder(one: readonly number[], other: readonly number[]): [large: readonly number[], small: readonly number[]] {
    return one.length >= other.length ? [one, other] : [other, one]
  }
}
