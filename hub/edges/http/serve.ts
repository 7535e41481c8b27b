import type { Socket } from 'node:net'
import type { NextFunction, Request, Response } from 'express'
import type { Fault } from '../../../schemas/fault.ts'
import type { Operation } from '../../../schemas/openapi.ts'
import { validateParameters } from '../../../schemas/query.ts'
import { validator } from '../../../schemas/validate.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Receipt } from '../../flows/accept.ts'
import type { Delivery } from '../../flows/accept-standing.ts'
import { once } from '../../flows/once.ts'
import type { Principal } from '../../principal.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import { hubLine, lineOf } from '../../stages/audit/line-of.ts'
import type { Gate, RequestKind } from '../rate-limit.ts'
import { askedFor } from './asked-for.ts'
import { type Body, readBody } from './body.ts'
import type { ApiAnswer, Handler } from './handler.ts'
import { deprecationHeaders, traceIdOf } from './headers.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { sendWhileReading } from './linger.ts'
import type { PersonsLimit } from './persons-limit.ts'
import { NOT_MODIFIED, OK, problemOf, UNAUTHORIZED } from './problem.ts'

const ROWS_MAX = 1000

/** What the API needs beside the hub itself. */
export interface ApiContext extends Gate {
  hub: Hub
  verify(
    rawHeaders: readonly string[],
    request: { method: string; url: string; certificate?: Buffer },
    context: { traceId: string; origin: string },
  ): Promise<Principal>
  /** Whether answers that go on must end. */
  isStopping(): boolean
  /** Whether the region still lets this party in. */
  admits(party: { client: string; organisation: string; role: Principal['role'] }): boolean
  certificateOf(socket: Socket): Buffer | undefined
  /** `WWW-Authenticate` of every 401. */
  challenge: string
  baseUrl: string
  accept(delivery: Delivery): Promise<Receipt>
  log(lines: AuditLine[]): Promise<void>
  persons: PersonsLimit
  /** Counts and reports what went wrong inside, without personal data. */
  report(error: unknown, facts: { operation: string; traceId: string }): void
  /** Tells the hub's own log why a token was refused: a reason from a fixed list, never a part of the token. */
  explain(reason: string, facts: { operation: string; traceId: string }): void
  observe(facts: { operation: string; status: number; seconds: number }): void
}

/**
 * Serves one operation: token, scope, limit, body, parameters, handler, log, answer, in that order. No answer leaves before its
 * lines are in the access log; where they cannot be written the answer is 503 and says nothing else.
 */
export function serveOperation(context: ApiContext, operation: Operation, handler: Handler) {
  return async (request: Request, response: Response, _next: NextFunction): Promise<void> => {
    const started = performance.now()
    response.set(deprecationHeaders(operation))
    const asked: { principal: Principal | null; traceId: string } = { principal: null, traceId: traceIdOf(request) }
    try {
      const answer = await answerFor(context, operation, handler, request, asked)
      if (answer.lines?.length) await context.log(answer.lines)
      if (asked.principal) response.set(context.limit.headers(asked.principal.client, kindOf(operation)))
      send(request, response, operation, answer)
    } catch (error) {
      await refuse(context, operation, response, error, asked)
    }
    const seconds = (performance.now() - started) / 1000
    context.observe({ operation: operation.operationId, status: response.statusCode, seconds })
  }
}

async function answerFor(
  context: ApiContext,
  operation: Operation,
  handler: Handler,
  request: Request,
  asked: { principal: Principal | null; traceId: string },
): Promise<ApiAnswer> {
  const url = context.baseUrl + request.originalUrl
  const certificate = context.certificateOf(request.socket)
  const principal = await context.verify(
    request.rawHeaders,
    { method: request.method, url, ...(certificate ? { certificate } : {}) },
    { traceId: asked.traceId, origin: 'api' },
  )
  asked.principal = principal
  if (operation.scope !== null && !principal.scopes.has(operation.scope)) throw new HubError('onvoldoende-rechten')
  await context.limit.count(principal.client, kindOf(operation))
  const body = await readBody(request, operation)
  refuseManyRows(body)
  const { values: query, faults: queryFaults } = validateParameters(operation, new URLSearchParams(queryOf(request)))
  const checksItself = operation.bodySchema === 'registratie'
  const faults = [...queryFaults, ...(checksItself ? body.faults : bodyFaults(operation, body))]
  if (faults.length > 0 && !checksItself) throw new HubError('ongeldige-invoer', { faults })
  const values = { ...headerValues(operation, request), ...query, ...(request.params as Record<string, string>) }
  const sought = askedFor(context.hub, operation, values, body.json)
  if (sought !== null) await context.persons(principal.client, sought)
  const mayGoOn = () => !context.isStopping() && context.admits(principal) && Date.now() < (principal.tokenEndsAt_ms ?? 0)
  const prefers = (types: string[]) => request.accepts(types) || types[0] || ''
  const run = () =>
    handler({ hub: context.hub, principal, values, body, faults, accept: context.accept, log: context.log, mayGoOn, prefers })
  const key = idempotencyKeyOf(values['Idempotency-Key'])
  if (key === null) return run()
  const content = `${operation.method} ${request.originalUrl}\n${body.bytes.toString('base64')}`
  return once(context.hub, principal, { key, operation: operation.operationId, content }, run)
}

const queryOf = (request: Request) => request.originalUrl.split('?').slice(1).join('?')

function headerValues({ parameters }: Operation, request: Request): Record<string, string> {
  const given = parameters.flatMap(({ name, in: place }) => (place === 'header' ? [[name, request.get(name) ?? '']] : []))
  return Object.fromEntries(given)
}

/** What is no JSON cannot be held against a schema too. */
function bodyFaults({ bodySchema }: Operation, body: Body): Fault[] {
  if (bodySchema === null || body.json === undefined) return body.faults
  return [...body.faults, ...validator(bodySchema)(body.json)]
}

function refuseManyRows({ json }: Body): void {
  const rows = (json as { registraties?: unknown } | null | undefined)?.registraties
  if (Array.isArray(rows) && rows.length > ROWS_MAX)
    throw new HubError('te-groot', { detail: `Een verzoek is hier ten hoogste ${ROWS_MAX} rijen; verdeel het.` })
}

function send(request: Request, response: Response, operation: Operation, answer: ApiAnswer): void {
  response.status(answer.repeated ? OK : operation.success)
  if (answer.location && !answer.repeated) response.setHeader('Location', answer.location)
  if (answer.next) response.setHeader('Volgende', answer.next)
  if (answer.etag) response.setHeader('ETag', answer.etag)
  if (answer.etag && isKnown(request, answer.etag)) return void response.status(NOT_MODIFIED).end()
  if (answer.stream && request.method === 'HEAD') response.type(answer.contentType ?? '').end()
  else if (answer.stream) answer.stream(response)
  else if (answer.body === undefined) response.end()
  else if (answer.contentType) response.type(answer.contentType).send(answer.body)
  else response.type('application/json').send(JSON.stringify(answer.body))
}

/** Whether `If-None-Match` names this tag, weak or strong (RFC 9110, 13.1.2). */
function isKnown(request: Request, etag: string): boolean {
  const named = (request.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return named.includes(etag) || named.includes('*')
}

async function refuse(
  context: ApiContext,
  operation: Operation,
  response: Response,
  error: unknown,
  asked: { principal: Principal | null; traceId: string },
): Promise<void> {
  const place = { operation: operation.operationId, traceId: asked.traceId }
  let problem = problemOf(error, place)
  if (problem.status >= 500) context.report(error, place)
  if (problem.status === UNAUTHORIZED && error instanceof HubError) context.explain(String(error.cause), place)
  context.refused(error)
  try {
    await context.log([refusalLine(operation, asked, error, problem.status)])
  } catch (failure) {
    context.report(failure, place)
    problem = problemOf(new HubError('tijdelijk-niet-beschikbaar'), place)
  }
  if (response.headersSent) return void response.destroy()
  if (asked.principal) response.set(context.limit.headers(asked.principal.client, kindOf(operation)))
  if (problem.status === UNAUTHORIZED) response.set('WWW-Authenticate', context.challenge)
  response.status(problem.status).set(problem.headers)
  sendWhileReading(response, problem.body)
}

function kindOf({ method, path }: Operation): RequestKind {
  if (path.endsWith('/_zoek') || path.endsWith('/_exporteer')) return 'zoeken'
  return method === 'GET' ? 'lezen' : 'schrijven'
}

function actionOf({ method, path }: Operation): AuditLine['actie'] {
  if (path.endsWith('/_zoek')) return 'zoeken'
  if (path.endsWith('/_exporteer')) return 'exporteren'
  return method === 'GET' ? 'lezen' : 'wijzigen'
}

function refusalLine(
  operation: Operation,
  asked: { principal: Principal | null; traceId: string },
  error: unknown,
  status: number,
): AuditLine {
  const facts = {
    actie: actionOf(operation),
    uitkomst: status >= 500 ? ('mislukt' as const) : ('geweigerd' as const),
    object: operation.operationId,
    controles: error instanceof HubError ? error.code : 'interne-fout',
  }
  return asked.principal
    ? lineOf(asked.principal, facts)
    : { ...hubLine(facts), client: '-', herkomst: 'api', traceId: asked.traceId }
}
