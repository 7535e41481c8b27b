/** What a policy says of the access log (`toegangslog` in its file): its retention, and when a privacy officer hears of something. */
export interface LogRules {
  readonly bewaarJaren: number
  /** Looks at a person without match or registration, per user. */
  readonly inkijkZonderTaakVanaf: number
  /** More persons than this in an hour of the clock, per user. */
  readonly personenPerUur: number
  /** Whole hours, Dutch time, Monday to Friday. */
  readonly werktijd: { readonly van: number; readonly tot: number }
  /** An override that was not reviewed within so many days. */
  readonly toetsenBinnenDagen: number
  /** Refusals of one client in the period. */
  readonly weigeringen: number
}

const DEFAULTS: LogRules = {
  bewaarJaren: 5,
  inkijkZonderTaakVanaf: 1,
  personenPerUur: 25,
  werktijd: { van: 7, tot: 20 },
  toetsenBinnenDagen: 7,
  weigeringen: 20,
}

/** A policy's rules for the log, with the usual value of each that it leaves out. */
export function logRules(policy: { toegangslog?: Partial<LogRules> }): LogRules {
  return { ...DEFAULTS, ...policy.toegangslog }
}
