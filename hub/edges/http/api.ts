import { Router } from 'express'
import { type Operation, openapiDocument, operations } from '../../../schemas/openapi.ts'
import { HubError } from '../../errors.ts'
import { handlers } from './handlers/all.ts'
import { refuseOutside } from './outside.ts'
import { type ApiContext, serveOperation } from './serve.ts'

/** The API of version 1: every operation of the OpenAPI document, which says its path, scope, body and parameters. */
export function apiRouter(context: ApiContext): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/openapi.json', (_request, response) => {
    response.set('Access-Control-Allow-Origin', '*').type('application/json').send(document())
  })
  for (const [path, group] of inOrder(operations())) {
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'))
    for (const operation of group) {
      const method = operation.method.toLowerCase() as 'get'
      const handler = handlers[operation.operationId]
      if (operation.path === '/openapi.json') continue
      if (!handler) throw new HubError('configuratie', { detail: `Er is geen handler voor ${operation.operationId}.` })
      route[method](serveOperation(context, operation, handler))
    }
    const allowed = group.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
    route.all((request, response) => {
      response.set('Allow', allowed)
      return refuseOutside(context, request, response, new HubError('methode-niet-toegestaan'))
    })
  }
  return router
}

let published: string | undefined

function document(): string {
  published ??= JSON.stringify(openapiDocument())
  return published
}

/** Fixed paths before those with parameters: `/registraties/_batch` is not an id. */
function inOrder(all: Operation[]): [string, Operation[]][] {
  const braces = (path: string) => path.split('{').length
  return [...Map.groupBy(all, (operation) => operation.path)].sort(([a], [b]) => braces(a) - braces(b))
}
