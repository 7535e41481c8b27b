import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Hub } from './context.ts'
import { type Admits, admitLogins, admitSystems, listedScopes } from './edges/auth/admit.ts'
import { demoClientKeys, demoProviderKeys, type PrivateKey, publicPart } from './edges/auth/demo-keys.ts'
import { createDemoProvider } from './edges/auth/demo-provider.ts'
import { demoIssuer } from './edges/auth/demo-token.ts'
import { localKeys } from './edges/auth/key-source.ts'
import { createLogin } from './edges/auth/login.ts'
import { remoteKeys } from './edges/auth/remote-keys.ts'
import { readScreenKeys } from './edges/auth/screen-key.ts'
import { tlsFetch } from './edges/auth/tls-fetch.ts'
import { createTokenVerifier, type TokenVerifier } from './edges/auth/verify-token.ts'
import type { AppParts } from './edges/http/app.ts'
import { traceIdOf } from './edges/http/headers.ts'
import type { PersonsLimit } from './edges/http/persons-limit.ts'
import { certificateOf } from './edges/http/tls.ts'
import type { Gate } from './edges/rate-limit.ts'
import { demoProviderPages } from './edges/web/pages/demo-login-page.ts'
import { nameIn, screensFor } from './screens.ts'
import type { AuditLine } from './stages/audit/line.ts'
import { hubLine } from './stages/audit/line-of.ts'

/** Who says who is asking: the demo's own provider, or any other that `OIDC_ISSUER` names. */
export interface Identity {
  verify: TokenVerifier['verify']
  /** Whether a system is still let in, for what goes on after its token was checked. */
  admits: Admits
  mounts: AppParts['mounts']
}

const SCREEN_CLIENT = 'verwijsindex-scherm'
const SCREEN_SCOPES = ['match:lezen', 'coordinatie:schrijven']

interface IdentityParts {
  baseUrl: string
  writeLines(lines: AuditLine[]): Promise<void>
  gate: Gate
  persons: PersonsLimit
  log: Logger
}

export async function createIdentity(hub: Hub, config: Config, parts: IdentityParts): Promise<Identity> {
  const { baseUrl, log } = parts
  const issuer = config.issuer ?? demoIssuer(config.host, config.port, config.tls !== null)
  const redirectUri = `${baseUrl}/aanmelden/terug`
  const own = config.issuer ? null : await demoProvider(hub, config, issuer, redirectUri, parts)
  const ownFetch = own && config.tls ? { fetch: tlsFetch(readFileSync(config.tls.certificate)) } : {}
  const onFailure = (reason: string) => log.warn({ reden: reason }, 'sleutels van de identiteitsdienst niet opgehaald')
  const keys = own
    ? localKeys(async () => ({ keys: (await demoProviderKeys(config.keysDir)).map(publicPart) }))
    : remoteKeys({ issuer, onFailure })
  const common = { issuer, audience: config.audience, keys, replays: hub.replays }
  const clients = () => hub.region.clients
  const admits = admitSystems(clients)
  const { verify } = createTokenVerifier({ ...common, binding: config.tokenBinding, admits, scopesOf: listedScopes(clients) })
  const screenKeys = () => (own ? [own.screenKey] : readScreenKeys(config.keysDir))
  if (screenKeys().length === 0) return { verify, admits, mounts: [] }

  // The screens get their tokens straight from the issuer and show them to nobody, so these need no binding to a sender.
  const admitsPeople = admitLogins(clients, SCREEN_CLIENT)
  const people = createTokenVerifier({ ...common, binding: 'none', admits: admitsPeople })
  const onRefusedKey = (kid: string) =>
    log.warn({ sleutel: kid }, 'de identiteitsdienst neemt deze sleutel van de schermen niet aan')
  const client = { clientId: SCREEN_CLIENT, keys: screenKeys, onRefusedKey, redirectUri, scopes: SCREEN_SCOPES }
  const screens = screensFor(hub, {
    login: createLogin({ issuer, audience: config.audience, ...client, ...ownFetch }),
    verify: (token, context) => people.verify(['authorization', `Bearer ${token}`], { method: 'GET', url: baseUrl }, context),
    admits: admitsPeople,
    ...parts,
  })
  return { verify, admits, mounts: [...(own ? [{ path: '/oidc', handler: own.router }] : []), { path: '/', handler: screens }] }
}

async function demoProvider(hub: Hub, config: Config, issuer: string, redirectUri: string, parts: IdentityParts) {
  const { gate, writeLines, log } = parts
  const clientKeys = await demoClientKeys(config.keysDir, [...hub.region.clients.map(({ id }) => id), SCREEN_CLIENT])
  log.warn({ uitgever: issuer }, 'DEMO: de identiteitsdienst laat iedereen in, zonder wachtwoord; nooit voor echte personen')
  const provider = createDemoProvider({
    issuer,
    audience: config.audience,
    providerKeys: await demoProviderKeys(config.keysDir),
    clients: hub.region.clients,
    clientKeys,
    screen: { clientId: SCREEN_CLIENT, redirectUri },
    pages: demoProviderPages(nameIn(hub)),
    binding: config.tokenBinding,
    certificateOf: (socket) => certificateOf(socket, config.tls),
    gate,
    logStop: (client, request) => {
      const facts = { actie: 'lezen', uitkomst: 'geweigerd', object: `token ${client}`, controles: 'te-veel-verzoeken' } as const
      return writeLines([{ ...hubLine(facts), client: '-', herkomst: 'oidc', traceId: traceIdOf(request) }])
    },
    onFault: (reason) => log.error({ reden: reason }, 'identiteitsdienst van de demo'),
  })
  return { ...provider, screenKey: clientKeys.get(SCREEN_CLIENT) as PrivateKey }
}
