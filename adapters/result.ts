import type { ResultForm } from './adapter.ts'
import { adapterNamed } from './registry.ts'
import { asCsv } from './result/csv.ts'
import type { RowOutcome } from './result/outcome.ts'
import { asXml } from './result/xml.ts'

/**
 * The way back: what became of every row, in the form that the source's people know: CSV with the same delimiter beside CSV, XML
 * beside XML, NDJSON beside JSON. An unknown adapter gets NDJSON. No value of the source but `bronbericht` is in it.
 */
export function renderResult(adapterName: string, outcomes: readonly RowOutcome[]): Rendered {
  return RENDERERS[adapterNamed(adapterName)?.result ?? 'ndjson'](outcomes)
}

interface Rendered {
  contentType: string
  body: string
}

const RENDERERS: Record<ResultForm, (outcomes: readonly RowOutcome[]) => Rendered> = {
  'csv-semicolon': (outcomes) => ({ contentType: 'text/csv; charset=utf-8', body: asCsv(outcomes, ';') }),
  'csv-comma': (outcomes) => ({ contentType: 'text/csv; charset=utf-8', body: asCsv(outcomes, ',') }),
  xml: (outcomes) => ({ contentType: 'application/xml; charset=utf-8', body: asXml(outcomes) }),
  ndjson: (outcomes) => ({
    contentType: 'application/x-ndjson',
    body: outcomes.map((row) => `${JSON.stringify(row)}\n`).join(''),
  }),
}
