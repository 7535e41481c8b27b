import { loadConfig } from '../config.ts'
import { hasDemoKeys } from '../edges/auth/demo-keys.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { openHub } from '../hub.ts'
import { startServer } from '../server.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { untilStopped } from './run-until-stopped.ts'

export const command: Command = {
  summary: 'start de verwijsindex voor een echte regio',
  help: `Voorbeelden:
  OIDC_ISSUER=https://inloggen.voorbeeld.example REGION=/etc/verwijsindex/regio.json verwijsindex serve

Start de verwijsindex; zonder iets van de demo. Alle instellingen staan in de omgeving, zie docs/operating.md.
Stopt netjes bij SIGTERM: lopende verzoeken gaan door, daarna volgt een laatste controlepunt over elke logregel.`,

  async run(args) {
    readArguments({ args, options: {}, strict: true })
    const config = loadConfig({ demo: false })
    if (config.demo)
      throw new HubError('configuratie', {
        detail: 'serve draait nooit als demo; gebruik `verwijsindex demo`, of laat DEMO weg.',
      })
    if (hasDemoKeys(config.keysDir))
      throw new HubError('configuratie', {
        detail: `In ${config.keysDir} liggen sleutels van de demo; gebruik een eigen KEYS_DIR.`,
      })
    const log = createLog(config.logLevel)
    const { hub, close } = await openHub(config, 'serve', log)
    const server = await startServer(hub, config, log)
    log.info({ adres: server.baseUrl }, 'de verwijsindex neemt verzoeken aan')
    const signal = await Promise.race([untilStopped(), server.overtaken])
    await server.stop()
    await close()
    if (!signal)
      throw new HubError('configuratie', {
        detail: 'Een andere hub van deze regio werkt met een ander reglement; start alle hubs met hetzelfde.',
      })
    return signal === 'SIGINT' ? EXIT.interrupted : EXIT.good
  },
}
