import type { Adapter, ResultForm, RowOutcome } from './adapter.ts'
import { csvWriter } from './result/csv.ts'
import { messageWriter } from './result/message.ts'
import type { ResultWriter } from './result/writer.ts'
import { xlsxWriter } from './result/xlsx.ts'
import { xmlWriter } from './result/xml.ts'

export interface Result {
  contentType: string
  /** Of a file that holds it, without the dot. */
  extension: string
  body: Uint8Array
}

/** Bytes of a file from which the form of its result can be told. */
export const result_head_bytes = 512

/** The form in which the senders of a file that begins like this get its result. */
export function resultFormOf(adapter: Pick<Adapter, 'result'>, head: Uint8Array): ResultForm {
  return typeof adapter.result === 'function' ? adapter.result(head) : adapter.result
}

/**
 * The way back: what became of every row, in the form that the source's people know: a table beside a table, XML beside XML, an answer
 * beside an e-mail. Rows are given as they are known. No value of the source but `bronbericht` is in it.
 */
export function startResult(form: ResultForm): { add(outcomes: readonly RowOutcome[]): void; finish(): Result } {
  const { contentType, extension, head, row, tail, pack } = WRITERS[form]
  const parts = [head]
  return {
    add: (outcomes) => void parts.push(outcomes.map(row).join('')),
    finish() {
      const text = [...parts, tail].join('')
      return { contentType, extension, body: pack?.(text) ?? Buffer.from(text) }
    },
  }
}

const WRITERS: Record<ResultForm, ResultWriter> = {
  'csv-semicolon': csvWriter(';'),
  'csv-comma': csvWriter(','),
  xlsx: xlsxWriter,
  xml: xmlWriter,
  message: messageWriter,
  ndjson: {
    contentType: 'application/x-ndjson',
    extension: 'ndjson',
    head: '',
    row: (row) => `${JSON.stringify(row)}\n`,
    tail: '',
  },
}
