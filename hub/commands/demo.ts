import { fileURLToPath } from 'node:url'
import { type Config, loadConfig } from '../config.ts'
import { type ApiClient, apiClient } from '../demo/client.ts'
import { type FileReport, loadRegion } from '../demo/load.ts'
import { type ClientFolder, readRegionFolder } from '../demo/region-folder.ts'
import { makeReport, reportText } from '../demo/report.ts'
import { fetchOf } from '../demo/sender.ts'
import { demoCertificate } from '../edges/auth/demo-certificates.ts'
import { demoClientKeys, type PrivateKey } from '../edges/auth/demo-keys.ts'
import { demoIssuer } from '../edges/auth/demo-token.ts'
import { createCredentials } from '../edges/auth/token-source.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { openHub } from '../hub.ts'
import { loadRegion as loadRegionFile } from '../region.ts'
import { type RunningServer, startServer } from '../server.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { untilStopped } from './run-until-stopped.ts'

const EXAMPLE = fileURLToPath(new URL('../../deploy/voorbeeldregio', import.meta.url))

export const command: Command = {
  summary: 'start de demo: voorbeeldregio, eigen identiteitsdienst, rapport',
  help: `Voorbeelden:
  npm start
  npm start -- --once --json
  npm start -- --dir mijn-regio

Start de verwijsindex als demo, biedt de bestanden van de voorbeeldregio aan via de openbare API, elk als de eigen
client, en laat zien wat ervan geworden is. Blijft daarna draaien. Een tweede start verzendt niets opnieuw.

Opties:
  --once      eindigt na het rapport
  --json      schrijft het rapport als JSON
  --dir DIR   gebruikt de bestanden van een andere regio: DIR/<client>/<adapter>/*`,

  async run(args) {
    const options = { once: { type: 'boolean' }, json: { type: 'boolean' }, dir: { type: 'string' } } as const
    const { values } = readArguments({ args, options, strict: true })
    const config = loadConfig({ demo: true })
    if (!config.demo)
      throw new HubError('configuratie', { detail: 'De demo start niet met DEMO=0; gebruik `verwijsindex serve`.' })
    const folders = readRegionFolder(values.dir ?? EXAMPLE, loadRegionFile(config.region))
    const log = createLog(config.logLevel)
    const say = (text: string) => process.stderr.write(`${text}\n`)
    say('DEMO: verzonnen gegevens, open identiteitsdienst. Nooit gebruiken voor echte personen.')
    const { hub, close } = await openHub(config, 'demo', log)
    const stopped = untilStopped()
    const server = await startServer(hub, config, log)
    try {
      say(`De verwijsindex luistert op ${server.baseUrl}`)
      const clients = await clientsFor(folders, config, server)
      const reports: FileReport[] = []
      const loading = loadRegion(folders, (id) => clients.get(id) as ApiClient, {
        dataDir: config.dataDir,
        progress: say,
        reports,
      })
      const early = await Promise.race([loading.then(whole, halfway(say)), stopped])
      if (typeof early === 'object') {
        const report = await makeReport(hub, reports)
        process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : reportText(report, server.baseUrl))
        if (values.once) return early.code
      }
      const signal = typeof early === 'object' ? await stopped : early
      return signal === 'SIGINT' ? EXIT.interrupted : EXIT.good
    } finally {
      await server.stop()
      await close()
    }
  },
}

const whole = () => ({ code: EXIT.good as number })

/** That files cannot be sent now (another provider than the demo's that gives their clients no token) ends no hub: it is told. */
function halfway(say: (text: string) => void) {
  return (error: unknown) => {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? `${message} (${cause.message})` : message
    say(`De bestanden zijn niet alle verzonden: ${why}.`)
    return { code: EXIT.temporary as number }
  }
}

/** Each organisation's system with its own key and its own tokens. */
async function clientsFor(folders: ClientFolder[], config: Config, server: RunningServer): Promise<Map<string, ApiClient>> {
  const own = demoIssuer(config.host, server.port, config.tls !== null)
  const ids = folders.map(({ client }) => client)
  const keys = await demoClientKeys(config.keysDir, ids)
  const origin = new URL(own).origin
  const clientOf = (id: string) => {
    const certificate = config.tokenBinding === 'mtls' ? demoCertificate(config.keysDir, `client-${id}`) : undefined
    const sender = {
      issuer: config.issuer ?? own,
      clientId: id,
      key: keys.get(id) as PrivateKey,
      fetch: fetchOf(config, certificate),
    }
    const credentials = createCredentials({ ...sender, dpop: config.tokenBinding === 'dpop' })
    // A proof names the address at which others reach the hub; the demo itself goes straight to it.
    const proving: typeof credentials = (method, url) => credentials(method, url.replace(origin, server.baseUrl))
    return apiClient({ baseUrl: origin, credentials: proving, fetch: sender.fetch })
  }
  return new Map(ids.map((id) => [id, clientOf(id)]))
}
