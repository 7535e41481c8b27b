import { randomBytes, X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { type Configuration, errors } from 'oidc-provider'
import { createDemoAdapter } from './demo-adapter.ts'
import { type DemoClients, demoClients } from './demo-clients.ts'
import type { PrivateKey } from './demo-keys.ts'
import { type DemoPages, grantForLogin, SESSION_COOKIE } from './demo-login.ts'
import { partyClaims } from './demo-token.ts'
import type { RegionClient } from './region-client.ts'

const TOKEN_TTL_S = 900
const ASSERTION_TTL_MAX_S = 300

export interface DemoProviderSettings extends DemoClients {
  /** `http://HOST:PORT/oidc`, as the tokens name it. */
  issuer: string
  /** The API's audience: the resource when a client asks for none. */
  audience: string
  /** The first signs; the others are published beside it. */
  providerKeys: PrivateKey[]
  pages: DemoPages
  /** The certificate that a client showed, in DER. */
  certificateOf: (socket: Socket) => Buffer | undefined
  /** Told about faults inside the provider; never with a secret or a token. */
  onFault: (reason: string) => void
}

/** The settings of `oidc-provider`: everything that its documentation says one must decide is decided here. */
export function demoConfiguration(settings: DemoProviderSettings): Configuration {
  const { clients, providerKeys, audience, pages, certificateOf } = settings
  const apiScopes = [...new Set(clients.flatMap((client) => client.scopes))]
  const partyOf = (id: string | undefined) => clients.find((client) => client.id === id)
  return {
    adapter: createDemoAdapter(),
    clients: demoClients(settings, apiScopes),
    jwks: { keys: providerKeys },
    scopes: ['openid', ...apiScopes],
    cookies: {
      keys: [randomBytes(32)],
      names: { session: SESSION_COOKIE, interaction: 'demo_oidc_stap', resume: 'demo_oidc_terug' },
    },
    ttl: { AccessToken: TOKEN_TTL_S, ClientCredentials: TOKEN_TTL_S, AuthorizationCode: 60, IdToken: 300, ...LOGIN_TTL_S },
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256'],
      idTokenSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['PS256', 'ES256', 'EdDSA'],
    },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientBasedCORS: () => false,
    assertJwtClientAuthClaimsAndHeader: (_, claims) => refuseLongAssertion(claims),
    findAccount: (_, sub) => (partyOf(sub) ? { accountId: sub, claims: () => ({ sub }) } : undefined),
    loadExistingGrant: (ctx) => grantForLogin(ctx, audience, partyOf(ctx.oidc.session?.accountId)),
    extraTokenClaims(_, token) {
      const party = partyOf(token.kind === 'AccessToken' ? token.accountId : token.clientId)
      return party && partyClaims(party)
    },
    interactions: { url: (_, { uid }) => `${new URL(settings.issuer).pathname}/inloggen/${uid}` },
    renderError(ctx, { error, error_description }) {
      ctx.type = 'html'
      ctx.body = pages.error(error, error_description ?? '')
    },
    features: { ...features(audience, apiScopes, partyOf), mTLS: boundToCertificates(certificateOf) },
  }
}

const LOGIN_TTL_S = { Interaction: 600, Session: 3600, Grant: 3600 }

function features(
  audience: string,
  apiScopes: readonly string[],
  partyOf: (id: string) => RegionClient | undefined,
): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo(ctx, resource, client) {
        if (resource !== audience) throw new errors.InvalidTarget()
        const own = partyOf(client.clientId)?.scopes ?? apiScopes
        // A system that asks for no scope gets all of its own; the provider itself would give it none.
        const { params } = ctx.oidc
        if (params?.grant_type === 'client_credentials') params.scope ??= own.join(' ')
        const jwt = { sign: { alg: 'ES256' as const } }
        return { scope: own.join(' '), audience, accessTokenTTL: TOKEN_TTL_S, accessTokenFormat: 'jwt', jwt }
      },
    },
  }
}

function boundToCertificates(
  certificateOf: DemoProviderSettings['certificateOf'],
): NonNullable<Configuration['features']>['mTLS'] {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    getCertificate(ctx) {
      const shown = certificateOf(ctx.req.socket)
      return shown && new X509Certificate(shown)
    },
  }
}

/** A client's assertion is for one use now: it lives five minutes at most and has an id of 128 bits (NL GOV OAuth profile). */
function refuseLongAssertion({ iat, exp, jti }: Record<string, unknown>): void {
  const isShort = typeof iat === 'number' && typeof exp === 'number' && exp - iat <= ASSERTION_TTL_MAX_S
  if (!isShort || typeof jti !== 'string' || jti.length < 22)
    throw new errors.InvalidClientAuth('assertion too long or without id')
}
