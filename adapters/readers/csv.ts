import { type CsvError, type Parser, parse } from 'csv-parse'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { columns_max, record_chars_max, records_max } from './limits.ts'
import { checkHeader, type Layout, type SourceRow, toRow } from './rows.ts'
import { decodeText } from './text.ts'

/** `auto` takes the first of `;` `,` and tab that the header holds. */
export type Delimiter = ';' | ',' | 'auto'

/**
 * The rows of a CSV file under its header (RFC 4180, with either delimiter, CRLF, LF or CR). Blank rows are skipped; `regel` is
 * the line on which a row starts, the header on line 1. Throws `SourceFault` for a header outside the layout, a quote that is
 * never closed, a row beyond `record_chars_max`, and more than `records_max` rows.
 */
export async function* readCsv(content: Content, delimiter: Delimiter, layout: Layout): AsyncGenerator<SourceRow> {
  let header: string[] | undefined
  let count = 0
  for await (const record of records(content, delimiter)) {
    if (!header) {
      header = withoutEmptyEnd(record.values)
      checkHeader(header, layout, record.regel)
      continue
    }
    count += 1
    if (count > records_max) throw tooMany(record.regel)
    yield withQuoteFaults(toRow(header, withoutEmptyEnd(record.values, header.length), record.regel, record.bron))
  }
  if (!header) throw noHeader()
}

interface CsvRecord {
  regel: number
  values: string[]
  bron: string
}

/** csv-parse, fed piece by piece; what it made of a piece is handed out before what it stumbled over is thrown. */
async function* records(content: Content, delimiter: Delimiter): AsyncGenerator<CsvRecord> {
  const queue: CsvRecord[] = []
  const place = { next: 1 }
  let parser: Parser | undefined
  let failure: CsvError | undefined
  for await (const text of fromFirstLine(content)) {
    parser ??= parserInto(queue, place, delimiter === 'auto' ? guess(text) : delimiter).on('error', (error: CsvError) => {
      failure = error
    })
    await new Promise((resolve) => parser!.write(text, resolve))
    yield* queue.splice(0)
    if (failure) throw unreadable(failure, place.next)
  }
  if (!parser) return
  await new Promise((resolve) => parser.end(resolve))
  yield* queue.splice(0)
  if (failure) throw unreadable(failure, place.next)
}

/** `place.next` is the line on which the row begins that is not read yet. */
function parserInto(queue: CsvRecord[], place: { next: number }, delimiter: string): Parser {
  return parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    raw: true,
    max_record_size: record_chars_max,
    on_record: (record: unknown, { lines }) => {
      const { record: values, raw } = record as { record: string[]; raw: string }
      place.next = lines + 1
      const bron = raw.replace(/\n$/, '')
      const cells = values.map(unwrapped)
      if (cells.some((cell) => cell !== '')) queue.push({ regel: lines - (bron.split('\n').length - 1), values: cells, bron })
      return null
    },
  })
}

/** A cell without blanks around it, and without quotes that csv-parse left because blanks stood around them. */
function unwrapped(value: string): string {
  const cell = value.trim()
  return /^"([^"]*)"$/.exec(cell)?.[1]?.trim() ?? cell
}

/** Any other cell that still begins with a quote was quoted wrongly: it is not sure where it ends. */
function withQuoteFaults(row: SourceRow): SourceRow {
  for (const [column, cell] of Object.entries(row.cells))
    if (cell.startsWith('"')) row.fouten.push({ pointer: column, ...QUOTES })
  return row
}

const QUOTES = {
  code: 'aanhalingstekens',
  melding: 'De aanhalingstekens van deze cel kloppen niet.',
  watNu: 'Zet de hele cel tussen aanhalingstekens en schrijf een aanhalingsteken daarbinnen dubbel.',
}

/** The text with LF as its only line ending; the first piece holds at least one line that is not blank. */
async function* fromFirstLine(content: Content): AsyncGenerator<string> {
  let head: string | undefined = ''
  for await (const text of withLineFeeds(content)) {
    if (head === undefined) yield text
    else {
      head += text
      if (head.length > record_chars_max || head.trimStart().includes('\n')) {
        yield head
        head = undefined
      }
    }
  }
  if (head) yield head
}

async function* withLineFeeds(content: Content): AsyncGenerator<string> {
  let held = ''
  for await (const piece of decodeText(content)) {
    const text = held + piece
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  if (held) yield '\n'
}

function guess(text: string): string {
  return /[;,\t]/.exec(text.trimStart().split('\n', 1)[0]!)?.[0] ?? ';'
}

/** Spreadsheets pad rows with empty cells; those beyond `width` carry nothing. */
function withoutEmptyEnd(values: string[], width = 0): string[] {
  let length = values.length
  while (length > width && values[length - 1] === '') length--
  return values.slice(0, Math.min(length, columns_max + 1))
}

function unreadable(error: CsvError, regel: number): Error {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const melding = `Een rij is langer dan ${record_chars_max} tekens.`
    return new SourceFault(
      [{ pointer: '', code: 'te-lang', melding, watNu: 'Controleer of aanhalingstekens gesloten zijn.' }],
      regel,
    )
  }
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return error
  const melding = 'Een aanhalingsteken wordt geopend en niet gesloten; vanaf daar is het bestand niet te lezen.'
  return new SourceFault([{ pointer: '', code: 'aanhalingstekens', melding, watNu: 'Sluit het aanhalingsteken.' }], regel)
}

function noHeader(): SourceFault {
  const melding = 'Het bestand is leeg: er is geen kopregel.'
  return new SourceFault([{ pointer: '', code: 'leeg', melding, watNu: 'Zet de namen van de kolommen op de eerste regel.' }], 1)
}

function tooMany(regel: number): SourceFault {
  const melding = `Er zijn meer dan ${records_max} rijen.`
  return new SourceFault([{ pointer: '', code: 'te-veel', melding, watNu: 'Verdeel het bestand.' }], regel)
}
