import { loadConfig } from '../config.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { registrationsBeside } from '../edges/store/registrations-beside.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { writeLines } from './json-lines.ts'

export const command: Command = {
  summary: 'schrijft elke registratie als regel NDJSON, zonder identiteit',
  help: `Voorbeelden:
  verwijsindex export > registraties.ndjson

Schrijft per registratie van elke client een regel: {"id","client","bronbericht","kenmerk","versie","status"}; status is
die van de verwerking: ontvangen, verwerkt of afgekeurd. Wat gewist is, staat er niet in.
Leest naast een draaiende hub en verandert niets, in database, log noch STATE_DIR.
Gebruik dezelfde DATA_DIR en KEYS_DIR als de hub.`,

  async run(args) {
    readArguments({ args, options: { json: { type: 'boolean' } }, strict: true })
    const config = loadConfig({ demo: true })
    const { wrapping } = openRegionKeys(config.keysDir, { demo: true, storeExists: true })
    for await (const page of registrationsBeside(config, wrapping))
      await writeLines(
        page.map(({ row, registration: { bronbericht, kenmerk } }) =>
          JSON.stringify({ id: row.id, client: row.client, bronbericht, kenmerk, versie: row.version, status: row.state }),
        ),
      )
    return EXIT.good
  },
}
