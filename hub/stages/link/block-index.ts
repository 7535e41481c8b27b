/**
 * Lines by blocking key, for lines that are all there from the start: a key that one line has alone is left out at once. A block that is
 * full takes no more lines; what it cost is counted.
 */
export class BlockIndex {
  /** How many lines were not put in a block because it was full. */
  full = 0
  /** Per line the numbers of its keys that others have too; per key the lines added so far. */
  readonly #keysOf: number[][]
  readonly #blocks: number[][] = []
  readonly #max: number

  /** `keysOf`: the blocking keys of each line. */
  constructor(keysOf: Iterable<readonly string[]>, max: number) {
    this.#max = max
    this.#keysOf = shared(keysOf)
  }

  add(line: number): void {
    for (const key of this.#keysOf[line]!) {
      const block = this.#blocks[key]
      if (block === undefined) this.#blocks[key] = [line]
      else if (block.length < this.#max) block.push(line)
      else this.full++
    }
  }

  /** Visits the lines added that share a key with this one, some more than once; answers whether a block among them was full. */
  visit(line: number, visit: (other: number) => void): boolean {
    let cut = false
    for (const key of this.#keysOf[line]!) {
      const block = this.#blocks[key]
      if (block === undefined) continue
      for (const other of block) visit(other)
      cut ||= block.length >= this.#max
    }
    return cut
  }
}

/** More keys than any line has. */
const KEYS_ROOM = 4096

/** Per line the numbers, from 0, of the keys that more than one line has, in the order in which the line has them. */
function shared(keysOf: Iterable<readonly string[]>): number[][] {
  const firstPlace = new Map<string, number>()
  const found: number[][] = []
  let keys = 0
  let line = 0
  for (const texts of keysOf) {
    const own: number[] = new Array(texts.length).fill(-1)
    found.push(own)
    texts.forEach((text, at) => {
      const before = firstPlace.get(text)
      if (before === undefined) firstPlace.set(text, -1 - (line * KEYS_ROOM + at))
      else if (before >= 0) own[at] = before
      else {
        const place = -1 - before
        found[Math.floor(place / KEYS_ROOM)]![place % KEYS_ROOM] = keys
        own[at] = keys
        firstPlace.set(text, keys++)
      }
    })
    line++
  }
  return found.map((own) => own.filter((key) => key >= 0))
}
