import { type Request, type RequestHandler, type Response, Router } from 'express'
import { HubError } from '../../errors.ts'
import type { Principal } from '../../principal.ts'
import { problemOf } from '../http/problem.ts'
import { dropCookie, SESSION } from './cookies.ts'
import { type FormValues, type ReadForm, readContact, readVariant } from './follow-up-body.ts'
import { matchPage } from './pages/match-page.ts'
import { startPage } from './pages/start-page.ts'
import { worklistPage } from './pages/worklist-page.ts'
import type { Session } from './sessions.ts'
import { frameFor, readVisit, requireOwnForm, requireScope, type Screens, type Visit } from './visit.ts'

const PAGE_LENGTH = 50
const SEE_OTHER = 303

type Member = Visit & { session: Session; principal: Principal }
type Page = (visit: Member, request: Request, response: Response) => Promise<void>

/** The worklist, a match, and what one records with it. */
export function matchRoutes(screens: Screens): RequestHandler {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/', (request, response) => {
    const visit = readVisit(screens, request)
    return isMember(visit) ? showWorklist(screens, visit, request, response) : showStart(screens, visit, request, response)
  })
  router.get('/matches/:id', forMembers(screens, showMatch))
  router.post(
    '/matches/:id/contact',
    forMembers(screens, (...asked) => record(screens, 'contact', asked)),
  )
  router.post(
    '/matches/:id/variant',
    forMembers(screens, (...asked) => record(screens, 'variant', asked)),
  )
  return router

  async function showMatch(visit: Member, request: Request, response: Response): Promise<void> {
    const confirmation = visit.session.confirmation
    const body = await matchBody(screens, visit, request, null)
    visit.session.confirmation = null
    response.type('html').send(matchPage(frameFor(screens, visit), { ...body, confirmation }))
  }
}

function isMember(visit: Visit): visit is Member {
  return visit.session !== null && visit.principal !== null
}

/** For who is logged in; others are told to log in, with the status that says so. */
function forMembers(screens: Screens, show: Page): RequestHandler {
  return (request, response) => {
    const visit = readVisit(screens, request)
    if (isMember(visit)) return show(visit, request, response)
    response.status(problemOf(new HubError('token-ongeldig')).status)
    showStart(screens, visit, request, response)
  }
}

function showStart(screens: Screens, visit: Visit, request: Request, response: Response): void {
  if (visit.sessionId) dropCookie(response, SESSION, screens.isSecure)
  response.type('html').send(startPage(frameFor(screens, visit), screens.demoLogins, noticeFor(visit, request)))
}

function noticeFor({ sessionId }: Visit, { path, query }: Request): Parameters<typeof startPage>[2] {
  if (sessionId)
    return { kind: 'info', text: 'Uw sessie is verlopen. Log opnieuw in; wat u nog niet had vastgelegd, is niet bewaard.' }
  if (path !== '/') return { kind: 'info', text: 'Log eerst in om deze bladzijde te zien.' }
  return query.uitgelogd === undefined ? null : { kind: 'ok', text: 'U bent uitgelogd.' }
}

async function showWorklist(screens: Screens, visit: Member, { query }: Request, response: Response): Promise<void> {
  requireScope(visit.principal, 'match:lezen')
  const cursor = typeof query.na === 'string' && query.na !== '' ? query.na : undefined
  const list = await screens.port.worklist(visit.principal, { limiet: PAGE_LENGTH, ...(cursor === undefined ? {} : { cursor }) })
  response.type('html').send(worklistPage(frameFor(screens, visit), list, screens.today(), cursor === undefined))
}

type Refused = Parameters<typeof matchPage>[1]['refused']

/** The match as it is now; `niet-gevonden` when this person may not see it. */
async function matchBody(screens: Screens, visit: Member, { params }: Request, refused: Refused) {
  requireScope(visit.principal, 'match:lezen')
  const match = await screens.port.match(visit.principal, String(params.id))
  const mayRecord = match.status === 'open' && visit.principal.scopes.has('coordinatie:schrijven')
  const forms = mayRecord ? { csrf: visit.session.csrf } : null
  return { match, today: screens.today(), nameOf: screens.nameOf, forms, refused, confirmation: null }
}

/** Records what a form says and leads back to the match; with faults, the form comes back as it was sent. */
async function record(
  screens: Screens,
  form: 'contact' | 'variant',
  [visit, request, response]: Parameters<Page>,
): Promise<void> {
  requireOwnForm(visit.session, request.body)
  requireScope(visit.principal, 'coordinatie:schrijven')
  const values = request.body as FormValues
  const read = form === 'contact' ? readContact(values, screens.today()) : readVariant(values)
  const faults = await tryRecord(screens, visit.principal, String(request.params.id), read)
  if (faults.length > 0) {
    response.status(problemOf(new HubError('ongeldige-invoer')).status).type('html')
    const body = await matchBody(screens, visit, request, { form, values, faults })
    return void response.send(matchPage(frameFor(screens, visit), body))
  }
  visit.session.confirmation = form === 'contact' ? 'Het contact is vastgelegd.' : 'De variant is vastgelegd.'
  response.redirect(SEE_OTHER, `/matches/${encodeURIComponent(String(request.params.id))}`)
}

/** Faults of the form, or those that the hub has with it; none when it was recorded. */
async function tryRecord(screens: Screens, principal: Principal, id: string, { body, faults }: ReadForm) {
  if (faults.length > 0) return faults
  try {
    await screens.port.recordFollowUp(principal, id, body)
    return []
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'ongeldige-invoer') throw error
    await screens.logRefusal(principal, { code: error.code, isChange: true, object: id })
    return error.faults
  }
}
