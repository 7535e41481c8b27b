/** What came in earlier under the same message id. */
export interface EarlierMessage {
  bodyHash: Uint8Array
}

/** The registration as it stands. */
export interface StandingRegistration {
  version: number
}

/**
 * What to do with a message: `herhaald` answers as the first time, `hergebruikt` is refused (same id, other body), `nieuw` makes a
 * registration, `vervangt` puts a newer version in its place, `verouderd` is kept as received but changes nothing, `achterhaald` is
 * refused: the sender went by another version than the one that stands.
 */
export type Reception = 'herhaald' | 'hergebruikt' | 'nieuw' | 'vervangt' | 'verouderd' | 'achterhaald'

/** Decides on one message, given what is known of its id and of its registration. A version never goes back in time. */
export function receive(
  message: { bodyHash: Uint8Array; version: number; expected?: readonly number[] },
  earlier: EarlierMessage | undefined,
  standing: StandingRegistration | undefined,
): Reception {
  if (earlier) return Buffer.compare(earlier.bodyHash, message.bodyHash) === 0 ? 'herhaald' : 'hergebruikt'
  if (!standing) return 'nieuw'
  if (message.expected && !message.expected.includes(standing.version)) return 'achterhaald'
  return message.version > standing.version ? 'vervangt' : 'verouderd'
}
