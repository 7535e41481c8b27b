import { HubError } from '../errors.ts'
import { estimateModel } from '../stages/link/estimate/estimate-model.ts'
import { type LinkLine, lineOf } from '../stages/link/line.ts'
import { isPersonModel } from '../stages/link/persons/person-model.ts'
import { readableKeys } from '../stages/link/plain-keys.ts'
import { subjectFrom } from '../stages/link/subject.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { linkLines, readModelFile } from './link/read-lines.ts'

const OPTIONS = { seed: { type: 'string' }, model: { type: 'string' }, json: { type: 'boolean' } } as const

const help = `Gebruik: verwijsindex model estimate <bestand|-> [--seed N] [--model F]

Voorbeelden:
  verwijsindex model estimate registraties.ndjson --seed 1 > model.json
  verwijsindex link registraties.ndjson --model model.json

Schat een koppelmodel uit registraties zelf (regels als bij \`link\`): hoe vaak velden overeenkomen bij paren die door het lot zijn
gekozen, en bij paren die één persoon zijn. Het model gaat naar stdout. Dezelfde regels en dezelfde seed geven hetzelfde model, byte voor
byte. Drempels worden niet geschat: die blijven zoals in het uitgangsmodel. Een schatting die niet tot rust komt, wordt geweigerd (code 1).

  --seed N   het begin van het lot (standaard 1)
  --model F  een ander uitgangsmodel`

/** `verwijsindex model`: a link model estimated from registrations, without a store. */
export const command: Command = {
  summary: 'koppelmodel: schatten uit registraties',
  help,
  async run(args) {
    const { values, positionals } = readArguments({ args, options: OPTIONS, allowPositionals: true })
    const [action, file, ...rest] = positionals
    if (action !== 'estimate' || file === undefined || rest.length > 0) throw new HubError('gebruik', { detail: help })
    const seed = seedOf(values.seed)
    const base = readModelFile(values.model)
    if (isPersonModel(base))
      throw new HubError('gebruik', {
        detail: 'Een model zonder gezinnen wordt niet geschat: de frequenties komen uit het bestand zelf.',
      })
    const keys = readableKeys()
    const lines: LinkLine[] = []
    for await (const batch of linkLines(file, (value) => lineOf(subjectFrom(value), keys))) lines.push(...batch)
    process.stdout.write(`${JSON.stringify(estimateModel(lines, seed, base), null, 2)}\n`)
    return EXIT.good
  },
}

function seedOf(text = '1'): number {
  if (!/^\d{1,9}$/.test(text)) throw new HubError('gebruik', { detail: '--seed is een geheel getal van 0 tot en met 999999999.' })
  return Number(text)
}
