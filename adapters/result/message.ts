import type { RowOutcome } from '../adapter.ts'
import { nextSteps } from './outcome.ts'
import type { ResultWriter } from './writer.ts'

/**
 * The outcomes as an answer by e-mail, in the same `Label: waarde` lines. It has no addressee, since the hub keeps no sender:
 * `X-Unsent` makes mail programs open it as a draft.
 */
export const messageWriter: ResultWriter = {
  contentType: 'message/rfc822',
  extension: 'eml',
  head: 'Beste collega,\r\n\r\nDit is er van uw aanmelding geworden.\r\n',
  row: lines,
  tail: '\r\nDe verwijsindex\r\n',
  pack: (text) => Buffer.from(`${HEADER}${folded(Buffer.from(text).toString('base64'))}\r\n`),
}

const HEADER = [
  'Subject: Uitkomst van uw aanmelding bij de verwijsindex',
  'X-Unsent: 1',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '\r\n',
].join('\r\n')

function lines(row: RowOutcome): string {
  const told = (label: string, value: string) => (value === '' ? '' : `${label}: ${printable(value)}\r\n`)
  const faults = row.fouten.map(({ pointer, melding }) => told('Fout', pointer ? `${pointer}: ${melding}` : melding))
  return [
    '\r\n',
    told('Bronbericht', row.bronbericht ?? ''),
    told('Uitkomst', row.uitkomst),
    ...faults,
    told('Toestemming ontbreekt', (row.ontbreekt ?? []).join(', ')),
    told('Nog informeren', (row.informeren ?? []).join(', ')),
    ...nextSteps(row).map((step) => told('Wat nu', step)),
  ].join('')
}

function printable(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}/gu, '\ufffd')
}

/** RFC 2045, 6.8: encoded lines of at most 76 characters. */
function folded(text: string): string {
  return text.replace(/.{76}/g, '$&\r\n')
}
