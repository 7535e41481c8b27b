/** Time in two senses: the domain's calendar (the demo can move it) and the real time of tokens, log and signatures. */
export interface Clock {
  domain(): Date
  real(): Date
}

/** New identifiers: a prefix and a ULID. A match's id says nothing of when it was made. */
export interface Ids {
  next(prefix: string): string
  timeless(prefix: string): string
}
