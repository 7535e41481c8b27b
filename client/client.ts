import { setTimeout as wait } from 'node:timers/promises'
import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './api.ts'

export interface ClientSettings {
  /** Of the hub, without `/v1`. */
  baseUrl: string
  /** The headers that let a request through: `authorization`, and `dpop` where tokens are bound to a key. */
  credentials: (method: string, url: string) => Promise<Record<string, string>>
  /** In place of `fetch`, for who shows a TLS certificate to which its tokens are bound. */
  fetch?: typeof fetch
}

/** The API of the hub with a type for every route, query, body and answer. */
export type VerwijsindexClient = Client<paths>

const TRIES_MAX = 20

/**
 * A client for organisations' own systems. It asks for credentials for each request, and waits as long as `Retry-After` says when the hub has no room now
 * (429, 503): what was refused so did nothing.
 *
 * `const { data, error } = await client.GET('/matches', { params: { query: { status: 'open' } } })`
 */
export function verwijsindexClient(settings: ClientSettings): VerwijsindexClient {
  return createClient<paths>({ baseUrl: `${settings.baseUrl}/v1`, fetch: (request) => send(request, settings) })
}

async function send(request: Request, { credentials, fetch = globalThis.fetch }: ClientSettings): Promise<Response> {
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : null
  for (let attempt = 1; ; attempt++) {
    const headers = { ...Object.fromEntries(request.headers), ...(await credentials(request.method, request.url)) }
    const response = await fetch(request.url, { method: request.method, headers, ...(body ? { body } : {}), redirect: 'error' })
    const again = (response.status === 429 || response.status === 503) && attempt < TRIES_MAX
    if (!again) return response
    await response.body?.cancel()
    await wait(Number(response.headers.get('retry-after') ?? 1) * 1000)
  }
}
