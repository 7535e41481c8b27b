/** Time in two senses: the domain's calendar (the demo can move it) and the real time of tokens, log and signatures. */
export interface Clock {
  domain(): Date
  real(): Date
}

/**
 * New identifiers: a prefix and a ULID, later ones sorting after earlier ones of the same prefix. Those for one `reader`, who sees them side by side, are a
 * series of their own: what is made for others in the same millisecond leaves no gap in it. A timeless one says nothing of when it was made.
 */
export interface Ids {
  next(prefix: string, reader?: string): string
  timeless(prefix: string): string
}
