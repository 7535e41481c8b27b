import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Hub } from './context.ts'
import { demoClientKeys, demoProviderKey } from './edges/auth/demo-keys.ts'
import { createDemoProvider } from './edges/auth/demo-provider.ts'
import { demoIssuer } from './edges/auth/demo-token.ts'
import { type KeySource, localKeys } from './edges/auth/key-source.ts'
import { remoteKeys } from './edges/auth/remote-keys.ts'
import { createReplayCache } from './edges/auth/replay-cache.ts'
import { createTokenVerifier, type TokenVerifier } from './edges/auth/verify-token.ts'
import type { AppParts } from './edges/http/app.ts'
import type { AuditLine } from './stages/audit/line.ts'

/** Who says who is asking: the demo's own provider, or any other that `OIDC_ISSUER` names. */
export interface Identity {
  verify: TokenVerifier['verify']
  mounts: AppParts['mounts']
}

const SCREEN_CLIENT = 'verwijsindex-scherm'

export async function createIdentity(
  hub: Hub,
  config: Config,
  baseUrl: string,
  _writeLines: (lines: AuditLine[]) => Promise<void>,
  log: Logger,
): Promise<Identity> {
  const issuer = config.issuer ?? demoIssuer(config.host, config.port)
  const own = config.issuer ? null : await demoProvider(hub, config, issuer, baseUrl, log)
  const keys: KeySource = own ? localKeys(own.jwks) : remoteKeys({ issuer })
  const verifier = createTokenVerifier({
    issuer,
    audience: config.audience,
    keys,
    binding: config.tokenBinding,
    replays: createReplayCache(),
    clientOf: (id) => hub.region.clients.find((client) => client.id === id),
  })
  return { verify: verifier.verify, mounts: own ? [{ path: '/oidc', handler: own.router }] : [] }
}

async function demoProvider(hub: Hub, config: Config, issuer: string, baseUrl: string, log: Logger) {
  const ids = [...hub.region.clients.map((client) => client.id), SCREEN_CLIENT]
  return createDemoProvider({
    issuer,
    audience: config.audience,
    providerKey: await demoProviderKey(config.keysDir),
    clients: hub.region.clients,
    clientKeys: await demoClientKeys(config.keysDir, ids),
    screen: { clientId: SCREEN_CLIENT, redirectUri: `${baseUrl}/inloggen/terug` },
    pages: { login: () => '', error: () => '' },
    onFault: (reason) => log.error({ reden: reason }, 'identiteitsdienst van de demo'),
  })
}
