const FIRST_ROOM = 1024

/** Numbers in a row that grows: eight bytes each, or four, and nothing for the garbage collector to look at. */
export class NumberColumn<V extends Float64Array | Int32Array = Int32Array> {
  length = 0
  #values: V
  readonly #over: (buffer: ArrayBuffer) => V

  private constructor(over: (buffer: ArrayBuffer) => V) {
    this.#over = over
    this.#values = over(new ArrayBuffer(FIRST_ROOM))
  }

  /** For whole numbers of 53 bits. */
  static ofDigests(): NumberColumn<Float64Array> {
    return new NumberColumn<Float64Array>((buffer) => new Float64Array(buffer))
  }

  /** For whole numbers of 32 bits. */
  static ofNumbers(...first: number[]): NumberColumn {
    const column = new NumberColumn<Int32Array>((buffer) => new Int32Array(buffer))
    for (const value of first) column.push(value)
    return column
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow()
    this.#values[this.length++] = value
  }

  at(place: number): number {
    return this.#values[place]!
  }

  set(place: number, value: number): void {
    this.#values[place] = value
  }

  /** Hands the numbers over: the column is empty afterwards. */
  take(): V {
    const taken = this.#values.subarray(0, this.length) as V
    this.#values = this.#over(new ArrayBuffer(FIRST_ROOM))
    this.length = 0
    return taken
  }

  /** Nobody looks at the numbers any more. */
  release(): void {
    release(this.take())
  }

  /** The smaller row is given back at once. */
  #grow(): void {
    const buffer = this.#values.buffer as ArrayBuffer
    this.#values = this.#over(buffer.transfer(buffer.byteLength * 2))
  }
}

/** Gives back at once what held these numbers, which nobody looks at any more: the garbage collector would come for it late. */
export function release(...all: (Float64Array | Int32Array)[]): void {
  for (const { buffer } of all) (buffer as ArrayBuffer).transfer(0)
}
