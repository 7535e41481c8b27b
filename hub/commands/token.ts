import type { Regio } from '../../schemas/types.ts'
import { loadConfig } from '../config.ts'
import { demoProviderKey } from '../edges/auth/demo-keys.ts'
import { demoIssuer, signDemoToken } from '../edges/auth/demo-token.ts'
import { HubError } from '../errors.ts'
import { loadRegion } from '../region.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

const TTL_MAX_S = 900

export const command: Command = {
  summary: 'geeft een toegangstoken van een democlient',
  help: `Voorbeelden:
  verwijsindex token --client mee
  verwijsindex token --client mee --scope "match:lezen gebeurtenis:lezen" --ttl 60

Geeft een toegangstoken op de standaarduitvoer; alleen in de demo. Werkt zonder draaiende hub.
Gebruik dezelfde HOST, PORT, KEYS_DIR en REGION als de hub.

Opties:
  --client C   de democlient, bijvoorbeeld bureau-jeugdzorg, coordinatiepunt of beheer
  --scope S    alleen deze rechten, gescheiden door spaties; zonder: alle rechten van de client
  --ttl N      geldigheid in seconden, 1 tot en met ${TTL_MAX_S}; zonder: ${TTL_MAX_S}`,

  async run(args) {
    const options = { client: { type: 'string' }, scope: { type: 'string' }, ttl: { type: 'string' } } as const
    const { values } = readArguments({ args, options, strict: true })
    const config = loadConfig({ demo: true })
    if (!config.demo || config.issuer) throw notADemo()
    const client = findClient(loadRegion(config.region), values.client)
    const key = await demoProviderKey(config.keysDir)
    const issuer = demoIssuer(config.host, config.port, config.tls !== null)
    const request = { issuer, audience: config.audience, scope: values.scope ?? null, ttl_s: readTtl(values.ttl) }
    process.stdout.write(`${await signDemoToken(key, client, request)}\n`)
    return EXIT.good
  },
}

function notADemo(): HubError {
  const detail = 'Tokens geven kan alleen in de demo. Vraag ze nu aan bij de identiteitsdienst van OIDC_ISSUER.'
  return new HubError('configuratie', { detail })
}

function findClient(region: Regio, id: string | undefined): Regio['clients'][number] {
  const client = region.clients.find((known) => known.id === id)
  if (client) return client
  const known = region.clients.map((other) => other.id).join(', ')
  throw new HubError('gebruik', { detail: `--client: ${id === undefined ? 'ontbreekt' : 'onbekend'}. Kies uit: ${known}.` })
}

function readTtl(text = String(TTL_MAX_S)): number {
  const ttl_s = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (ttl_s < 1 || ttl_s > TTL_MAX_S)
    throw new HubError('gebruik', { detail: `--ttl: geef een geheel aantal seconden van 1 tot en met ${TTL_MAX_S}.` })
  return ttl_s
}
