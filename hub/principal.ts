export type Role = 'organisatie' | 'coordinatiepunt' | 'privacy-functionaris' | 'beheer'

/** Who asks: all of it from the verified token (or the session made from one), nothing from body, path or query. */
export interface Principal {
  client: string
  /** The token's `sub`; equals the client for a machine. */
  subject: string
  organisation: string
  role: Role
  /** CBS codes, four digits. */
  municipalities: readonly string[]
  scopes: ReadonlySet<string>
  /** When the token ends, milliseconds since 1970; what goes on longer than one answer ends with it. Absent for a session. */
  tokenEndsAt_ms?: number
  /** W3C trace id of the request, 32 hex digits. */
  traceId: string
  /** `api` or `scherm`. */
  origin: string
}
