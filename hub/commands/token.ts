import type { Regio } from '../../schemas/types.ts'
import { loadConfig } from '../config.ts'
import { demoSender } from '../demo/sender.ts'
import { demoIssuer } from '../edges/auth/demo-token.ts'
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
  U=http://127.0.0.1:8080/v1/matches; verwijsindex token --client mee --for "GET $U" | curl -H @- $U

Geeft een toegangstoken op de standaarduitvoer; alleen in de demo. Werkt zonder draaiende hub.
Gebruik dezelfde HOST, PORT, KEYS_DIR, REGION en TOKEN_BINDING als de hub. Met TOKEN_BINDING=dpop is het token gebonden aan de sleutel
van de client in KEYS_DIR/demo-clients.json, met mtls aan zijn certificaat:
  curl --cacert $KEYS_DIR/demo-tls-ca.pem --cert $KEYS_DIR/demo-tls-client-mee.pem -H "Authorization: Bearer $TOKEN" https://…

Opties:
  --client C   de democlient, bijvoorbeeld bureau-jeugdzorg, coordinatiepunt of beheer
  --scope S    alleen deze rechten, gescheiden door spaties; zonder: alle rechten van de client
  --for V      een verzoek, zoals "GET http://127.0.0.1:8080/v1/matches": geeft de headers daarvoor, een per regel; met
               TOKEN_BINDING=dpop hoort daar het bewijs voor dat ene verzoek bij
  --ttl N      geldigheid in seconden, 1 tot en met ${TTL_MAX_S}; zonder: ${TTL_MAX_S}`,

  async run(args) {
    const options = {
      client: { type: 'string' },
      scope: { type: 'string' },
      ttl: { type: 'string' },
      for: { type: 'string' },
    } as const
    const { values } = readArguments({ args, options, strict: true })
    const config = loadConfig({ demo: true })
    if (!config.demo || config.issuer) throw notADemo()
    const client = findClient(loadRegion(config.region), values.client)
    const target = readTarget(values.for)
    const issuer = demoIssuer(config.host, config.port, config.tls !== null)
    const sender = await demoSender(config, client, { issuer, scope: values.scope ?? null, ttl_s: readTtl(values.ttl) })
    const lines = target ? Object.entries(await sender.headers(...target)).map((pair) => pair.join(': ')) : [sender.token]
    process.stdout.write(`${lines.join('\n')}\n`)
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

/** Method and address, as one writes a request line. */
function readTarget(text: string | undefined): [method: string, url: string] | null {
  if (text === undefined) return null
  const [method = '', url = '', ...rest] = text.split(' ')
  if (/^[A-Z]+$/.test(method) && /^https?:/.test(url) && URL.canParse(url) && rest.length === 0) return [method, url]
  throw new HubError('gebruik', { detail: '--for: geef een methode en een adres, zoals "GET http://127.0.0.1:8080/v1/matches".' })
}

function readTtl(text = String(TTL_MAX_S)): number {
  const ttl_s = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (ttl_s < 1 || ttl_s > TTL_MAX_S)
    throw new HubError('gebruik', { detail: `--ttl: geef een geheel aantal seconden van 1 tot en met ${TTL_MAX_S}.` })
  return ttl_s
}
