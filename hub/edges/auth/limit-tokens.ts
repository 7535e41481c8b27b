import type { IncomingMessage } from 'node:http'
import { decodeJwt } from 'jose'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { HubError } from '../../errors.ts'
import { PROBLEM_TYPE, problemOf } from '../http/problem.ts'
import type { Gate, RequestKind } from '../rate-limit.ts'

export interface TokenLimits {
  gate: Gate
  /** The clients that there are; of others the name is not kept. */
  clients: ReadonlySet<string>
  /** Writes the line about a client whose proofs failed too often; without it there is no answer. `client` is who was named, not who it was. */
  logStop(client: string, request: IncomingMessage): Promise<void>
}

const BODY_MAX = 56 * 1024
const NOBODY = 'onbekend'

/**
 * Counts requests for a token, per client that is named and address: all of them, and those whose proof fails. Whoever fails again and again is refused before
 * its proof is looked at. Naming a client proves nothing, so a stop holds for the address that failed: nobody can have another's client stopped.
 */
export function limitTokens({ gate, clients, logStop }: TokenLimits) {
  const { limit } = gate
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.method !== 'POST' || ctx.path !== '/token') return next()
    const client = await namedClient(ctx.req, clients)
    const asker = `${client} ${gate.addressOf(ctx.req)}`
    let kind: RequestKind = 'mislukt'
    try {
      await limit.check(asker, 'mislukt')
      kind = 'token'
      await limit.count(asker, 'token')
      await next()
      if (hasFailed(ctx)) {
        kind = 'mislukt'
        gate.refused(new HubError('token-ongeldig'))
        if (await limit.count(asker, 'mislukt')) await logStop(client, ctx.req).catch(refuseWithoutLine)
      }
    } catch (error) {
      gate.refused(error)
      const { status, headers, body } = problemOf(error)
      Object.assign(ctx, { status, type: PROBLEM_TYPE, body: JSON.stringify(body) })
      ctx.set(headers)
    }
    ctx.set(limit.headers(asker, kind))
  }
}

function refuseWithoutLine(cause: unknown): never {
  throw new HubError('tijdelijk-niet-beschikbaar', { cause })
}

/** Refused for who it is: a client that is right, and asks for what it may not have, is not guessing. */
function hasFailed({ status, oidc }: KoaContextWithOIDC): boolean {
  return status === 401 || (status >= 400 && oidc?.client === undefined)
}

/** Who a request says it is, when there is such a client: not proven yet. */
async function namedClient(request: IncomingMessage, clients: ReadonlySet<string>): Promise<string> {
  const form = new URLSearchParams(await peek(request))
  const named = subjectOf(form.get('client_assertion') ?? '') ?? form.get('client_id') ?? ''
  return clients.has(named) ? named : NOBODY
}

function subjectOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub
  } catch {}
}

/** A body of a told and small length, left in place for who reads it next; of any other, nothing. */
function peek(request: IncomingMessage): Promise<string> {
  const length = Number(request.headers['content-length'] ?? 0)
  if (!(length > 0 && length <= BODY_MAX)) return Promise.resolve('')
  const { promise, resolve } = Promise.withResolvers<string>()
  const parts: Buffer[] = []
  const look = () => {
    while (request.readableLength > 0) parts.push(request.read())
    const body = Buffer.concat(parts)
    if (body.length < length) return
    request.off('readable', look)
    request.unshift(body)
    resolve(body.toString())
  }
  request.on('readable', look)
  request.once('close', () => resolve(''))
  return promise
}
