import type { CalendarMarks, Consents, Dossiers } from './ports/consents.ts'
import type { Coordination } from './ports/coordination.ts'
import type { Figures } from './ports/figures.ts'
import type { Imports } from './ports/imports.ts'
import type { LifeEvents } from './ports/life-events.ts'
import type { KeyEpochs } from './ports/link-keys.ts'
import type { Oversight } from './ports/oversight.ts'
import type { Replies } from './ports/replies.ts'
import type { StoredKeys } from './ports/shared.ts'
import type { Webhooks } from './ports/webhooks.ts'
import type { TokensRow } from './rows/link-keys.ts'
import type * as rows from './rows.ts'
import type { AuditLine } from './stages/audit/line.ts'

/**
 * The truth of the hub. `write` runs its work as one transaction: when it resolves, everything in it is on disk and survives a
 * power cut; when it rejects, nothing of it is. Writers are served one at a time, in order. `read` sees only what is committed.
 * Work may be run again after a conflict, so it does nothing outside the transaction.
 * Lost with the store: everything; keys, checkpoint and the organisations' own systems remain.
 */
export interface Store {
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * The same for work that only adds, and decides upon nothing that another writer may change meanwhile: where several hubs share a
   * store it goes on beside other writers. Before it decides upon what it found it waits for its turn (`Tx.alone`).
   */
  writeBeside<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Wipes what deleted rows left behind outside the tables (the journal); answers whether it is gone. Another reader can hold it up:
   * then a later call finishes it.
   */
  scrub(): Promise<boolean>
}

export interface Tx {
  /**
   * From here on this is the one writer that decides, until its end. Answers whether it was not so before: then what was read until
   * now may have changed, and is read again.
   */
  alone(): Promise<boolean>
  registrations: Registrations
  inbox: Inbox
  linking: Linking
  lifeEvents: LifeEvents
  keyEpochs: KeyEpochs
  consents: Consents
  matches: Matches
  followUps: FollowUps
  events: Events
  webhooks: Webhooks
  imports: Imports
  marks: CalendarMarks
  replies: Replies
  oversight: Oversight
  dossiers: Dossiers
  coordination: Coordination
  figures: Figures
  log: {
    append(lines: AuditLine[], at: Date): Promise<void>
    /** Removes the content of the oldest lines past their term, some at a time, and answers how many; `at` is real time. */
    prune(options: { years: number; policy: string; at: Date }): Promise<number>
  }
  state: {
    get(name: string): Promise<string | undefined>
    set(name: string, value: string): Promise<void>
    /** Moves on from one value (undefined: none yet) to the next, and answers whether it stood there: of two, one. */
    advance(name: string, from: string | undefined, to: string): Promise<boolean>
  }
}

export interface Registrations {
  byReferences(organisation: string, references: Uint8Array[]): Promise<rows.ReferencedRow[]>
  bySeqs(seqs: number[]): Promise<rows.RegistrationRow[]>
  byIds(ids: string[]): Promise<rows.RegistrationRow[]>
  /** One of this organisation's; another's is as absent, in time too. */
  own(organisation: string, id: string): Promise<rows.RegistrationRow | undefined>
  byPersons(persons: string[]): Promise<rows.RegistrationRow[]>
  /** Whom these are about, each once. */
  personsOf(seqs: number[]): Promise<string[]>
  /** Of one organisation only: what others registered takes no part in it, not even in its time. */
  ownByPersons(organisation: string, persons: string[]): Promise<rows.RegistrationRow[]>
  /** Answers the row number of each id. */
  /** By row number, only what tells whose each is and whether what is remembered of it still holds: for many that may all be namesakes. */
  bearings(seqs: number[]): Promise<rows.Bearing[]>
  insert(registrations: rows.NewRegistration[]): Promise<Map<string, number>>
  replace(registration: rows.SealedRegistration): Promise<void>
  /** By row number; large, so they come only when asked for. */
  envelopes(seqs: number[]): Promise<Map<number, Uint8Array>>
  /** The same for the linking tokens; a registration from before they were kept apart has none. */
  profiles(seqs: number[]): Promise<Map<number, Uint8Array>>
  /** Oldest first. */
  waiting(limit: number): Promise<rows.RegistrationRow[]>
  setPersons(entries: { seq: number; person: string }[]): Promise<void>
  setState(seqs: number[], state: 'verwerkt' | 'afgekeurd'): Promise<void>
  /** The row number of an own registration; of one that is gone, that of the last one made before it, or 0. */
  placeOf(organisation: string, id: string): Promise<number>
  /** One organisation's own, oldest first, after a row number; `state` null means all. */
  listOwn(organisation: string, state: string | null, after: number, limit: number): Promise<rows.RegistrationRow[]>
  listAll(after: number, limit: number): Promise<rows.RegistrationRow[]>
  /** The blocking keys of those after a row number, in its order. */
  keysAfter(after: number, limit: number): Promise<StoredKeys[]>
  /** The same of these; of what is not there nothing. */
  keysOf(seqs: number[]): Promise<StoredKeys[]>
  count(): Promise<number>
  setArchived(seqs: number[], on: string): Promise<void>
  setFrozen(seqs: number[], frozen: 0 | 1): Promise<void>
  /** Where these persons live by the register of persons, and since when; null where no point of the region follows it. */
  setResidence(seqs: number[], residence: string | null, since: string): Promise<void>
  setFacts(entries: { seq: number; facts: Uint8Array }[]): Promise<void>
  /** Involvements that end without a word of who registered them. */
  close(seqs: number[], endedOn: string): Promise<void>
  /** Another identity than the one by which it was linked: it waits to be linked anew, without its person. */
  identifyAnew(entries: (TokensRow & { profile: Uint8Array })[]): Promise<void>
  /** Removes registrations with all that hangs on them: answers, overrides, links, sides. What receivers were told stays told. */
  erase(seqs: number[], day: string): Promise<void>
}

export interface Inbox {
  find(source: string, messages: Uint8Array[]): Promise<rows.InboxRow[]>
  insert(receipts: rows.InboxRow[]): Promise<void>
}

export interface Linking {
  insertPersons(persons: rows.PersonRow[]): Promise<void>
  redirect(from: string, to: string): Promise<void>
  /** Every pseudonym that stands for the same person as the given ones, themselves included; none for what is no pseudonym. */
  aliases(persons: string[]): Promise<string[]>
  insertEdges(edges: Omit<rows.EdgeRow, 'id'>[]): Promise<void>
  edgesTouching(seqs: number[]): Promise<rows.EdgeRow[]>
  removeEdges(ids: number[]): Promise<void>
  insertReviews(reviews: rows.ReviewRow[]): Promise<void>
  reviewById(id: string): Promise<rows.ReviewRow | undefined>
  reviewsTouching(seqs: number[]): Promise<rows.ReviewRow[]>
  updateReview(review: rows.ReviewRow): Promise<void>
  removeReviews(ids: string[]): Promise<void>
  /** In order of id, which is that of asking, after an id (`''` for the start). */
  listReviews(query: ReviewQuery, after: string, limit: number): Promise<rows.ReviewRow[]>
  countReviews(state: string): Promise<number>
  /** How many are open that were asked before an instant. */
  countOpenReviewsBefore(instant: string): Promise<number>
  countPersons(): Promise<number>
  /** The anchors of the epoch by which families are found now. */
  familyKeysOf(seqs: number[]): Promise<Map<number, string[]>>
  /** The registrations that carry each key; a key that more than `max` carry is no family and is absent. */
  holdersOfFamilyKeys(keys: string[], max: number): Promise<Map<string, number[]>>
}

export interface ReviewQuery {
  /** `open`, `beantwoord`, or null for all. */
  state: string | null
  /** Only those open and asked before an instant, or only the others; null for all. */
  overdue: { before: string; is: boolean } | null
}

export interface DisclosureQuery {
  receiver: string
  state: string | null
  followed: boolean | null
  /** Null: not limited to municipalities. */
  municipalities: readonly string[] | null
  /** Unfollowed first, earliest term first, instead of in order of number. */
  worklist?: boolean
  after: number
  limit: number
}

export interface Matches {
  /** Open matches with one of these subjects or with one of these registrations as a side. */
  openTouching(subjects: string[], seqs: number[]): Promise<rows.MatchRow[]>
  insert(matches: rows.MatchRow[]): Promise<void>
  setSubject(id: string, subject: string): Promise<void>
  close(ids: string[], at: string): Promise<void>
  /** From now on the coördinatiepunt may see these too. */
  escalate(ids: string[], at: string): Promise<void>
  sides(ids: string[]): Promise<rows.MatchSideRow[]>
  insertSides(sides: rows.MatchSideRow[]): Promise<void>
  removeSides(sides: Pick<rows.MatchSideRow, 'match' | 'registration'>[]): Promise<void>
  /** Open matches after an id, for the sweep. */
  listOpen(after: string, limit: number): Promise<rows.MatchRow[]>
  disclosuresOf(matches: string[]): Promise<rows.DisclosureRow[]>
  disclosure(receiver: string, id: string): Promise<rows.DisclosureRow | undefined>
  listDisclosures(query: DisclosureQuery): Promise<rows.DisclosureRow[]>
  /** The number for a receiver's next disclosure; numbers have no gaps because a rolled-back one is given again. */
  nextNumber(receiver: string): Promise<number>
  insertDisclosure(disclosure: rows.DisclosureRow): Promise<void>
  updateDisclosure(disclosure: rows.DisclosureRow): Promise<void>
  /** Open, unfollowed, untold disclosures whose term ended before the day. */
  overdue(day: string, limit: number): Promise<rows.DisclosureRow[]>
  /** Open matches, and of those the ones that anyone, or one receiver, was told of. */
  counts(receiver?: string): Promise<{ open: number; visible: number }>
}

export interface FollowUps {
  /** With every disclosure in which it is told. */
  insert(followUp: rows.FollowUpRow, told: rows.FollowUpToldRow[]): Promise<void>
  /** What one receiver was told in these disclosures, oldest first. */
  toldIn(receiver: string, disclosures: string[]): Promise<(rows.FollowUpRow & { disclosure: string })[]>
  insertRequest(request: rows.RequestRow): Promise<void>
  requestById(id: string): Promise<rows.RequestRow | undefined>
  /** Requests that an organisation made or that a coördinatiepunt received, after an id. */
  listRequests(query: {
    organisation: string | null
    receiver: string | null
    municipalities: readonly string[] | null
    /** Null: in whatever state. */
    state: string | null
    after: string
    limit: number
  }): Promise<rows.RequestRow[]>
}

export type NewEvent = Omit<rows.EventRow, 'seq' | 'number'>

/** The feed: each receiver's own order, numbered without gaps. An event is in it when its transaction committed, and only then. */
export interface Events {
  append(events: NewEvent[]): Promise<void>
  /** After a number, oldest first. */
  list(receiver: string, municipalities: readonly string[] | null, after: number, limit: number): Promise<rows.EventRow[]>
  countMatchEvents(): Promise<number>
}

/**
 * The data keys of the registrations, apart from the store and its backups. `create` makes a key for each id that has none and
 * resolves only when all are on disk. A destroyed key never comes back, and what it sealed is gone with it.
 * Lost with it: the content of every registration; the hub refuses to start without it.
 */
export interface DataKeys {
  create(ids: string[]): Promise<Map<string, Uint8Array>>
  /** Ids without a key are absent from the answer. */
  get(ids: string[]): Promise<Map<string, Uint8Array>>
  /** Resolves when no byte of them is left on disk, journal included. */
  destroy(ids: string[]): Promise<void>
  /** Ids in order, after an id (`''` for the start). */
  list(after: string, limit: number): Promise<string[]>
}

/** Tells whoever waits that something was committed; a wake-up may be lost, so every waiter also looks by itself now and then. */
export interface Wakeup {
  ring(): void
  /** Answers how to stop listening. */
  listen(heard: () => void): () => void
}
