/** One fault in the input: where, which rule, what it means and what to do next. Never holds an input value. */
export interface Fault {
  /** JSON pointer (RFC 6901) into the input, `''` for the whole. */
  pointer: string
  code: string
  /** Dutch: what is wrong. */
  melding: string
  /** Dutch: what the sender can do about it. */
  watNu: string
}
