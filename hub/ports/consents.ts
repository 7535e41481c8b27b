import type * as rows from '../rows/consents.ts'

export interface Consents {
  insert(consents: rows.ConsentRow[]): Promise<void>
  /** One that this organisation recorded; another's is as absent, in time too. */
  own(organisation: string, id: string): Promise<rows.ConsentRow | undefined>
  byRegistrations(seqs: number[]): Promise<rows.ConsentRow[]>
  withdraw(id: string, at: string): Promise<void>
  insertOverride(override: rows.OverrideRow): Promise<void>
  overrideById(id: string): Promise<rows.OverrideRow | undefined>
  overridesByRegistrations(seqs: number[]): Promise<rows.OverrideRow[]>
  endOverride(id: string, at: string): Promise<void>
  /** After an id (`''` for the start); `reviewed` null: reviewed or not. */
  listOverrides(reviewed: boolean | null, after: string, limit: number): Promise<rows.OverrideRow[]>
  reviewOverride(id: string, review: { by: string; verdict: string; at: string; sealed: Uint8Array | null }): Promise<void>
  /** Notes instants at which what may be told of a registration changes by itself. */
  insertTurns(turns: rows.TurnRow[]): Promise<void>
  /** Oldest first, those at or before an instant. */
  dueTurns(until: string, limit: number): Promise<rows.TurnRow[]>
  removeTurns(turns: rows.TurnRow[]): Promise<void>
}

export interface DossierQuery {
  kinds: readonly string[]
  /** Null: in whatever state. */
  state: string | null
  after: string
  limit: number
}

/** What is recorded beside registrations: informing, decisions not to share, requests of the persons concerned. */
export interface Dossiers {
  insert(entry: rows.DossierRow): Promise<void>
  byId(id: string): Promise<rows.DossierRow | undefined>
  /** In the order in which they were made. */
  byRegistrations(seqs: number[]): Promise<rows.DossierRow[]>
  list(query: DossierQuery): Promise<rows.DossierRow[]>
  update(entry: Pick<rows.DossierRow, 'id' | 'state' | 'sealed' | 'closedAt'>): Promise<void>
}

/** What the calendar told already. */
export interface CalendarMarks {
  /** Of these, those that were not there; they are now. */
  addNew(marks: rows.CalendarMarkRow[]): Promise<rows.CalendarMarkRow[]>
}

/**
 * What was erased, for good: applied again to whatever is put back. Kept apart from store and keys. `add` resolves when it is on disk;
 * it comes before the key and the row go.
 */
export interface ErasureList {
  add(ids: string[], on: string): Promise<void>
  list(): Promise<string[]>
}
