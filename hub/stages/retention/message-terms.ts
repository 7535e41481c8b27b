/** What a policy says (`bewaren` in its file) of how long what is kept beside registrations stays. */
export interface MessageTerms {
  /** What was refused, sealed: time to mend the source and to answer its sender. */
  readonly quarantaineDagen: number
  /** The result of a file, sealed. */
  readonly leveringDagen: number
  /** The keyed hash of a message whose registration is destroyed: until then an old file that is sent again registers nobody anew. */
  readonly berichtJaren: number
}

const DEFAULTS: MessageTerms = { quarantaineDagen: 90, leveringDagen: 90, berichtJaren: 7 }

/** A policy's terms, with the usual one where it leaves one out. */
export function messageTerms({ bewaren }: { bewaren: Partial<MessageTerms> }): MessageTerms {
  const { quarantaineDagen, leveringDagen, berichtJaren } = { ...DEFAULTS, ...bewaren }
  return { quarantaineDagen, leveringDagen, berichtJaren }
}
