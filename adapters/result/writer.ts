import type { RowOutcome } from '../adapter.ts'

/** How a result is written: row by row, so that a large one is never held as objects. */
export interface ResultWriter {
  contentType: string
  /** Of a file that holds it, without the dot. */
  extension: string
  head: string
  row(outcome: RowOutcome): string
  tail: string
  /** Makes the file of the text that was written, where that is not the text itself. */
  pack?(text: string): Uint8Array
}
