import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { linkKeys } from '../crypto/derived-keys.ts'
import { HubError } from '../errors.ts'
import { familiesOf } from '../stages/link/families.ts'
import { hashedLineKeys, type LineKeys, type LinkLine, lineOf } from '../stages/link/line.ts'
import { Lines } from '../stages/link/lines.ts'
import type { LinkedLine, LinkedLines } from '../stages/link/linked-lines.ts'
import { linkAll } from '../stages/link/linker.ts'
import { type LinkModelFile, linkModel } from '../stages/link/model.ts'
import { linkPersons } from '../stages/link/persons/link-persons.ts'
import { type PersonLine, personLineFrom } from '../stages/link/persons/person-line.ts'
import { isPersonModel, type PersonModelFile, personModel } from '../stages/link/persons/person-model.ts'
import { readPersonLine, writePersonLine } from '../stages/link/persons/person-token-file.ts'
import { plainKeys } from '../stages/link/plain-keys.ts'
import { subjectFrom } from '../stages/link/subject.ts'
import { TokenReader, TokenWriter } from '../stages/link/token-file.ts'
import { readArguments } from './arguments.ts'
import { type Command, EXIT } from './command.ts'
import { linesOf, writeLines } from './json-lines.ts'
import { isBlank, linkLines, readModelFile } from './link/read-lines.ts'
import { checkOutput } from './output-file.ts'

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
geslacht, postcode, huisnummer, toevoeging, ouders, organisatie; alles behalve rid mag ontbreken. Een model zonder gezinnen
(schemas/link-model/personen-1.0.0.json) leest ook straat, buurt, plaats en provincie.
Uitvoer: per regel rid, persoon, uitkomst (gekoppeld, koppelvraag, nieuw), kandidaten, gezin en het model.

  --model F       een ander koppelmodel; een model zonder gezinnen ook bij --tokens-out en --tokens-in
  --tokens-out F  schrijf alleen de tokens (niet leesbaar, eigen sleutel per keer) naar F
  --tokens-in F   koppel vanuit zulke tokens, zonder namen`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({ args, options: OPTIONS, allowPositionals: true })
  if (values['tokens-out'] && values['tokens-in'])
    throw new HubError('gebruik', { detail: '--tokens-out en --tokens-in sluiten elkaar uit.' })
  if (positionals.length > 1) throw new HubError('gebruik', { detail: 'Geef één bestand (of -). Zie `--help`.' })
  checkOutput('--tokens-out', values['tokens-out'], positionals[0])
  const file = readModelFile(values.model)
  if (isPersonModel(file)) return runPersons(positionals[0] ?? '-', file, values)
  return runFamilies(positionals[0] ?? '-', file, values)
}

interface TokenFiles {
  'tokens-out'?: string
  'tokens-in'?: string
}

async function runFamilies(file: string, model: LinkModelFile, tokens: TokenFiles): Promise<number> {
  const under =
    (keys: LineKeys) =>
    (value: unknown): LinkLine =>
      lineOf(subjectFrom(value), keys)
  const writer = new TokenWriter()
  if (tokens['tokens-out'])
    return writeTokens(linkLines(file, under(secretKeys())), (line) => writer.write(line), tokens['tokens-out'])
  const lines = new Lines()
  if (tokens['tokens-in']) await readTokens(tokens['tokens-in'], lines)
  else for await (const batch of linkLines(file, under(plainKeys()))) for (const line of batch) lines.add(line)
  const known = linkModel(model)
  const linked = linkAll(lines, known)
  await print(linked, familiesOf(lines, linked), known.version)
  return EXIT.good
}

/** Under a model without families: nobody is given a family. */
async function runPersons(file: string, model: PersonModelFile, tokens: TokenFiles): Promise<number> {
  const under = (keys: LineKeys) => (value: unknown) => personLineFrom(value, keys)
  if (tokens['tokens-out']) return writeTokens(linkLines(file, under(secretKeys())), writePersonLine, tokens['tokens-out'])
  const known = personModel(model)
  const lines: PersonLine[] = []
  if (tokens['tokens-in']) {
    for await (const batch of linesOf(tokens['tokens-in']))
      for (const text of batch) if (!isBlank(text)) lines.push(readPersonLine(text))
  } else for await (const batch of linkLines(file, under(plainKeys()))) lines.push(...batch)
  await print(linkPersons(lines, known), [], known.version)
  return EXIT.good
}

/** A key of this run only: no two files of tokens share one. */
function secretKeys(): LineKeys {
  return hashedLineKeys(linkKeys(randomBytes(32), 'bestand'))
}

async function writeTokens<T>(batches: AsyncGenerator<T[]>, textOf: (line: T) => string, out: string): Promise<number> {
  const target = openSync(out, 'w')
  for await (const batch of batches) writeSync(target, batch.map(textOf).join(''))
  closeSync(target)
  return EXIT.good
}

async function readTokens(file: string, lines: Lines): Promise<void> {
  const reader = new TokenReader()
  for await (const batch of linesOf(file))
    for (const text of batch) {
      const line = isBlank(text) ? null : reader.read(text, 'bestand')
      if (line) lines.add(line)
    }
}

/** Labels are numbered by their first line, so that they do not depend on the order of deciding. */
async function print(linked: LinkedLines, families: (number | null)[], model: string): Promise<void> {
  const persons = labelsOf(linked.personOf, linked.length)
  const labels = labelsOf(families, linked.length)
  const textOf = ({ rid, person, outcome, candidates }: LinkedLine, family: number | null): string => {
    const kandidaten = candidates.map(({ person: other, score, reason }) => ({
      persoon: `p${persons[other]}`,
      score,
      reden: reason,
    }))
    return JSON.stringify({
      rid,
      persoon: `p${persons[person]}`,
      uitkomst: OUTCOMES[outcome],
      kandidaten,
      gezin: family === null ? null : `g${labels[family]}`,
      model,
    })
  }
  for (let from = 0; from < linked.length; from += CHUNK_LINES) {
    const texts: string[] = []
    for (let at = from; at < Math.min(from + CHUNK_LINES, linked.length); at++)
      texts.push(textOf(linked.line(at), families[at] ?? null))
    await writeLines(texts)
  }
}

/** Per person or family, known by a number below `size`, the label that goes with it, from 1. */
function labelsOf(numbers: Iterable<number | null>, size: number): Int32Array {
  const labels = new Int32Array(size)
  let last = 0
  for (const number of numbers) if (number !== null && labels[number] === 0) labels[number] = ++last
  return labels
}
