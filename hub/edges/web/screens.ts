import { type ErrorRequestHandler, type RequestHandler, Router, urlencoded } from 'express'
import { HubError } from '../../errors.ts'
import { problemOf, refusalOf } from '../http/problem.ts'
import { limitPages } from './limit-pages.ts'
import { loginRoutes } from './login-routes.ts'
import { matchRoutes } from './match-routes.ts'
import { messagePage } from './pages/message-page.ts'
import { createSessions } from './sessions.ts'
import { readStylesheet } from './stylesheet.ts'
import { frameFor, randomTraceId, readVisit, type Screens } from './visit.ts'
import type { ScreenSettings } from './web-port.ts'
import { tooMuchInWords } from './words.ts'

const FORM_MAX = '10kb'
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="6" cy="8" r="5" fill="#154273"/><circle cx="10" cy="8" r="5" fill="none" stroke="#154273" stroke-width="2"/></svg>'

/** The screens: pages made on the server, without a script. To mount at `/`, after the API; other addresses fall through. */
export function createScreens(settings: ScreenSettings): RequestHandler {
  const stylesheet = readStylesheet()
  const isSecure = settings.baseUrl.startsWith('https:')
  const screens: Screens = { ...settings, isSecure, sessions: createSessions(), stylesheet: stylesheet.address }
  const router = Router({ strict: true, caseSensitive: true })
  router.get(screens.stylesheet, (_, response) => {
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(stylesheet.text)
  })
  router.get('/scherm/icoon.svg', (_, response) => void response.type('svg').send(ICON))
  const pages = Router({ strict: true, caseSensitive: true })
  pages.use(leaveOthers, protect, limitPages(screens), urlencoded({ extended: false, limit: FORM_MAX }))
  pages.use(loginRoutes(screens), matchRoutes(screens))
  pages.use(() => {
    throw new HubError('niet-gevonden')
  })
  pages.use(showFault(screens))
  router.use(pages)
  return router
}

/** What the screens have no page for is not theirs to answer. */
const leaveOthers: RequestHandler = (request, _, next) => {
  const room = request.path.split('/')[1] ?? ''
  next(request.path === '/' || ['aanmelden', 'afmelden', 'matches'].includes(room) ? undefined : 'router')
}

/** No script, no frame, nothing from elsewhere, nothing kept. */
const protect: RequestHandler = (_, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
  })
  next()
}

/** Any error as a page: what is known says what to do, what is not shows only the trace id. A refusal is logged first. */
function showFault(screens: Screens): ErrorRequestHandler {
  return async (error, request, response, _next) => {
    const visit = readVisit(screens, request)
    let known = refusalOf(error)
    if (known && visit.principal) {
      const refusal = { code: known.code, isChange: request.method === 'POST', object: 'scherm' }
      await screens.logRefusal(visit.principal, refusal).catch(() => {
        known = new HubError('tijdelijk-niet-beschikbaar')
      })
    }
    const { status, headers, body } = problemOf(known ?? error)
    screens.gate.refused(known ?? error)
    const traceId = known ? null : randomTraceId()
    if (traceId) screens.onFault(error, traceId)
    response.status(status).set(headers).type('html')
    response.send(
      messagePage(frameFor(screens, visit), String(body.title), tooMuchInWords(known) ?? String(body.detail), traceId),
    )
  }
}
