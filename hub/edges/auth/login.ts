import * as oidc from 'openid-client'
import { HubError } from '../../errors.ts'
import type { PrivateKey } from './demo-keys.ts'
import { discover } from './token-source.ts'

export interface LoginSettings {
  issuer: string
  /** The screens as a client of the issuer, and the key with which they prove to be it. */
  clientId: string
  key: PrivateKey
  redirectUri: string
  audience: string
  /** What the screens ask for; the issuer gives what the person may do of it. */
  scopes: readonly string[]
  /** In place of `fetch`, for an issuer whose certificate no public authority signed. */
  fetch?: typeof fetch
}

/** What one login must be finished with; stays on the server. */
export interface PendingLogin {
  state: string
  nonce: string
  verifier: string
}

export interface Login {
  /** Where to send the browser. `hint` names a login to offer; it is taken at once in the demo. */
  start(hint?: string): Promise<{ url: URL; pending: PendingLogin }>
  /** The access token for the API. Throws `token-ongeldig` when the answer does not belong to `pending` or was refused. */
  finish(query: string, pending: PendingLogin): Promise<string>
}

/** Logging in with OpenID Connect: authorisation code with PKCE (S256), state and nonce, for a token with the API's audience. */
export function createLogin(settings: LoginSettings): Login {
  const { redirectUri, audience, scopes } = settings
  let known: oidc.Configuration | undefined
  const configuration = async () => {
    known ??= await discover(settings)
    return known
  }

  return {
    async start(hint) {
      const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
      const url = oidc.buildAuthorizationUrl(await reachable(configuration), {
        redirect_uri: redirectUri,
        scope: ['openid', ...scopes].join(' '),
        resource: audience,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        ...(hint === undefined ? {} : { login_hint: hint, prompt: 'login' }),
      })
      return { url, pending }
    },

    async finish(query, { state, nonce, verifier }) {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }
      const answer = new URL(`${redirectUri}?${query}`)
      const tokens = oidc.authorizationCodeGrant(await reachable(configuration), answer, checks, { resource: audience })
      const { access_token } = await tokens.catch(refuseLogin)
      return access_token
    },
  }
}

async function reachable(configuration: () => Promise<oidc.Configuration>): Promise<oidc.Configuration> {
  try {
    return await configuration()
  } catch (cause) {
    const detail = 'De identiteitsdienst is nu niet te bereiken. Probeer het over een minuut opnieuw.'
    throw new HubError('tijdelijk-niet-beschikbaar', { detail, cause })
  }
}

function refuseLogin(cause: unknown): never {
  throw new HubError('token-ongeldig', { detail: 'Het inloggen is niet gelukt. Probeer het opnieuw.', cause })
}
