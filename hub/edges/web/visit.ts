import { randomBytes } from 'node:crypto'
import type { Request } from 'express'
import { HubError } from '../../errors.ts'
import type { Principal } from '../../principal.ts'
import { readCookie, SESSION } from './cookies.ts'
import type { Frame } from './layout.ts'
import { isOwnForm, type Session, type Sessions } from './sessions.ts'
import type { ScreenSettings } from './web-port.ts'

export interface Screens extends ScreenSettings {
  isSecure: boolean
  sessions: Sessions
  /** Address of the stylesheet. */
  stylesheet: string
}

/** Who asks for a page. `sessionId` without `session`: the session has ended. */
export interface Visit {
  sessionId: string | null
  session: Session | null
  /** With a trace id of this request. */
  principal: Principal | null
}

export function readVisit(screens: Screens, request: Request): Visit {
  const sessionId = readCookie(request, SESSION, screens.isSecure)
  let session = sessionId ? screens.sessions.find(sessionId) : null
  if (sessionId && session && !screens.admits(session.principal)) {
    screens.sessions.revoke(sessionId)
    session = null
  }
  return { sessionId, session, principal: session && { ...session.principal, traceId: randomTraceId() } }
}

/** W3C Trace Context: 32 hex digits. */
export function randomTraceId(): string {
  return randomBytes(16).toString('hex')
}

export function frameFor({ stylesheet, demoLogins, nameOf }: Screens, { session }: Visit): Frame {
  const user = session && { naam: nameOf(session.principal.organisation), csrf: session.csrf }
  return { stylesheet, isDemo: demoLogins.length > 0, user }
}

/** Throws `onvoldoende-rechten`. */
export function requireScope(principal: Principal, scope: string): void {
  if (principal.scopes.has(scope)) return
  throw new HubError('onvoldoende-rechten', { detail: 'Uw rol mag dit niet. Vraag het aan de beheerder van uw organisatie.' })
}

/** A form must come from a page of the same session. Throws `onvoldoende-rechten`. */
export function requireOwnForm(session: Session, body: unknown): void {
  if (isOwnForm(session, (body as { csrf?: unknown } | undefined)?.csrf)) return
  throw new HubError('onvoldoende-rechten', { detail: 'Dit formulier hoort niet bij deze sessie. Open de bladzijde opnieuw.' })
}
