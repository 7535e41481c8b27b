import { existsSync, writeFileSync } from 'node:fs'
import { resultFormOf, startResult } from '../../adapters/result.ts'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { findSender } from '../edges/inbox/sender.ts'
import { headOf, openSource } from '../edges/inbox/source.ts'
import { createLog } from '../edges/log.ts'
import { HubError } from '../errors.ts'
import { type FileRowOutcome, importFile } from '../flows/import-file.ts'
import { resultRows } from '../flows/row-results.ts'
import { FRUGAL, openHub } from '../hub.ts'
import { loadRegion } from '../region.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { dryRun } from './import/dry-run.ts'
import { startTally } from './import/tally.ts'
import { checkOutput } from './output-file.ts'

const BATCH_ROWS = 200

export const command: Command = {
  summary: 'leest een bestand van een bronsysteem in, rechtstreeks in de database',
  help: `Voorbeelden:
  verwijsindex import mee dossiers.csv
  verwijsindex import eigen - --client rubicon < registraties.ndjson
  verwijsindex import ij aanmeldingen.xml --dry-run
  verwijsindex import codo aanmelding.xlsx --result uitkomst.xlsx

Schrijft per rij {"regel","bronbericht","uitkomst","id","fouten"} en tot slot {"samenvatting":{...}}; exitcode 1 als er rijen zijn
afgekeurd. Wie na een onderbreking hetzelfde bestand opnieuw inleest, gaat verder: wat al binnen was heet dan \`hervat\`.
Neemt de database voor zich alleen; een draaiende hub krijgt bestanden met POST /v1/registraties/_bestand.

Opties:
  --client C   namens wie; zonder: de enige client van wie deze adapter het eigen systeem is
  --dry-run    toetst elke rij en bewaart niets
  --result F   schrijft ook een resultaatbestand in de vorm van de bron: per rij de uitkomst, elke fout met wat eraan te doen is,
               en welke toestemming of informering nog ontbreekt`,

  async run(args) {
    const options = {
      client: { type: 'string' },
      'dry-run': { type: 'boolean' },
      result: { type: 'string' },
      json: { type: 'boolean' },
    } as const
    const { values, positionals } = readArguments({ args, options, strict: true, allowPositionals: true })
    const [adapter, file, ...more] = positionals
    if (!adapter || !file || more.length > 0)
      throw new HubError('gebruik', { detail: 'Geef een adapter en een bestand (of -). Zie `--help`.' })
    const config = loadConfig({ demo: true })
    const sender = findSender(loadRegion(config.region), adapter, values.client)
    if (file !== '-' && !existsSync(file)) throw new HubError('gebruik', { detail: `${file} bestaat niet.` })
    checkOutput('--result', values.result, file)
    const source = openSource(sender, file, BATCH_ROWS)
    const result = values.result === undefined ? null : startResult(resultFormOf(sender.adapter, await headOf(file)))
    const tally = startTally()
    const tell = async (outcomes: FileRowOutcome[], open?: Hub) => {
      await tally.rows(outcomes.map(shown))
      if (result) result.add(await resultRows(open ?? null, sender.principal.organisation, outcomes))
    }
    if (values['dry-run']) await dryRun(source, sender, config.clock ?? new Date(), tell)
    else {
      const { hub, close } = await openHub(config, 'import', createLog(config.logLevel), FRUGAL)
      try {
        await importFile(hub, source, sender, { links: true, tell: (outcomes) => tell(outcomes, hub) })
      } finally {
        await close()
      }
    }
    if (result && values.result !== undefined) writeFileSync(values.result, result.finish().body)
    await tally.finish()
    return tally.refused() > 0 ? EXIT.findings : EXIT.good
  },
}

function shown({ regel, bronbericht, uitkomst, receipt, fouten, concept }: FileRowOutcome) {
  const more = { ...(receipt ? { id: receipt.id } : {}), ...(concept === undefined ? {} : { concept }) }
  return { ...(regel === undefined ? {} : { regel }), bronbericht, uitkomst, ...more, fouten }
}
