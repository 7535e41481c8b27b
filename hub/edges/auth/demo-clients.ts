import type { JWK } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { type PrivateKey, publicPart } from './demo-keys.ts'
import type { RegionClient } from './region-client.ts'

export interface DemoClients {
  clients: readonly RegionClient[]
  clientKeys: ReadonlyMap<string, PrivateKey>
  /** The hub's own screens as a client; its key is in `clientKeys`. */
  screen: { clientId: string; redirectUri: string }
  /** What the tokens of systems are bound to. */
  binding: 'none' | 'dpop' | 'mtls'
}

/** The provider's clients: each system of the region, and the screens. None has a secret; each proves that it holds its key. */
export function demoClients(
  { clients, clientKeys, screen, binding }: DemoClients,
  apiScopes: readonly string[],
): ClientMetadata[] {
  const jwksOf = (id: string): { keys: JWK[] } => {
    const key = clientKeys.get(id)
    return { keys: key ? [publicPart(key)] : [] }
  }
  const systems = clients.map(({ id, scopes }) => ({
    ...common(id, jwksOf(id), scopes),
    grant_types: ['client_credentials'],
    dpop_bound_access_tokens: binding === 'dpop',
    tls_client_certificate_bound_access_tokens: binding === 'mtls',
    response_types: [],
    redirect_uris: [],
  }))
  const screens: ClientMetadata = {
    ...common(screen.clientId, jwksOf(screen.clientId), ['openid', ...apiScopes]),
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [screen.redirectUri],
    application_type: 'web',
  }
  return [...systems, screens]
}

function common(client_id: string, jwks: { keys: JWK[] }, scopes: readonly string[]): ClientMetadata {
  const auth = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' } as const
  return { client_id, ...auth, jwks: jwks as ClientMetadata['jwks'], scope: scopes.join(' ') }
}
