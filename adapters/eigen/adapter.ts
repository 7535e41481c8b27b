import type { Adapter, AdapterRow, Content } from '../adapter.ts'
import { padBsn } from '../cells.ts'
import { readCsv } from '../readers/csv.ts'
import { type JsonRecord, readJson } from '../readers/json.ts'
import { peek } from '../readers/peek.ts'
import type { SourceRow } from '../readers/rows.ts'
import { columnOf, LAYOUT, registrationOf } from './csv-row.ts'
import { sample } from './sample.ts'

/** The registration itself, for who has no format of its own: JSON, an array, NDJSON, or CSV with dotted paths. See README.md. */
export const eigen: Adapter = {
  name: 'eigen',
  mediaTypes: ['application/json', 'application/x-ndjson', 'text/csv'],
  result: (head) => (isJson(head) ? 'ndjson' : 'csv-semicolon'),
  read,
  sample,
}

const head_bytes = 1024

async function* read(content: Content): AsyncGenerator<AdapterRow> {
  const { head, all } = await peek(content, head_bytes)
  if (isJson(head)) for await (const record of readJson(all)) yield fromJson(record)
  else for await (const row of readCsv(all, 'auto', LAYOUT)) yield fromCsv(row)
}

function isJson(head: Uint8Array): boolean {
  return /^(ï»¿)?\s*[[{]/.test(Buffer.from(head).toString('latin1'))
}

function fromJson({ regel, bron, value, fouten }: JsonRecord): AdapterRow {
  const registratie = value === undefined ? {} : { registratie: withWholeBsn(value) }
  return { regel, ...bronberichtOf(value), ...registratie, toestemmingen: [], fouten, bron, sourceOf: (pointer) => pointer }
}

function fromCsv(row: SourceRow): AdapterRow {
  const registratie = registrationOf(row)
  const { regel, fouten, bron } = row
  return {
    regel,
    ...bronberichtOf(registratie),
    registratie,
    toestemmingen: [],
    fouten,
    bron,
    cellen: row.cells,
    sourceOf: columnOf,
  }
}

function bronberichtOf(value: unknown): { bronbericht?: string } {
  const bronbericht = isObject(value) ? value.bronbericht : undefined
  return typeof bronbericht === 'string' && bronbericht !== '' && bronbericht.isWellFormed() ? { bronbericht } : {}
}

/** JSON made from a spreadsheet has lost the leading zero as much as the spreadsheet has. */
function withWholeBsn(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.persoon) || typeof value.persoon.bsn !== 'string') return value
  return { ...value, persoon: { ...value.persoon, bsn: padBsn(value.persoon.bsn) } }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
