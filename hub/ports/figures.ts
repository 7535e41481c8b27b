/** So many on one day in one municipality, of one category. */
export interface CountedRow {
  municipality: string
  day: string
  category: string
  count: number
}

export interface MatchFact {
  /** Its id towards who was told: what went on unseen between two tellings makes no difference. */
  match: string
  /** When the first of its receivers saw it, and the last stopped. */
  openedAt: string
  closedAt: string | null
  municipality: string
  followed: number
  /** JSON: the registrations that a receiver was told of. */
  told: string[]
}

/**
 * What the figures count: the store's own rows, grouped, without persons. Of matches only what some receiver, or one receiver, was
 * told of: what is sealed is counted by nobody here.
 */
export interface Figures {
  startedBy(category: 'organisation' | 'status'): Promise<CountedRow[]>
  /** From when until when, and why it ended; `until` null: it has not. */
  courses(): Promise<{ municipality: string; from: string; until: string | null; reason: string | null; count: number }[]>
  matches(receiver: string | null): Promise<MatchFact[]>
  /** The first contact in which there was spoken, by the match's id towards who was told of it. */
  firstContacts(): Promise<Map<string, string>>
  requestsBy(category: 'state' | 'reason'): Promise<CountedRow[]>
  cases(): Promise<{ municipality: string; openedAt: string; closedAt: string | null; variant: number | null }[]>
  /** Acts of one kind, with what was recorded. */
  acts(kinds: string[]): Promise<{ id: string; kind: string; municipality: string; createdAt: string; content: string }[]>
  handovers(): Promise<{ municipality: string; offeredAt: string; toOrganisation: string }[]>
  counts(list: string): Promise<CountedRow[]>
  organisationsOf(seqs: number[]): Promise<Map<number, string>>
}
