import * as oidc from 'openid-client'
import { HubError } from '../../errors.ts'
import type { PrivateKey } from './demo-keys.ts'
import { discover } from './token-source.ts'

export interface LoginSettings {
  issuer: string
  /** The screens as a client of the issuer. */
  clientId: string
  /** With which they prove to be it, as they are now: the newest first. One that the issuer does not know yet, or no more, is passed over. */
  keys(): readonly PrivateKey[]
  /** Hears the `kid` of a key that the issuer refused. */
  onRefusedKey(kid: string): void
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

/** So long a key that was refused is tried last. */
const DOUBTED_MS = 60_000
/** What issuers answer to a client that they do not know by this key (RFC 6749, 5.2). */
const NOT_THIS_CLIENT = new Set(['invalid_client', 'unauthorized_client'])

/** Logging in with OpenID Connect: authorisation code with PKCE (S256), state and nonce, for a token with the API's audience. */
export function createLogin(settings: LoginSettings): Login {
  const { redirectUri, audience, scopes } = settings
  const known = new Map<string, oidc.Configuration>()
  const refused = new Map<string, number>()
  const configurationWith = async (key: PrivateKey) => {
    const found = known.get(key.kid) ?? (await reachable(() => discover({ ...settings, key })))
    known.set(key.kid, found)
    return found
  }
  const keysInOrder = () => {
    const isDoubted = ({ kid }: PrivateKey) => performance.now() - (refused.get(kid) ?? -DOUBTED_MS) < DOUBTED_MS
    const keys = settings.keys()
    return [...keys.filter((key) => !isDoubted(key)), ...keys.filter(isDoubted)]
  }
  /** Runs `ask` with the first key that the issuer takes. */
  const withKey = async <T>(ask: (configuration: oidc.Configuration) => Promise<T>): Promise<T> => {
    let failure: unknown
    for (const key of keysInOrder()) {
      const configuration = await configurationWith(key)
      try {
        return await ask(configuration)
      } catch (error) {
        failure = error
        if (!isOfTheKey(error)) break
        refused.set(key.kid, performance.now())
        settings.onRefusedKey(key.kid)
      }
    }
    throw failure
  }

  return {
    async start(hint) {
      const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
      const [key] = keysInOrder() as [PrivateKey]
      const url = oidc.buildAuthorizationUrl(await configurationWith(key), {
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
      const tokens = withKey((configuration) =>
        oidc.authorizationCodeGrant(configuration, answer, checks, { resource: audience }),
      )
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

function isOfTheKey(error: unknown): boolean {
  return error instanceof oidc.ResponseBodyError && NOT_THIS_CLIENT.has(error.error)
}

function refuseLogin(cause: unknown): never {
  if (cause instanceof HubError) throw cause
  throw new HubError('token-ongeldig', { detail: 'Het inloggen is niet gelukt. Probeer het opnieuw.', cause })
}
