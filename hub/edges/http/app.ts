import type { RequestListener } from 'node:http'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { HubError } from '../../errors.ts'
import { apiRouter } from './api.ts'
import { tellToContinue } from './body.ts'
import { notHttp } from './client-error.ts'
import { docsRouter } from './docs.ts'
import { setStandardHeaders } from './headers.ts'
import { isLoopback, type Metrics } from './metrics.ts'
import { isTooLarge, refuseOutside, sendProblem } from './outside.ts'
import { refusalOf } from './problem.ts'
import type { ApiContext } from './serve.ts'

export interface AppParts {
  api: ApiContext
  /** Null when metrics have a port of their own. */
  metrics: Metrics | null
  /** Whether requests are taken: false while starting or stopping. */
  isReady: () => boolean
  /** Mounted before the API's own 404: the demo's provider and the screens. */
  mounts: { path: string; handler: RequestHandler }[]
}

/** The whole HTTP server: health, metrics, documents, API, and what is mounted beside it. */
export function createApp({ api, metrics, isReady, mounts }: AppParts): RequestListener {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.enable('strict routing')
  app.enable('case sensitive routing')
  app.use((_request, response, next) => {
    setStandardHeaders(response)
    next()
  })
  const refuse = (request: Request, response: Response, error: HubError) => refuseOutside(api, request, response, error)
  app.use((request, response, next) => {
    if (isTooLarge(request)) return refuse(request, response, new HubError('koppen-te-groot'))
    if (request.httpVersion === '1.1' && request.headers.host === undefined) return refuse(request, response, notHttp())
    next()
  })
  for (const path of ['/livez', '/readyz', '/metrics', '/docs'])
    app.route(path).all((request, response, next) => {
      if (request.method === 'GET' || request.method === 'HEAD') return void next()
      response.set('Allow', 'GET, HEAD')
      return refuse(request, response, new HubError('methode-niet-toegestaan'))
    })
  app.get('/livez', (_request, response) => void response.type('text/plain').send('ok\n'))
  app.get('/readyz', (_request, response) => {
    if (isReady()) response.type('text/plain').send('ok\n')
    else sendProblem(response, new HubError('tijdelijk-niet-beschikbaar', { detail: 'De verwijsindex start of stopt.' }))
  })
  app.get('/metrics', (request, response, next) =>
    metrics && isLoopback(request)
      ? metrics.handler(request, response, next)
      : refuse(request, response, new HubError('niet-gevonden')),
  )
  app.use('/docs', docsRouter())
  app.use('/v1', apiRouter(api))
  app.use((request, _response, next) => {
    tellToContinue(request)
    next()
  })
  for (const { path, handler } of mounts) app.use(path, handler)
  app.use((request, response) => refuse(request, response, new HubError('niet-gevonden')))
  app.use((error: unknown, _request: Request, response: Response, _next: () => void) => {
    if (!refusalOf(error)) api.report(error, { operation: 'onbekend', traceId: '' })
    api.refused(error)
    sendProblem(response, error)
  })
  return (request, response) => {
    request.url = readableUrl(request.url ?? '/')
    app(request, response)
  }
}

/** Metrics on a port of their own, for a collector on another machine. */
export function createMetricsApp(metrics: Metrics): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/metrics', metrics.handler)
  return app
}

/**
 * The path and query that are asked for, without the host that a proxy's client writes before them. What cannot be decoded, or holds a
 * NUL, which PostgreSQL knows no text with, becomes a name that nothing has, so that it is refused as any other unknown one.
 */
function readableUrl(url: string): string {
  const [path = '', ...query] = url.split('?')
  const names = path.replace(/^https?:\/\/[^/]*/i, '').split('/')
  return [names.map((name) => (isReadable(name) ? name : 'onleesbaar')).join('/') || '/', ...query].join('?')
}

function isReadable(name: string): boolean {
  try {
    return !decodeURIComponent(name).includes('\0')
  } catch {
    return false
  }
}
