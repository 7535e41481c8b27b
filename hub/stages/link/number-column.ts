const FIRST_ROOM = 1024

/** Numbers in a row that grows: eight bytes each, and nothing for the garbage collector to look at. */
export class NumberColumn {
  length = 0
  #values = new Float64Array(FIRST_ROOM)

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = grown(this.#values)
    this.#values[this.length++] = value
  }

  /** Hands the numbers over: the column is empty afterwards. */
  take(): Float64Array {
    const taken = this.#values.subarray(0, this.length)
    this.#values = new Float64Array(FIRST_ROOM)
    this.length = 0
    return taken
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2)
  larger.set(values)
  return larger
}
