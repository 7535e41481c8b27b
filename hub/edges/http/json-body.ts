import { parseJson } from '../../../adapters/readers/json-text.ts'
import type { Fault } from '../../../schemas/fault.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'

/** One JSON text with what is wrong with it; `json` is undefined where it is none. */
export interface Json {
  json: unknown
  faults: Fault[]
  text: string
}

/** One JSON text in UTF-8, with or without a byte order mark. */
export function readJson(bytes: Buffer): Json {
  const text = decode(bytes)
  return text === null ? { json: undefined, faults: [NOT_UTF8], text: bytes.toString('latin1') } : parse(text)
}

/** NDJSON as a batch. A line that is no JSON is a faulty row, not a faulty request. */
export function readLines(bytes: Buffer): { json: unknown; faults: Fault[]; lines: Json[] } {
  const text = decode(bytes)
  if (text === null) return { json: undefined, faults: [NOT_UTF8], lines: [] }
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const parsed = lines.map(parse)
  return { json: { registraties: parsed.map((line) => line.json) }, faults: [], lines: parsed }
}

function parse(text: string): Json {
  const { value, fouten } = parseJson(text)
  return { json: value, faults: fouten, text }
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const NOT_UTF8 = faultOf('', 'tekenset', 'De body is geen geldige UTF-8.', 'Stuur de tekst in UTF-8.')
