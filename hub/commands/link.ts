import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { linkKeys } from '../crypto/derived-keys.ts'
import { HubError } from '../errors.ts'
import { familiesOf } from '../stages/link/families.ts'
import { hashedLineKeys } from '../stages/link/line.ts'
import { Lines } from '../stages/link/lines.ts'
import { type LinkedLine, linkAll } from '../stages/link/linker.ts'
import { type LinkModel, linkModel } from '../stages/link/model.ts'
import { plainKeys } from '../stages/link/plain-keys.ts'
import { TokenReader, TokenWriter } from '../stages/link/token-file.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { linesOf, writeLines } from './json-lines.ts'
import { isBlank, linkLines, readModelFile } from './link/read-lines.ts'

const OUTCOMES = { linked: 'gekoppeld', review: 'koppelvraag', new: 'nieuw' } as const
const CHUNK_LINES = 1000
const OPTIONS = {
  model: { type: 'string' },
  'tokens-out': { type: 'string' },
  'tokens-in': { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `verwijsindex link`: the hub's own linker on a file, without a store. */
export const command: Command = {
  summary: 'koppel registraties in een bestand aan personen, zonder opslag',
  help: `Gebruik: verwijsindex link [bestand|-] [--model F] [--tokens-out F | --tokens-in F]

Voorbeelden:
  verwijsindex link registraties.ndjson
  verwijsindex link --tokens-out tokens.ndjson registraties.ndjson
  verwijsindex link --tokens-in tokens.ndjson

Invoer: een JSON-object per regel, met rid, bsn, voornamen, roepnaam, voorvoegsel, geslachtsnaam, partnernaam, geboortedatum,
geslacht, postcode, huisnummer, toevoeging, ouders, organisatie; alles behalve rid mag ontbreken.
Uitvoer: per regel rid, persoon, uitkomst (gekoppeld, koppelvraag, nieuw), kandidaten, gezin en het model.

  --model F       een ander koppelmodel
  --tokens-out F  schrijf alleen de tokens (niet leesbaar, eigen sleutel per keer) naar F
  --tokens-in F   koppel vanuit zulke tokens, zonder namen`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({ args, options: OPTIONS, allowPositionals: true })
  if (values['tokens-out'] && values['tokens-in'])
    throw new HubError('gebruik', { detail: '--tokens-out en --tokens-in sluiten elkaar uit.' })
  if (values['tokens-out']) return writeTokens(positionals[0], values['tokens-out'])
  const model = linkModel(readModelFile(values.model))
  const lines = values['tokens-in'] ? await readTokens(values['tokens-in']) : await readSubjects(positionals[0])
  await print(lines, model)
  return EXIT.good
}

async function readSubjects(file: string | undefined): Promise<Lines> {
  const lines = new Lines()
  for await (const batch of linkLines(file ?? '-', plainKeys())) for (const line of batch) lines.add(line)
  return lines
}

/** A key of this run only: no two files of tokens share one. */
async function writeTokens(file: string | undefined, out: string): Promise<number> {
  const keys = hashedLineKeys(linkKeys(randomBytes(32), 'bestand'))
  const writer = new TokenWriter()
  const target = openSync(out, 'w')
  for await (const batch of linkLines(file ?? '-', keys)) writeSync(target, batch.map((line) => writer.write(line)).join(''))
  closeSync(target)
  return EXIT.good
}

async function readTokens(file: string): Promise<Lines> {
  const reader = new TokenReader()
  const lines = new Lines()
  for await (const batch of linesOf(file))
    for (const text of batch) {
      const line = isBlank(text) ? null : reader.read(text, 'bestand')
      if (line) lines.add(line)
    }
  return lines
}

/** Labels are numbered by their first line, so that they do not depend on the order of deciding. */
async function print(lines: Lines, model: LinkModel): Promise<void> {
  const { lines: linked } = linkAll(lines, model)
  const families = familiesOf(lines, linked)
  const persons = new Map<number, string>()
  for (const { person } of linked) if (!persons.has(person)) persons.set(person, `p${persons.size + 1}`)
  const labels = new Map<number, string>()
  for (const family of families) if (family !== null && !labels.has(family)) labels.set(family, `g${labels.size + 1}`)
  const textOf = ({ rid, person, outcome, candidates }: LinkedLine, family: number | null): string => {
    const kandidaten = candidates.map(({ person: other, score, reason }) => ({
      persoon: persons.get(other),
      score,
      reden: reason,
    }))
    return JSON.stringify({
      rid,
      persoon: persons.get(person),
      uitkomst: OUTCOMES[outcome],
      kandidaten,
      gezin: family === null ? null : labels.get(family),
      model: model.version,
    })
  }
  for (let from = 0; from < linked.length; from += CHUNK_LINES) {
    const chunk = linked.slice(from, from + CHUNK_LINES)
    await writeLines(chunk.map((line, at) => textOf(line, families[from + at] ?? null)))
  }
}
