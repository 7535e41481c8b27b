import { release } from './number-column.ts'

/** Places in the table per key. */
const ROOM = 1.4
const WORD = 2 ** 32

/**
 * Lines by blocking key, for lines that are all there from the start: a key that one line has alone is left out at once. A block that is
 * full takes no more lines; what it cost is counted. All of it is numbers in a few rows.
 */
export class BlockIndex {
  /** How many lines were not put in a block because it was full. */
  full = 0
  /** Of every key the number of its block, -1 where no other line has it; the keys of a line stand from `#starts[line]`. */
  readonly #blockOf: Int32Array
  readonly #starts: Int32Array
  /** The lines of a block stand from `#rooms[block]`; so many were added. */
  readonly #rooms: Int32Array
  readonly #added: Int32Array
  readonly #lines: Int32Array
  readonly #max: number

  /**
   * `keys`: the blocking keys of all lines in a row, as whole numbers; those of a line, distinct, from `starts[line]` to `starts[line + 1]`. The keys
   * are taken over: they are given back when each has the number of its block.
   */
  constructor(keys: Float64Array, starts: Int32Array, max: number) {
    const { blockOf, blocks } = shared(keys)
    release(keys)
    this.#blockOf = blockOf
    this.#starts = starts
    this.#max = max
    this.#rooms = roomsOf(blockOf, blocks, max)
    this.#added = new Int32Array(blocks)
    this.#lines = new Int32Array(this.#rooms[blocks]!)
  }

  add(line: number): void {
    for (let at = this.#starts[line]!; at < this.#starts[line + 1]!; at++) {
      const block = this.#blockOf[at]!
      if (block < 0) continue
      if (this.#added[block]! >= this.#max) this.full++
      else this.#lines[this.#rooms[block]! + this.#added[block]!++] = line
    }
  }

  /** Visits the lines added that share a key with this one, some more than once; answers whether a block among them was full. */
  visit(line: number, visit: (other: number) => void): boolean {
    let cut = false
    for (let at = this.#starts[line]!; at < this.#starts[line + 1]!; at++) {
      const block = this.#blockOf[at]!
      if (block < 0) continue
      const [from, added] = [this.#rooms[block]!, this.#added[block]!]
      for (let place = from; place < from + added; place++) visit(this.#lines[place]!)
      cut ||= added >= this.#max
    }
    return cut
  }
}

/** Per key the number, from 0, of the block of those that have it; -1 for a key that stands alone. */
function shared(keys: Float64Array): { blockOf: Int32Array; blocks: number } {
  const room = Math.ceil(keys.length * ROOM) + 1
  const table = new Int32Array(room)
  const blockOf = new Int32Array(keys.length).fill(-1)
  let blocks = 0
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!
    let slot = Math.floor(((key >>> 0) / WORD) * room)
    while (table[slot] !== 0 && keys[table[slot]! - 1] !== key) slot = slot + 1 === room ? 0 : slot + 1
    const first = table[slot]! - 1
    if (first < 0) table[slot] = at + 1
    else {
      if (blockOf[first]! < 0) blockOf[first] = blocks++
      blockOf[at] = blockOf[first]!
    }
  }
  release(table)
  return { blockOf, blocks }
}

/** Where the lines of each block begin, and at the end how many places there are. */
function roomsOf(blockOf: Int32Array, blocks: number, max: number): Int32Array {
  const sizes = new Int32Array(blocks)
  for (const block of blockOf) if (block >= 0 && sizes[block]! < max) sizes[block]!++
  const rooms = new Int32Array(blocks + 1)
  for (let block = 0; block < blocks; block++) rooms[block + 1] = rooms[block]! + sizes[block]!
  return rooms
}
