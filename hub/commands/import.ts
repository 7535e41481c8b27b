import { setFlagsFromString } from 'node:v8'
import { loadConfig } from '../config.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { FRUGAL, openHub } from '../hub.ts'
import { loadRegion } from '../region.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { dryRun } from './import/dry-run.ts'
import { importFile } from './import/import-file.ts'
import { findSender } from './import/sender.ts'
import { openSource } from './import/source.ts'
import { startTally } from './import/tally.ts'

export const command: Command = {
  summary: 'leest een bestand van een bronsysteem in, rechtstreeks in de database',
  help: `Voorbeelden:
  verwijsindex import mee dossiers.csv
  verwijsindex import eigen - --client rubicon < registraties.ndjson
  verwijsindex import ij aanmeldingen.xml --dry-run

Schrijft per rij {"regel","bronbericht","uitkomst","id","fouten"} en tot slot {"samenvatting":{...}}; exitcode 1 als er rijen zijn
afgekeurd. Wie na een onderbreking hetzelfde bestand opnieuw inleest, gaat verder: wat al binnen was heet dan \`hervat\`.
Neemt de database voor zich alleen; een draaiende hub krijgt bestanden met POST /v1/registraties/_bestand.

Opties:
  --client C   namens wie; zonder: de enige client van wie deze adapter het eigen systeem is
  --dry-run    toetst elke rij en bewaart niets`,

  async run(args) {
    const options = { client: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const
    const { values, positionals } = readArguments({ args, options, strict: true, allowPositionals: true })
    const [adapter, file, ...more] = positionals
    if (!adapter || !file || more.length > 0)
      throw new HubError('gebruik', { detail: 'Geef een adapter en een bestand (of -). Zie `--help`.' })
    const config = loadConfig({ demo: true })
    const sender = findSender(loadRegion(config.region), adapter, values.client)
    const source = openSource(sender, file)
    stayFrugal()
    const tally = startTally()
    if (values['dry-run']) await dryRun(source, sender, config.clock ?? new Date(), tally)
    else {
      const { hub, close } = await openHub(config, 'import', createLog(config.logLevel), FRUGAL)
      try {
        await importFile(hub, source, sender, tally)
      } finally {
        await close()
      }
    }
    await tally.finish()
    return tally.refused() > 0 ? EXIT.findings : EXIT.good
  },
}

/** What a row leaves behind is cleared away soon rather than cheaply: a file of any size is read in the same memory. */
function stayFrugal(): void {
  for (const flag of ['--heap-growing-percent=20', '--max-semi-space-size=4', '--semi-space-growth-factor=1'])
    setFlagsFromString(flag)
}
