import { loadConfig } from '../config.ts'
import { backupStore } from '../edges/store/copy-store.ts'
import { hasStore } from '../edges/store/places.ts'
import { HubError } from '../errors.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'

export const command: Command = {
  summary: 'kopieert de database naast een draaiende hub',
  help: `Voorbeelden:
  verwijsindex backup /backup/2026-11-22

Schrijft de database zoals zij op één moment is naar een nieuwe map, ook uit PostgreSQL: één bestand van SQLite. De sleutels in KEYS_DIR gaan niet mee: bewaar die apart, anders
opent wie de kopie heeft elke registratie. Verandert niets, in database, log noch STATE_DIR.`,

  async run(args) {
    const { positionals } = readArguments({ args, options: { json: { type: 'boolean' } }, strict: true, allowPositionals: true })
    const [dir, ...more] = positionals
    if (!dir || more.length > 0) throw new HubError('gebruik', { detail: 'Geef één map. Zie `--help`.' })
    const config = loadConfig({ demo: true })
    const where = config.database ? 'DATABASE_URL' : config.dataDir
    if (!(await hasStore(config)))
      throw new HubError('configuratie', { detail: `Er is geen database in ${where}. Klopt de instelling?` })
    process.stdout.write(`${JSON.stringify({ bestand: await backupStore(config, dir) })}\n`)
    return EXIT.good
  },
}
