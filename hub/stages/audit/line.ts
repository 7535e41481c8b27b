/** What happened to the data of a person; the values stand in the log as they are. */
export type Action = 'aanmaken' | 'lezen' | 'wijzigen' | 'verwijderen' | 'zoeken' | 'exporteren' | 'doorbreken' | 'beheren'
export type Outcome = 'toegestaan' | 'geweigerd' | 'mislukt'

/**
 * One line of the access log before it has a number: who did what to which person, on which ground, with what outcome.
 * Pseudonyms and codes only, never a name, BSN or free text (NEN 7513 fields; mapping in docs/access-log.md).
 */
export interface AuditLine {
  actie: Action
  /** The client of the token; `-` when the token was refused, `hub` for the calendar and the operator's commands. */
  client: string
  /** The person behind the client (`sub`), when there is one. */
  gebruiker: string | null
  rol: string | null
  organisatie: string | null
  /** On whose behalf (waarneming, pet), when not for the own organisation. */
  namens: string | null
  /** Pseudonym `p_…` of the person whom it is about, when it is about one. */
  persoon: string | null
  /** What was touched: an id (`r_… m_… t_…`) or the operation's name. */
  object: string | null
  grond: { reglement: string; regel: string } | null
  uitkomst: Outcome
  /** Which controls were passed or which one refused, e.g. `token,scope`. */
  controles: string
  /** Where it came from: `api`, `scherm`, `bestand`, `kafka`, `commando`, `kalender`. */
  herkomst: string
  traceId: string
}
