import { loadConfig } from '../config.ts'
import { backupStore } from '../edges/store/copy-store.ts'
import { storeExists } from '../edges/store/open.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'kopieert de database naast een draaiende hub',
  help: `Voorbeelden:
  verwijsindex backup /backup/2026-11-22

Schrijft de database zoals zij op één moment is naar een nieuwe map. De sleutels in KEYS_DIR gaan niet mee: bewaar die apart, anders
opent wie de kopie heeft elke registratie. Verandert niets, in database, log noch STATE_DIR.`,

  async run(args) {
    const { positionals } = readArguments({ args, options: { json: { type: 'boolean' } }, strict: true, allowPositionals: true })
    const [dir, ...more] = positionals
    if (!dir || more.length > 0) throw new HubError('gebruik', { detail: 'Geef één map. Zie `--help`.' })
    const { dataDir } = loadConfig({ demo: true })
    if (!storeExists(dataDir))
      throw new HubError('configuratie', { detail: `Er is geen database in ${dataDir}. Klopt DATA_DIR?` })
    process.stdout.write(`${JSON.stringify({ bestand: await backupStore(dataDir, dir) })}\n`)
    return EXIT.good
  },
}
