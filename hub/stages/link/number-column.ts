const FIRST_ROOM = 1024

/** Numbers in a row that grows: eight bytes each, and nothing for the garbage collector to look at. */
export class NumberColumn {
  length = 0
  #values = new Float64Array(FIRST_ROOM)

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = grown(this.#values)
    this.#values[this.length++] = value
  }

  /** The numbers so far; not to be kept while more are pushed. */
  values(): Float64Array {
    return this.#values.subarray(0, this.length)
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2)
  larger.set(values)
  return larger
}
