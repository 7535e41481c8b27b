/** Half-open, ISO instants of real time. */
export interface Period {
  from: string
  until: string
}

/** Who looked at persons: the user with the client it came through. */
export interface Viewer {
  user: string | null
  client: string
  organisation: string | null
}

/**
 * What a privacy officer asks of the log and of what it is about; each one query. A look is a permitted line about a person that somebody
 * asked for; an organisation's reading of its own registrations is none.
 */
export interface Oversight {
  /** Looks at persons of whom the viewer's organisation has no registration, no match and no request. */
  looksWithoutTask(period: Period, least: number): Promise<(Viewer & { persons: number; looks: number })[]>
  /** Different persons that one viewer looked at within an hour of the clock (`hour`: `2026-11-22T09`, UTC). */
  personsPerHour(period: Period, more: number): Promise<(Viewer & { hour: string; persons: number })[]>
  looksPerHour(period: Period): Promise<(Viewer & { hour: string; looks: number })[]>
  /** Overrides that began before an instant of the calendar and that nobody reviewed. */
  unreviewed(before: string): Promise<{ id: string; organisation: string; startsAt: string }[]>
  refusals(period: Period, least: number): Promise<{ client: string; count: number }[]>
  /** Lines by action and outcome. */
  counts(period: Period): Promise<{ action: string; outcome: string; count: number }[]>
  /** Looks at a person under any of these pseudonyms, a row per day, organisation, action and ground. */
  looksAt(persons: string[], period: Period, limit: number): Promise<LookRow[]>
  /** Looks at a person through these matches by these organisations, a row per day and organisation. */
  looksThrough(persons: string[], through: { organisation: string; match: string }[], limit: number): Promise<LookRow[]>
  /** The matches that were looked at in the lines after `from` up to and including `to`, by whom. */
  matchLooks(from: number, to: number): Promise<{ organisation: string; match: string }[]>
}

export interface LookRow {
  /** `2026-11-22`, UTC. */
  day: string
  organisation: string | null
  action: string
  policy: string | null
  rule: string | null
  looks: number
}
