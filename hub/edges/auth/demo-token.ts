import { randomBytes } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { HubError } from '../../errors.ts'
import type { PrivateKey } from './demo-keys.ts'
import type { RegionClient } from './region-client.ts'

export interface DemoTokenRequest {
  issuer: string
  audience: string
  /** Scopes to narrow to; null for all of the client's own. */
  scope: string | null
  ttl_s: number
  /** What it is bound to (RFC 7800); nothing when absent or empty. */
  confirmation?: { jkt?: string; 'x5t#S256'?: string }
}

/** Signs an access token for a demo client as its provider would. Throws `gebruik` when it would widen the client's scopes. */
export async function signDemoToken(key: PrivateKey, client: RegionClient, request: DemoTokenRequest): Promise<string> {
  const scopes = request.scope === null ? client.scopes : request.scope.split(' ').filter((scope) => scope !== '')
  const tooWide = scopes.filter((scope) => !client.scopes.includes(scope))
  if (tooWide.length > 0) throw new HubError('gebruik', { detail: wider(client, tooWide) })
  const bound = Object.keys(request.confirmation ?? {}).length > 0 ? { cnf: request.confirmation } : {}
  const now_s = Math.floor(Date.now() / 1000)
  return new SignJWT({ client_id: client.id, scope: scopes.join(' '), ...partyClaims(client), ...bound })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
    .setIssuer(request.issuer)
    .setAudience(request.audience)
    .setSubject(client.id)
    .setIssuedAt(now_s)
    .setExpirationTime(now_s + request.ttl_s)
    .setJti(randomBytes(16).toString('base64url'))
    .sign(await importJWK(key, 'ES256'))
}

/** The claims that say on whose behalf a client asks. */
export function partyClaims(client: RegionClient): Record<string, unknown> {
  return { organisatie: client.organisatie, rol: client.rol, gemeenten: [...client.gemeenten] }
}

/** The embedded provider's name; an IPv6 address stands between brackets. */
export function demoIssuer(host: string, port: number, overTls = false): string {
  return `http${overTls ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}/oidc`
}

function wider(client: RegionClient, scopes: string[]): string {
  return `--scope: ${client.id} heeft ${scopes.join(', ')} niet. Kies uit: ${client.scopes.join(' ')}.`
}
