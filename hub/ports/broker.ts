/** A message that goes out: who has the same key keeps its order. */
export interface Outgoing {
  key: string
  value: string
  headers: Record<string, string>
}

/** A message that came in, with its place. */
export interface Incoming {
  offset: bigint
  key: string | null
  /** Null: a message without content. */
  value: Buffer | null
}

/** What to do with the messages of a topic. */
export interface Intake {
  /**
   * Where the next message of a partition stands; `available` is what the broker has now. The broker's own memory of what was read is
   * never used.
   */
  startAt(topic: string, partition: number, available: { first: bigint; end: bigint }): Promise<bigint>
  /**
   * Takes messages of one partition, in order, and resolves when what they brought about is on disk. The same ones can come again, also
   * to another consumer. When it rejects, they come again after a while.
   */
  take(topic: string, partition: number, messages: Incoming[]): Promise<void>
}

/** Something that reads on by itself until it is stopped. */
export interface Consumption {
  stop(): Promise<void>
}

/**
 * Messages between systems. It holds nothing that is not also in the store: it may be gone for hours, and then what waits goes on.
 * Lost with it: messages of senders that the hub has not taken yet.
 */
export interface Broker {
  /**
   * Makes the topics that are not there. Throws `configuratie` naming what stands there and cannot be used; anything else it throws is
   * worth another attempt.
   */
  prepare(topics: string[]): Promise<void>
  /**
   * Resolves when every replica in sync has all messages, those of one key in this order. When it rejects, each of them may be there
   * or not; sending all of them again loses none, and can repeat some.
   */
  publish(topic: string, messages: Outgoing[]): Promise<void>
  /** Reads on through every failure, together with the other members of its group, each of whom has partitions of its own. */
  consume(topics: string[], intake: Intake): Consumption
  close(): Promise<void>
}
