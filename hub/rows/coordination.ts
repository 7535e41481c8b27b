/** The rows of coordination: codes, days, organisations and pseudonyms; nothing about the family itself. */

/** The coördinatiepunt's follow-up of a match or a melding. */
export interface CaseRow {
  id: string
  point: string
  municipality: string
  /** `open`, `vraagt` (open, without open involvement) or `gesloten`. */
  state: string
  /** The match's id towards the point, when the case began with one. */
  match: string | null
  request: string | null
  variant: number | null
  /** The organisation of the zorgcoördinator; null for a parent, the network, or none yet. */
  coordinator: string | null
  openedAt: string
  closedAt: string | null
  /** Since when it asks. */
  askedAt: string | null
  /** Until when client tracking knows the family; null while the case is open. */
  keepUntil: string | null
  /** When its first term passes: the order of the worklist; a day far ahead when none runs. */
  nextAt: string
}

/** By what a family is found again: a person's pseudonym or a keyed anchor of the family. */
export interface CaseKeyRow {
  key: string
  caseId: string
}

/** A registration that the case began with (`begin` 1) or that was told of since. */
export interface CaseRegistrationRow {
  caseId: string
  registration: number
  begin: number
}

/** An organisation that the point brought in, or that made the melding. */
export interface CasePartyRow {
  caseId: string
  organisation: string
}

/** Something done in a case. */
export interface CaseEntryRow {
  id: string
  caseId: string
  kind: string
  content: string
  organisation: string
  role: string
  recordedBy: string
  createdAt: string
}

/** A term that runs for a registration, a melding or a case. */
export interface DeadlineRow {
  id: string
  term: string
  subject: string
  /** The instant from which it has passed. */
  passesAt: string
  /** `loopt`, `verstreken` or `beantwoord`. */
  state: string
}

/** A ladder that is being climbed in a case. */
export interface ClimbRow {
  id: string
  caseId: string
  ladder: string
  /** The organisation that is addressed. */
  organisation: string | null
  startedAt: string
  taken: number
  lastAt: string | null
  /** When the next step is due; null when none is left or it was answered. */
  nextAt: string | null
  state: string
}

export interface ClimbStepRow {
  climb: string
  step: number
  code: string
  at: string
}

export interface HandoverRow {
  id: string
  registration: number
  fromOrganisation: string
  toOrganisation: string
  state: string
  offeredAt: string
  /** Last day of its term. */
  until: string
  answeredAt: string | null
  /** 1 when the taker was told of it. */
  told: number
  /** 1 when its term's end was looked at. */
  settled: number
}

/** One who is told of an involvement without having one: a huisarts, say. */
export interface FollowerRow {
  id: string
  registration: number
  organisation: string
  addedBy: string
  /** `wacht`, `verteld` or `ingetrokken`. */
  state: string
  createdAt: string
  /** By what the follower knows the person, sealed under the registration's data key; null when nothing was given. */
  sealed: Uint8Array | null
}

/** Why and when an involvement ended, readable for the figures. */
export interface ClosingRow {
  registration: number
  reason: string
  day: string
}

/** A line of a count without persons (telrecord): so many conversations about one code. */
export interface CountRow {
  id: string
  organisation: string
  municipality: string
  day: string
  list: string
  code: string
  count: number
}
