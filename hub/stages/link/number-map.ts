import { release } from './number-column.ts'

const FIRST_ROOM = 1024
const FULLEST = 0.6
const WORD = 2 ** 32

/** From whole numbers (from 0, below 2^53) to numbers of 32 bits: for millions of them, which a `Map` keeps as objects when they are large. */
export class NumberMap {
  #size = 0
  /** The key plus one; 0 where there is none. */
  #keys = new Float64Array(FIRST_ROOM)
  #values = new Int32Array(FIRST_ROOM)

  get size(): number {
    return this.#size
  }

  get(key: number): number | undefined {
    const slot = this.#slotOf(key)
    return this.#keys[slot] === 0 ? undefined : this.#values[slot]
  }

  set(key: number, value: number): void {
    const slot = this.#slotOf(key)
    this.#values[slot] = value
    if (this.#keys[slot] !== 0) return
    this.#keys[slot] = key + 1
    if (++this.#size > this.#keys.length * FULLEST) this.#grow()
  }

  #slotOf(key: number): number {
    const keys = this.#keys
    const mask = keys.length - 1
    const mixed = Math.imul((key | 0) ^ Math.imul((key / WORD) | 0, 0x9e3779b1), 0x85ebca6b)
    let slot = (mixed ^ (mixed >>> 15)) & mask
    while (keys[slot] !== 0 && keys[slot] !== key + 1) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = new Int32Array(keys.length * 2)
    for (let at = 0; at < keys.length; at++) {
      if (keys[at] === 0) continue
      const slot = this.#slotOf(keys[at]! - 1)
      this.#keys[slot] = keys[at]!
      this.#values[slot] = values[at]!
    }
    release(keys, values)
  }

  /** Nobody looks at it any more. */
  release(): void {
    release(this.#keys, this.#values)
  }
}
