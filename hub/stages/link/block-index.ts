/** Lines by blocking key. A block that is full takes no more lines; what it cost is counted. */
export class BlockIndex {
  /** How many lines were not put in a block because it was full. */
  full = 0
  /** Most blocks hold one line: that is kept without an array around it. */
  readonly #blocks = new Map<string, number | number[]>()
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  add(keys: readonly string[], line: number): void {
    for (const key of keys) {
      const block = this.#blocks.get(key)
      if (block === undefined) this.#blocks.set(key, line)
      else if (typeof block === 'number') this.#blocks.set(key, [block, line])
      else if (block.length < this.#max) block.push(line)
      else this.full++
    }
  }

  /** Visits the lines that share a key, some more than once; answers whether a block among them was full. */
  visit(keys: readonly string[], visit: (line: number) => void): boolean {
    let cut = false
    for (const key of keys) {
      const block = this.#blocks.get(key)
      if (block === undefined) continue
      if (typeof block === 'number') {
        visit(block)
        continue
      }
      for (const line of block) visit(line)
      cut ||= block.length >= this.#max
    }
    return cut
  }
}
