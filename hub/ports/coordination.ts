import type * as rows from '../rows/coordination.ts'
import type { RequestRow } from '../rows.ts'

export interface CaseQuery {
  /** The coördinatiepunt that asks, with its municipalities; or null. */
  point: string | null
  municipalities: readonly string[] | null
  /** The organisation that asks, which sees cases it was brought into; or null. */
  party: string | null
  state: 'open' | 'gesloten' | null
  /** Earliest term first instead of in order of id. */
  worklist: boolean
  /** Where the page before ended: `nextAt` (worklist only) and id. */
  after: { nextAt: string; id: string }
  limit: number
}

/** Cases with everything that hangs on them. */
export interface Cases {
  insert(row: rows.CaseRow): Promise<void>
  update(row: rows.CaseRow): Promise<void>
  byId(id: string): Promise<rows.CaseRow | undefined>
  list(query: CaseQuery): Promise<rows.CaseRow[]>
  /** Open cases after an id, for the sweep. */
  listOpen(after: string, limit: number): Promise<rows.CaseRow[]>
  /** Cases, open or still tracked, that know one of these persons or anchors. */
  byKeys(keys: string[]): Promise<rows.CaseRow[]>
  /** Cases that began with one of these registrations. */
  begunWith(seqs: number[]): Promise<rows.CaseRow[]>
  addKeys(entries: rows.CaseKeyRow[]): Promise<void>
  /** Forgets the family of every case whose tracking ended before a day; answers how many. */
  forget(before: string): Promise<number>
  addRegistrations(entries: rows.CaseRegistrationRow[]): Promise<void>
  registrationsOf(cases: string[]): Promise<rows.CaseRegistrationRow[]>
  addParties(parties: rows.CasePartyRow[]): Promise<void>
  partiesOf(cases: string[]): Promise<rows.CasePartyRow[]>
  addEntry(entry: rows.CaseEntryRow): Promise<void>
  entriesOf(cases: string[]): Promise<rows.CaseEntryRow[]>
  /** Registrations that it began with are no reason for it any more; keys find it no longer; parties are out. */
  letGo(caseId: string, what: { registrations: number[]; keys: string[]; parties: string[] }): Promise<void>
  /** How many open cases an organisation is zorgcoördinator of. */
  caseload(organisation: string): Promise<number>
}

/** Terms and ladders: what the calendar has to do, found by when it is due. */
export interface Deadlines {
  insert(deadlines: rows.DeadlineRow[]): Promise<void>
  /** Those that run for these subjects. */
  running(subjects: string[]): Promise<rows.DeadlineRow[]>
  settle(ids: string[], state: 'verstreken' | 'beantwoord'): Promise<void>
  due(until: string, limit: number): Promise<rows.DeadlineRow[]>
  insertClimb(climb: rows.ClimbRow): Promise<void>
  updateClimb(climb: rows.ClimbRow): Promise<void>
  climbsOf(cases: string[]): Promise<rows.ClimbRow[]>
  dueClimbs(until: string, limit: number): Promise<rows.ClimbRow[]>
  /** Fails when a step is there already: none is done twice. */
  insertSteps(steps: rows.ClimbStepRow[]): Promise<void>
  stepsOf(climbs: string[]): Promise<rows.ClimbStepRow[]>
}

export interface Handovers {
  insert(row: rows.HandoverRow): Promise<void>
  update(row: rows.HandoverRow): Promise<void>
  byId(id: string): Promise<rows.HandoverRow | undefined>
  /** Offered or accepted, of these registrations, with a term that ends on the day or later. */
  standing(registrations: number[], day: string): Promise<rows.HandoverRow[]>
  /** Those of one organisation, as giver or as taker, after an id. */
  list(organisation: string, after: string, limit: number): Promise<rows.HandoverRow[]>
  /** Whose term ended before the day and was not looked at yet. */
  ended(day: string, limit: number): Promise<rows.HandoverRow[]>
}

export interface Followers {
  insert(row: rows.FollowerRow): Promise<void>
  setState(id: string, state: string): Promise<void>
  setReference(id: string, sealed: Uint8Array): Promise<void>
  remove(ids: string[]): Promise<void>
  byId(id: string): Promise<rows.FollowerRow | undefined>
  byRegistrations(seqs: number[]): Promise<rows.FollowerRow[]>
  /** Told to one organisation, after an id. */
  toldTo(organisation: string, after: string, limit: number): Promise<rows.FollowerRow[]>
  /** All that stand, after an id, for the sweep. */
  list(after: string, limit: number): Promise<rows.FollowerRow[]>
}

/** Requests as the coördinatiepunt treats them; making and listing them is the follow-ups' room. */
export interface Requests {
  update(request: RequestRow): Promise<void>
  byRegistrations(seqs: number[]): Promise<RequestRow[]>
}

export interface Coordination {
  cases: Cases
  deadlines: Deadlines
  handovers: Handovers
  followers: Followers
  requests: Requests
  closings: { set(closings: rows.ClosingRow[]): Promise<void> }
  counts: { insert(counts: rows.CountRow[]): Promise<void> }
}
