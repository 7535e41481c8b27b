import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import { adapterNamed, adapterNames } from '../../adapters/registry.ts'
import { inventedFamilies } from '../../adapters/sample/families.ts'
import { seen } from '../../adapters/seen.ts'
import type { Regio } from '../../schemas/types.ts'
import { loadConfig } from '../config.ts'
import { findSender } from '../edges/inbox/sender.ts'
import { HubError } from '../errors.ts'
import { loadRegion } from '../region.ts'
import { dayOf } from '../stages/calendar.ts'
import { type Explained, explainFile } from './adapter/explain-file.ts'
import { explainedText } from './adapter/explained-text.ts'
import { makeAdapter } from './adapter/make-adapter.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { writeLines } from './json-lines.ts'
import { checkOutput } from './output-file.ts'

export const command: Command = {
  summary: 'maakt een nieuwe adapter, legt uit wat een adapter van een bestand maakt, of maakt een voorbeeldbestand',
  help: `Voorbeelden:
  verwijsindex adapter new ggz
  verwijsindex adapter test mee dossiers.csv
  verwijsindex adapter test mee dossiers.csv --json | jq 'select(.uitkomst == "afgekeurd")'
  verwijsindex adapter sample codo --families 20 --seed 7 > aanmelding.xlsx

new NAAM         maakt adapters/NAAM met een tabel, voorbeelden en een test die slaagt, en meldt haar aan; pas daarna aan wat van u is
test NAAM F      legt elke rij uit: welke cel van de bron welk veld werd, wat het schema ervan vindt en wat de uitkomst zou zijn; bewaart
                 niets, exitcode 1 als er rijen zijn afgekeurd
sample NAAM      schrijft een bestand met verzonnen kinderen zoals die bron het zou maken; dezelfde seed geeft hetzelfde bestand

Opties:
  --client C      (test) namens wie; bepaalt of een BSN mag
  --json          (test) een JSON-object per rij
  --golden        (test) de lijst die naast een voorbeeld in samples/ staat, als F.expected.json
  --families N    (sample) hoeveel gezinnen; zonder: 10
  --seed S        (sample) zonder: 1
  --out F         (sample) schrijft naar een bestand in plaats van naar de uitvoer`,

  async run([action, ...args]) {
    const act = action === undefined ? undefined : ACTIONS[action]
    if (!act) throw new HubError('gebruik', { detail: 'Kies new, test of sample. Zie `verwijsindex adapter --help`.' })
    return act(args)
  },
}

const ACTIONS: Record<string, (args: string[]) => Promise<number>> = { new: runNew, test: runTest, sample: runSample }

async function runNew(args: string[]): Promise<number> {
  const { positionals } = readArguments({ args, options: {}, strict: true, allowPositionals: true })
  const [name, ...more] = positionals
  if (!name || more.length > 0) throw new HubError('gebruik', { detail: 'Geef de naam van de nieuwe adapter.' })
  const made = makeAdapter(new URL('../../', import.meta.url), name)
  await writeLines([
    ...made,
    '',
    `Probeer: npx mocha --no-config adapters/${name}/*.test.ts`,
    'Lees verder in docs/adding-an-adapter.md.',
  ])
  return EXIT.good
}

async function runTest(args: string[]): Promise<number> {
  const options = { client: { type: 'string' }, json: { type: 'boolean' }, golden: { type: 'boolean' } } as const
  const { values, positionals } = readArguments({ args, options, strict: true, allowPositionals: true })
  const [name, file, ...more] = positionals
  if (!name || !file || more.length > 0) throw new HubError('gebruik', { detail: 'Geef een adapter en een bestand.' })
  if (!existsSync(file)) throw new HubError('gebruik', { detail: `${file} bestaat niet.` })
  if (values.golden) return writeGolden(name, file)
  const config = loadConfig({ demo: true })
  const sender = senderFor(loadRegion(config.region), name, values.client)
  let refused = 0
  for await (const row of explainFile(sender, file, dayOf(config.clock ?? new Date()))) {
    if (row.uitkomst === 'afgekeurd') refused += 1
    await writeLines([values.json ? JSON.stringify(row) : explainedText(row)])
  }
  return refused > 0 ? EXIT.findings : EXIT.good
}

/** Who would send such a file. An adapter that nobody may use yet is tried as by an organisation of the region that may use the number. */
function senderFor(region: Regio, name: string, client: string | undefined): Explained {
  const owner = region.clients.find(({ organisatie }) =>
    region.organisaties.some(({ id, adapters }) => id === organisatie && adapters.includes(name)),
  )
  const adapter = adapterNamed(name)
  if (client !== undefined || owner || !adapter) return findSender(region, name, client ?? owner?.id)
  const municipalities = region.organisaties[0]?.gemeenten ?? []
  return { adapter, rights: { magBsn: true }, principal: { client: 'proef', municipalities } }
}

async function writeGolden(name: string, file: string): Promise<number> {
  const adapter = adapterNamed(name)
  if (!adapter) throw new HubError('gebruik', { detail: `Kies een adapter: ${adapterNames.join(', ')}.` })
  await writeLines([JSON.stringify(await seen(adapter, createReadStream(file)), null, 2)])
  return EXIT.good
}

async function runSample(args: string[]): Promise<number> {
  const options = { families: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } } as const
  const { values, positionals } = readArguments({ args, options, strict: true, allowPositionals: true })
  const adapter = adapterNamed(positionals[0] ?? '')
  if (!adapter || positionals.length > 1)
    throw new HubError('gebruik', { detail: `Kies een adapter: ${adapterNames.join(', ')}.` })
  const families = wholeNumber('--families', values.families ?? '10', 100_000)
  const bytes = adapter.sample(inventedFamilies(families, wholeNumber('--seed', values.seed ?? '1', 1_000_000)))
  checkOutput('--out', values.out)
  if (values.out !== undefined) writeFileSync(values.out, bytes)
  else await new Promise((resolve) => process.stdout.write(bytes, resolve))
  return EXIT.good
}

function wholeNumber(option: string, text: string, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= 1 && number <= max))
    throw new HubError('gebruik', { detail: `${option}: geef een heel getal van 1 tot en met ${max}.` })
  return number
}
