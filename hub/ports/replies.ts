/** A request that a client may repeat under one `Idempotency-Key`. */
export interface ReplyRow {
  /** Keyed hash of client, route and key. */
  name: Uint8Array
  /** Keyed hash of what was asked: the same key for something else is refused. */
  request: Uint8Array
  /** What was answered, sealed under the region's key; null while the first is under way, or when it was cut off. */
  reply: Uint8Array | null
  /** Real time. */
  createdAt: string
}

/** What was answered to requests with an `Idempotency-Key`, for a day. Lost with it: a repetition is done again. */
export interface Replies {
  /** The row that was there, or null when this one was added; rows from before `before` are dropped first. */
  reserve(row: ReplyRow, before: string): Promise<ReplyRow | null>
  setReply(name: Uint8Array, reply: Uint8Array): Promise<void>
  /** For a request that was refused: it did nothing, and may be tried again. */
  release(name: Uint8Array): Promise<void>
}
