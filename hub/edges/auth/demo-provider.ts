import { type ErrorRequestHandler, type RequestHandler, Router } from 'express'
import Provider, { errors } from 'oidc-provider'
import { type DemoProviderSettings, demoConfiguration } from './demo-configuration.ts'
import { createLoginRoutes } from './demo-login.ts'

export interface DemoProvider {
  /** To mount at the issuer's path. */
  router: RequestHandler
}

/**
 * The identity provider that comes with the demo: client credentials with `private_key_jwt` for systems, authorisation
 * code with PKCE for the screens. Whoever clicks a name is that person: for a demo, and for nothing else.
 */
export function createDemoProvider(settings: DemoProviderSettings): DemoProvider {
  const provider = new Provider(settings.issuer, demoConfiguration(settings))
  provider.on('server_error', (_, error) => settings.onFault(error.message))
  const router = Router()
  router.use(protectPages)
  router.use(createLoginRoutes(provider, settings))
  for (const [method, path] of SERVED) router[method](path, provider.callback())
  router.use(showFault(settings))
  return { router }
}

/** What the hub and its clients use of it; anything else is nobody's, and refused as everywhere. */
const SERVED = [
  ['get', '/.well-known/openid-configuration'],
  ['get', '/jwks'],
  ['post', '/token'],
  ['get', '/auth'],
  ['get', '/auth/:uid'],
] as const

const protectPages: RequestHandler = (_, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  })
  next()
}

/** A login page that is too old or was never asked for gets an explanation, not a stack. */
function showFault({ pages, onFault }: DemoProviderSettings): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (!(error instanceof errors.OIDCProviderError)) return next(error)
    onFault(error.message)
    response.status(error.statusCode).type('html').send(pages.error(error.error, ''))
  }
}
