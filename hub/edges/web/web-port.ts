import type { Match, MatchLijst, Opvolging } from '../../../schemas/types.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Principal } from '../../principal.ts'
import type { Gate } from '../rate-limit.ts'

/**
 * What the screens ask of the hub. Each call writes its line in the access log before it answers. Errors: `niet-gevonden` for
 * what does not exist or may not be seen, `ongeldige-invoer` with faults whose pointers are those of the body.
 */
export interface WebPort {
  /** Open matches that this reader may see: unfollowed first, then the earliest term first. `cursor` as an earlier page gave it. */
  worklist(principal: Principal, page: { cursor?: string; limiet: number }): Promise<MatchLijst>
  match(principal: Principal, id: string): Promise<Match>
  recordFollowUp(principal: Principal, id: string, body: Opvolging): Promise<void>
}

/** Logging in elsewhere: where to send the browser, and what its answer is worth. */
export interface WebLogin {
  start(hint?: string): Promise<{ url: URL; pending: PendingLogin }>
  /** The access token; throws `token-ongeldig`. */
  finish(query: string, pending: PendingLogin): Promise<string>
}

/** What one login must be finished with; only ever kept on the server. */
export interface PendingLogin {
  state: string
  nonce: string
  verifier: string
}

export interface ScreenSettings {
  port: WebPort
  login: WebLogin
  /** Who logged in, from the access token; the same verifier as the API's. */
  verify(token: string, context: { traceId: string; origin: string }): Promise<Principal>
  /** Counts who asks for pages and logs in. */
  gate: Gate
  /** Asked at every request, so that a party that was withdrawn is out at once. */
  admits(principal: Principal): boolean
  /** Where the hub is reached, `https://HOST`; with https, cookies are `Secure`. */
  baseUrl: string
  /** Names by id, of organisations and coördinatiepunten. */
  nameOf(organisation: string): string
  /** The domain's calendar day, `jjjj-mm-dd`. */
  today(): string
  /** Logins that the demo offers, the first one most visibly; none outside the demo. */
  demoLogins: readonly { id: string; naam: string }[]
  /** Writes a refusal into the access log, before it is answered; `principal` is null for a login that failed. */
  logRefusal(principal: Principal | null, refusal: { code: ErrorCode; isChange: boolean; object: string }): Promise<void>
  /** Told about faults inside, without personal data. */
  onFault(error: unknown, traceId: string): void
}
