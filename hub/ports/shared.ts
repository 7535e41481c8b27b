/** How a bucket fills: so many tokens a second, at most `burst`. */
export interface Refill {
  perSecond: number
  burst: number
}

/** Counts what someone asks; `name` says who and what kind, and nothing of a person. Lost with it: everyone starts anew. */
export interface Allowances {
  /** Takes one token of a bucket, which is full at first; answers what is left, or, when there is not one, less than nothing: how much is lacking. */
  take(name: string, refill: Refill): Promise<number>
  /** What a bucket holds now; takes nothing. */
  left(name: string, refill: Refill): Promise<number>
  /**
   * Counts a thing for a name, at most `max` different ones in a period that begins with the first; a thing that was counted is free. Answers 0,
   * or, when it is one too many, after how many milliseconds the period is over.
   */
  countOnce(name: string, thing: string, limit: { max: number; period_ms: number }): Promise<number>
}

/** Remembers ids that may be used once. Lost with it: ids from before the loss are refused, not taken. */
export interface ReplayCache {
  /**
   * True the first time; false when the id was used before, or when it cannot be remembered (full: refuse, not forget). `made_s`: when
   * the id was made, at the earliest. Throws `tijdelijk-niet-beschikbaar` when nobody can tell.
   */
  use(id: string, times: { made_s: number; until_s: number; now_s: number }): Promise<boolean>
}

/** A registration's blocking keys as they stand in the store; `linked` when it was put before the linker in this form. */
export interface StoredKeys {
  seq: number
  keys: string[]
  linked: boolean
}

/**
 * The blind index: which registrations carry a blocking key. After `add` resolves, every later `find`, by any worker, answers the
 * entry. Adding twice is adding once. It may be lost at any moment and is then made anew from the keys that stand with the registrations in the store:
 * who adds does so after these were committed.
 */
export interface KeyIndex {
  add(entries: { seq: number; keys: string[] }[]): Promise<void>
  /** Registrations per key; `cut` lists the keys whose block was longer than the limit. */
  find(keys: string[]): Promise<{ blocks: Map<string, number[]>; cut: Set<string> }>
  remove(entries: { seq: number; keys: string[] }[]): Promise<void>
}

/** What keeps an index outside the store whole. */
export interface IndexUpkeep {
  /**
   * One look: builds the index when there is none, else looks for what is missing, a page at a time. Answers how many registrations it put
   * in; with `stopping` it leaves off.
   */
  step(stopping: AbortSignal): Promise<number>
  /** Builds it anew, whole or not. Answers how many registrations are in it; null: another hub was quicker, or it was lost meanwhile. */
  rebuild(): Promise<number | null>
  /** Looks for all that is missing; null: there is no whole index. */
  check(): Promise<IndexReport | null>
}

export interface IndexReport {
  registrations: number
  keys: number
  /** Entries that the store has and the index has not. */
  missing: number
  /** Times that a page met a key whose block is longer than is listed. */
  cut: number
}
