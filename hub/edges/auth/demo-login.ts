import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express'
import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { HubError } from '../../errors.ts'
import { demoLogins } from './demo-logins.ts'
import type { RegionClient } from './region-client.ts'

/** The provider's own session, by name. */
export const SESSION_COOKIE = 'demo_oidc_sessie'

/** The provider's pages in HTML; whoever makes them escapes what they get. */
export interface DemoPages {
  /** A button per login; each posts its `id` as the field `als` to `action`. */
  login(logins: readonly { id: string }[], action: string): string
  error(code: string, description: string): string
  /** For who asks too much. */
  tooMany(error: HubError): string
}

/**
 * The page on which one picks who to be, without a password. A login that the screen names itself (`login_hint`) is
 * taken at once, so that one click is enough.
 */
export function createLoginRoutes(
  provider: Provider,
  { clients, pages }: { clients: readonly RegionClient[]; pages: DemoPages },
): RequestHandler {
  const logins = demoLogins(clients)
  const finish = (request: Request, response: Response, accountId: string) =>
    provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false })

  const router = Router()
  router.use('/auth', forgetEarlierLogin)
  router.get('/inloggen/:uid', async (request, response) => {
    const { params, prompt } = await provider.interactionDetails(request, response)
    if (prompt.name !== 'login') return provider.interactionFinished(request, response, { error: 'access_denied' })
    const hinted = logins.find(({ id }) => id === params.login_hint)
    if (hinted) await finish(request, response, hinted.id)
    else response.type('html').send(pages.login(logins, request.originalUrl))
  })
  router.post('/inloggen/:uid', urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const chosen = logins.find(({ id }) => id === request.body?.als)
    if (chosen) await finish(request, response, chosen.id)
    else response.redirect(request.originalUrl)
  })
  return router
}

/** Every login starts anew, or the provider would hold on to who one was before. */
const forgetEarlierLogin: RequestHandler = (request, _, next) => {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/)
  request.headers.cookie = cookies.filter((cookie) => !cookie.startsWith(SESSION_COOKIE)).join('; ')
  next()
}

/** What the screens may do for whoever logged in: exactly the scopes that this party has itself; no page asks for it. */
export async function grantForLogin(
  ctx: KoaContextWithOIDC,
  audience: string,
  party: RegionClient | undefined,
): Promise<Grant | undefined> {
  const { client, provider } = ctx.oidc
  if (!party || !client) return undefined
  const grant = new provider.Grant({ accountId: party.id, clientId: client.clientId })
  const asked = [...ctx.oidc.requestParamScopes]
  grant.addOIDCScope(['openid', ...asked].join(' '))
  grant.addResourceScope(audience, asked.filter((scope) => party.scopes.includes(scope)).join(' '))
  grant.rejectResourceScope(audience, asked.filter((scope) => !party.scopes.includes(scope)).join(' '))
  await grant.save()
  return grant
}
