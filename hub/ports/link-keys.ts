import type { LinkKeys } from '../crypto/derived-keys.ts'
import type { FamilyAnchor, TokensRow } from '../rows/link-keys.ts'
import type { RegistrationRow } from '../rows.ts'

/** The epochs of the linking keys that count at one moment. */
export interface LinkEpochs {
  /** Oldest first: registrations are written, and sought, under each. */
  readonly all: readonly [LinkKeys, ...LinkKeys[]]
  /** The newest: everything is compared under this one. */
  readonly current: LinkKeys
  /** The names of all, with a space between them: what a registration's `keyEpochs` says when nothing is left to do for it. */
  readonly name: string
}

/**
 * The keys of linking, which can be rotated while the hub runs. One piece of work asks `now` once and keeps to the answer; only the
 * linking worker, between two pieces of its own work, calls `refresh` and `settle`.
 */
export interface LinkKeyring {
  now(): LinkEpochs
  /** Whether there is a newer epoch where the keys are kept. Throws when they cannot be read. */
  isBehind(): boolean
  /** Takes over a newer epoch from where the keys are kept; answers whether there was one. Throws when they cannot be read. */
  refresh(): boolean
  /** Everything is written under the newest epoch: from now on only that one counts. */
  settle(): void
}

/** What stands in the store under keys of linking: blocking keys, tokens and family anchors, each of an epoch. */
export interface KeyEpochs {
  /** How many registrations have each value of `keyEpochs`. */
  count(): Promise<Map<string, number>>
  /** Registrations with other `keyEpochs` than these; those that wait to be linked are left out. */
  others(than: string, limit: number): Promise<RegistrationRow[]>
  /** The blocking keys of each registration, as they stand in the index. */
  blockingKeys(seqs: number[]): Promise<Map<number, string[]>>
  setTokens(tokens: TokensRow[]): Promise<void>
  /** The family anchors of each registration, of every epoch. */
  anchors(seqs: number[]): Promise<Map<number, FamilyAnchor[]>>
  setAnchors(entries: { seq: number; anchors: FamilyAnchor[] }[]): Promise<void>
  /** The epoch by which families are found now; of several hubs, one went over to it and the others follow. */
  foundBy(): Promise<string>
  /**
   * Families are found by this epoch from now on: one at a time, so that half of a large group is never taken for a family. What was named
   * after an anchor of another epoch gets the name that the same anchor has under this one. Answers the epoch before. Every
   * registration has its anchors of this epoch already.
   */
  findFamiliesBy(epoch: string): Promise<string>
}

/**
 * What tells a region's keys from others, and nothing of them. While linking keys rotate a store may still know them by the older epoch, or already by the newer
 * alone; else the three are the same.
 */
export interface KeyPrints {
  whole: string
  oldest: string
  newest: string
}
