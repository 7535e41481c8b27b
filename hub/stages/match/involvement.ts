/** One organisation's involvement with one person, as far as matching needs it. */
export interface Involvement {
  /** Row number of the registration; stands for it everywhere inside the hub. */
  seq: number
  organisation: string
  /** Another organisation that it counts as part of for now: the two are handing over (domain.md, Match). */
  countsAs?: string
  /** Pseudonym of the person whom the linker says it is about. */
  person: string
  /** Hashed anchors of this registration: its household reference, its guardians, the parent it is about. */
  familyKeys: readonly string[]
  municipality: string
  /** Where the person lives by the register of persons, and since when. */
  residence?: string | null
  residenceSince?: string | null
  status: string
  startedOn: string
}

/** What of an involvement makes it count, as the policy says (`reglement.match`). */
export interface CountingRules {
  /** Statuses that count as open. */
  statuses: ReadonlySet<string>
  /** Whether only registrations that passed their source's own threshold count (`matchVanaf: signaleert`). */
  onlySignalling: boolean
}

/** Whether an involvement takes part in matching on this day (`YYYY-MM-DD`). */
export function counts(
  involvement: { status: string; signals: boolean; endedOn: string | null },
  rules: CountingRules,
  day: string,
): boolean {
  if (!rules.statuses.has(involvement.status)) return false
  if (rules.onlySignalling && !involvement.signals) return false
  return involvement.endedOn === null || involvement.endedOn >= day
}
