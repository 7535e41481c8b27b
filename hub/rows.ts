/** The rows of the store as the flows know them. Nothing in them names a child: see "What is stored readable" in docs/ARCHITECTURE.md. */

export interface RegistrationRow {
  seq: number
  id: string
  client: string
  organisation: string
  version: number
  /** Where it stands in the pipeline: `ontvangen` waits for linking, `verwerkt` has been through. */
  state: string
  person: string | null
  roleInFamily: string
  status: string
  startedOn: string
  endedOn: string | null
  municipality: string
  signals: number
  receivedAt: string
  /** The day on which the organisation last registered this as an involvement that goes on. */
  renewedOn: string
  /** The day on which it went to the archive; null: it is not there. */
  archivedOn: string | null
  /** 1 while an objection waits for its decision: it tells nobody and takes part in no match. */
  frozen: number
  /** W3C trace id of the request that brought this version; null where no request did. */
  traceId: string | null
  /** CBS code of where the register of persons says that this person lives; null: it said nothing that a point of this region follows. */
  residence: string | null
  /** The day of the newest move that it told of. */
  residenceSince: string | null
  /** What else it told, sealed under the registration's data key (`KnownFacts`). */
  facts: Uint8Array | null
  /** The epochs of the linking keys under which it stands in the index, oldest first, with a space between them. */
  keyEpochs: string
}

/** What a registration says and the tokens by which it is linked, each AES-256-GCM under the registration's own data key. */
export interface SealedContent {
  envelope: Uint8Array
  profile: Uint8Array
}

/** A row with the keyed hash of organisation + kenmerk by which its sender's messages find it. */
/** The little of a registration by which namesakes are passed by. */
export type Bearing = Pick<RegistrationRow, 'seq' | 'id' | 'version' | 'status' | 'person' | 'facts'>

export type ReferencedRow = RegistrationRow & { reference: Uint8Array }

/** A row with its content, and the blocking keys from which a lost index is rebuilt. */
export type SealedRegistration = ReferencedRow & SealedContent & { blockingKeys: string[] }
export type NewRegistration = Omit<SealedRegistration, 'seq'>

export interface InboxRow {
  source: string
  /** Keyed hash of the message id. */
  message: Uint8Array
  bodyHash: Uint8Array
  registration: string
  version: number
  applied: number
  created: number
  receivedAt: string
}

/** What a municipality told and is still to be taken; sealed under a key of the region, and gone when it was taken. */
export interface LifeEventRow {
  id: string
  client: string
  sealed: Uint8Array
}

export interface EdgeRow {
  id: number
  a: number
  b: number
  /** `zelfde` joins, `anders` keeps apart. */
  kind: string
  /** `regel` (the linker) or `mens` (a koppelvraag's answer). */
  origin: string
  provisional: number
  evidence: string
  model: string
  review: string | null
  createdAt: string
}

export interface ReviewRow {
  id: string
  registration: number
  candidate: number
  state: string
  evidence: string
  model: string
  answeredBy: string | null
  createdAt: string
  answeredAt: string | null
}

export interface MatchRow {
  id: string
  /** `persoon` or `gezin`. */
  kind: string
  /** Person id, or the family key that names the group. */
  subject: string
  /** `open` or `gesloten`. */
  state: string
  openedAt: string
  closedAt: string | null
  /** Since when the coördinatiepunt may see it, where organisations come first (`signaalroute`); null: not yet. */
  escalatedAt: string | null
}

/**
 * What one receiver has been told of one match, from the moment it could see it until that ended: the rows behind every list of
 * matches. Reopening makes a new row, so that a list never shows that a match went on unseen.
 */
export interface DisclosureRow {
  /** The match's id towards this receiver. */
  id: string
  match: string
  receiver: string
  /** Per receiver, without gaps: the order of its list. */
  number: number
  /** `open`, `gesloten` or `ingetrokken`. */
  state: string
  kind: string
  municipality: string
  /** JSON: the receiver's own registrations in it (row numbers). */
  own: string
  /** JSON: the others' registrations that were told last (row numbers). */
  others: string
  digest: string
  followed: number
  openedAt: string
  closedAt: string | null
  dueOn: string
  overdueTold: number
}

export interface FollowUpRow {
  id: string
  match: string
  organisation: string
  role: string
  /** `contact` or `variant`. */
  kind: string
  content: string
  recordedBy: string
  createdAt: string
}

/** A follow-up that one receiver may know of, in the disclosure in which it was told. */
export interface FollowUpToldRow {
  receiver: string
  disclosure: string
  followUp: string
}

export interface RequestRow {
  id: string
  registration: number
  organisation: string
  receiver: string
  municipality: string
  reason: string
  urgency: string
  state: string
  createdBy: string
  createdAt: string
  /** When the coördinatiepunt judged it last, and the reason code when it was turned down. */
  answeredAt: string | null
  answer: string | null
  /** The case that it led to. */
  caseId: string | null
  /** How often the same was asked: 1 the first time. */
  times: number
}

export interface EventRow {
  seq: number
  receiver: string
  number: number
  id: string
  type: string
  time: string
  dataref: string
  municipality: string | null
  /** W3C trace id of the request that it came of; null where the calendar or somebody unseen by the receiver caused it. */
  traceId: string | null
}

export interface SubscriptionRow {
  id: string
  client: string
  organisation: string
  url: string
  types: string
  sealedSecret: Uint8Array
  state: string
  createdAt: string
}

export interface DeliveryRow {
  event: number
  subscription: string
  state: string
  attempts: number
  nextAt: string
  claimedUntil: string | null
  lastStatus: string | null
}

export interface QuarantineRow {
  id: string
  client: string
  source: string
  row: number | null
  faults: string
  sealed: Uint8Array
  receivedAt: string
}

export interface PersonRow {
  id: string
  createdAt: string
  /** The person into which this one was merged. */
  redirect: string | null
}

export interface MatchSideRow {
  match: string
  registration: number
  person: string
  organisation: string
}

export interface ImportReportRow {
  id: string
  client: string
  adapter: string
  createdAt: string
  sealed: Uint8Array
}
