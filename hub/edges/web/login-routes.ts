import { type ErrorRequestHandler, type RequestHandler, Router } from 'express'
import { HubError } from '../../errors.ts'
import { problemOf } from '../http/problem.ts'
import { dropCookie, PENDING, readCookie, SESSION, setCookie } from './cookies.ts'
import { onwardPage } from './pages/message-page.ts'
import { startPage } from './pages/start-page.ts'
import { frameFor, randomTraceId, readVisit, requireOwnForm, type Screens, type Visit } from './visit.ts'

const SEE_OTHER = 303

/** Logging in and out. */
export function loginRoutes(screens: Screens): RequestHandler {
  const { login, sessions, isSecure, demoLogins, baseUrl } = screens
  const router = Router({ strict: true, caseSensitive: true })

  router.get('/aanmelden', async (request, response) => {
    // The answer comes back to the hub's own address; under another name for it, the cookie would not be there.
    if (request.get('host') !== new URL(baseUrl).host) return response.redirect(SEE_OTHER, baseUrl + request.originalUrl)
    const hint = demoLogins.find(({ id }) => id === request.query.als)?.id
    const { url, pending } = await login.start(hint)
    setCookie(response, PENDING, sessions.await(pending), isSecure)
    response.redirect(SEE_OTHER, url.href)
  })

  router.get('/aanmelden/terug', async (request, response) => {
    const waiting = readCookie(request, PENDING, isSecure)
    const pending = waiting && sessions.take(waiting)
    dropCookie(response, PENDING, isSecure)
    if (!pending) throw new HubError('token-ongeldig', { detail: TOO_LATE })
    const token = await login.finish(request.originalUrl.split('?', 2)[1] ?? '', pending)
    const principal = await screens.verify(token, { traceId: randomTraceId(), origin: 'scherm' })
    await screens.gate.limit.count(`${principal.organisation} ${principal.subject}`, 'account')
    const before = readCookie(request, SESSION, isSecure)
    if (before) sessions.revoke(before)
    setCookie(response, SESSION, sessions.open(principal), isSecure)
    response.type('html').send(onwardPage(frameFor(screens, NOBODY)))
  })

  router.post('/afmelden', (request, response) => {
    const { sessionId, session } = readVisit(screens, request)
    if (session) requireOwnForm(session, request.body)
    if (sessionId) sessions.revoke(sessionId)
    dropCookie(response, SESSION, isSecure)
    response.set('Clear-Site-Data', '"cache", "storage"')
    response.redirect(SEE_OTHER, '/?uitgelogd=ja')
  })

  router.use(showRefusal(screens))
  return router
}

const TOO_LATE = 'Het inloggen duurde te lang of is al afgerond. Probeer het opnieuw.'
const NOBODY: Visit = { sessionId: null, session: null, principal: null }

/** A login that failed leads back to where one can try again. */
function showRefusal(screens: Screens): ErrorRequestHandler {
  return async (error, _request, response, next) => {
    if (!(error instanceof HubError) || error.code !== 'token-ongeldig') return next(error)
    screens.gate.refused(error)
    await screens.logRefusal(null, { code: error.code, isChange: false, object: 'aanmelden' })
    const notice = { kind: 'error', text: error.detail ?? TOO_LATE } as const
    response.status(problemOf(error).status).type('html')
    response.send(startPage(frameFor(screens, NOBODY), screens.demoLogins, notice))
  }
}
