import { type ErrorRequestHandler, type RequestHandler, Router } from 'express'
import Provider, { errors } from 'oidc-provider'
import { HubError } from '../../errors.ts'
import { problemOf } from '../http/problem.ts'
import type { RequestKind } from '../rate-limit.ts'
import { type DemoProviderSettings, demoConfiguration } from './demo-configuration.ts'
import { createLoginRoutes } from './demo-login.ts'
import { limitTokens, type TokenLimits } from './limit-tokens.ts'

export interface DemoProvider {
  /** To mount at the issuer's path. */
  router: RequestHandler
}

/**
 * The identity provider that comes with the demo: client credentials with `private_key_jwt` for systems, authorisation
 * code with PKCE for the screens. Whoever clicks a name is that person: for a demo, and for nothing else.
 */
export function createDemoProvider(settings: DemoProviderSettings & Omit<TokenLimits, 'clients'>): DemoProvider {
  const provider = new Provider(settings.issuer, demoConfiguration(settings))
  provider.use(limitTokens({ ...settings, clients: new Set(settings.clients.map(({ id }) => id)) }))
  provider.on('server_error', (_, error) => settings.onFault(error.message))
  const router = Router()
  router.use(protectPages, limitAddress(settings))
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

const isPage = (path: string) => /^\/(auth|inloggen)(\/|$)/.test(path)

/** Counts whatever is asked, per address. Passes on `te-veel-verzoeken`. */
function limitAddress({ gate }: Pick<TokenLimits, 'gate'>): RequestHandler {
  return async (request, response, next) => {
    const { limit, addressOf } = gate
    const kind: RequestKind = isPage(request.path) ? 'inloggen' : 'onbekend'
    try {
      await limit.count(addressOf(request), kind)
    } finally {
      response.set(limit.headers(addressOf(request), kind))
    }
    next()
  }
}

/** A login page that is too old or was never asked for gets an explanation, not a stack. */
function showFault({ pages, onFault, gate }: DemoProviderSettings & Pick<TokenLimits, 'gate'>): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (error instanceof HubError && error.code === 'te-veel-verzoeken' && isPage(request.path)) {
      const { status, headers } = problemOf(error)
      gate.refused(error)
      return void response.status(status).set(headers).type('html').send(pages.tooMany(error))
    }
    if (!(error instanceof errors.OIDCProviderError)) return next(error)
    onFault(error.message)
    response.status(error.statusCode).type('html').send(pages.error(error.error, ''))
  }
}
