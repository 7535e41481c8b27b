/** The rows of what is answered, decided and recorded beside a registration. */

export interface ConsentRow {
  id: string
  registration: number
  organisation: string
  /** 1 when it is a no that counts for every organisation (`"voor":"allen"`). */
  forAll: number
  sealed: Uint8Array
  withdrawnAt: string | null
  createdAt: string
}

export interface OverrideRow {
  id: string
  registration: number
  organisation: string
  recipients: string
  startsAt: string
  endsAt: string
  sealed: Uint8Array
  createdBy: string
  createdRole: string
  reviewedBy: string | null
  verdict: string | null
  reviewedAt: string | null
  /** What the reviewer said of it, if anything. */
  reviewSealed: Uint8Array | null
}

/** What is recorded beside a registration: `informering`, `niet-delen`, or a request of a person concerned. Its text is sealed. */
export interface DossierRow {
  id: string
  registration: number
  organisation: string
  kind: string
  /** `open` or `gesloten`, or how a request was decided. */
  state: string
  dueOn: string | null
  sealed: Uint8Array
  createdBy: string
  createdAt: string
  closedAt: string | null
}

/** An instant at which time alone changes what may be told of a registration. Birthdays are not here: they would tell an age. */
export interface TurnRow {
  at: string
  registration: number
}

/** What the calendar told of a registration, so that it is told once: a keyed hash, because the date itself may be a birthday. */
export interface CalendarMarkRow {
  mark: Uint8Array
  registration: number
}
