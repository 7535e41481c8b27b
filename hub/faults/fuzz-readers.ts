import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import type { Adapter } from '../../adapters/adapter.ts'
import { readSource } from '../../adapters/read-source.ts'
import { openZip } from '../../adapters/readers/zip.ts'
import { adapterNamed, adapterNames } from '../../adapters/registry.ts'
import { zip } from '../../adapters/result/zip.ts'
import { SourceFault } from '../../adapters/source-fault.ts'

/** One input may keep a processor busy for so long. */
const MS_MAX = 1000
const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' } } })
const inputs = Number(values.inputs ?? 10_000)
const seed = Number(values.seed ?? 1)
const context = { client: 'organisatie', gemeente: '1894', ontvangenOp: '2026-11-22' }

interface Counts {
  rows: number
  refusedRows: number
  refusedFiles: number
  slowest_ms: number
}

/** Samples cut, mixed and written over, any bytes, and either of them packed; in chunks of any size. */
async function sourcesOf(name: string): Promise<fc.Arbitrary<Uint8Array>> {
  const folder = new URL(`../../adapters/${name}/samples/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => !file.endsWith('.expected.json'))
  const contents = files.map((file): Uint8Array => readFileSync(new URL(file, folder)))
  const books = (await Promise.all(contents.map(partsOf))).filter((parts) => Object.keys(parts).length > 0)
  const samples = fc.constantFrom(...contents)
  const damage = fc.record({ at: fc.nat(), cut: fc.nat({ max: 60 }), put: fc.oneof(fc.uint8Array({ maxLength: 16 }), SIGNS) })
  const damaged = fc
    .tuple(samples, fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([source, damages]): Uint8Array => damages.reduce(withDamage, source))
  const damagedBook = fc
    .tuple(fc.constantFrom(...(books.length > 0 ? books : [{}])), fc.nat(), fc.array(damage, { minLength: 1, maxLength: 2 }))
    .map(([parts, which, damages]) => withDamagedPart(parts, which, damages))
  const whole = books.length > 0 ? fc.oneof(damagedBook, damagedBook, damaged) : damaged
  const plain = fc.oneof({ weight: 8, arbitrary: whole }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) })
  const packed = plain.map((bytes): Uint8Array => zip({ 'a.csv': Buffer.from(bytes).toString('latin1') }))
  return fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: packed })
}

/** What formats give a meaning to. */
const SIGNS = fc
  .constantFrom(
    '"',
    ';',
    '\r',
    '\0',
    '<',
    '&#0;',
    ']]>',
    '<!--',
    '<!DOCTYPE a>',
    '{',
    '[',
    '\\u',
    'PK\x03\x04',
    '=?utf-8?q?',
    '\ufeff',
    '--',
  )
  .map((text): Uint8Array => Buffer.from(text))

/** The parts of a workbook, to be damaged from within: a ZIP that is damaged itself is refused by its checksums. */
async function partsOf(content: Uint8Array): Promise<Record<string, string>> {
  const parts: Record<string, string> = {}
  try {
    const { names, open } = await openZip(content)
    for (const name of names) parts[name] = Buffer.concat(await Array.fromAsync(open(name) ?? [])).toString()
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
  }
  return parts
}

function withDamagedPart(parts: Record<string, string>, which: number, damages: Damage[]): Uint8Array {
  const names = Object.keys(parts).filter((name) => name.startsWith('xl/'))
  const name = names[which % names.length] ?? ''
  const changed = damages.reduce(withDamage, Buffer.from(parts[name] ?? ''))
  return zip({ ...parts, [name]: Buffer.from(changed).toString() })
}

interface Damage {
  at: number
  cut: number
  put: Uint8Array
}

function withDamage(source: Uint8Array, { at, cut, put }: Damage): Uint8Array {
  const from = at % (source.length + 1)
  return Buffer.concat([source.subarray(0, from), put, source.subarray(from + cut)])
}

async function readOne(adapter: Adapter, source: Uint8Array, chunk_bytes: number, counts: Counts): Promise<void> {
  const from = process.cpuUsage()
  try {
    for await (const row of readSource(adapter, inChunks(source, chunk_bytes), context)) {
      counts.rows += 1
      if (row.fouten.length > 0) counts.refusedRows += 1
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    counts.refusedFiles += 1
  }
  const { user, system } = process.cpuUsage(from)
  const spent_ms = (user + system) / 1000
  counts.slowest_ms = Math.max(counts.slowest_ms, spent_ms)
  if (spent_ms > MS_MAX) throw new Error(`${adapter.name}: ${Math.round(spent_ms)} ms for ${source.length} bytes`)
}

async function* inChunks(source: Uint8Array, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.length; at += bytes) yield source.subarray(at, at + bytes)
}

for (const name of adapterNames) {
  const counts: Counts = { rows: 0, refusedRows: 0, refusedFiles: 0, slowest_ms: 0 }
  const property = fc.asyncProperty(await sourcesOf(name), fc.integer({ min: 1, max: 4096 }), (source, bytes) =>
    readOne(adapterNamed(name) as Adapter, source, bytes, counts),
  )
  const numRuns = Math.ceil(inputs / adapterNames.length)
  await fc.assert(property, { numRuns, seed })
  const { rows, refusedRows, refusedFiles, slowest_ms } = counts
  const memory_mb = Math.round(process.resourceUsage().maxRSS / 1024)
  const read = `${rows} rows, ${refusedRows} of them refused; ${refusedFiles} files refused`
  process.stdout.write(
    `${name.padEnd(22)} ${numRuns} inputs: ${read}; slowest ${Math.round(slowest_ms)} ms; ${memory_mb} MB so far\n`,
  )
}
