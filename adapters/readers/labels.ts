import { isUtf8 } from 'node:buffer'
import PostalMime from 'postal-mime'
import type { Fault } from '../../schemas/fault.ts'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { allBytes } from './bytes.ts'
import { depth_max, message_bytes_max } from './limits.ts'
import { type Cells, checkHeader, type Layout, type SourceRow } from './rows.ts'

/**
 * The one row of an e-mail message (RFC 5322, MIME) whose plain text holds `Label: waarde` lines. What stands before the first
 * label of the layout and after the last is greeting and signature, and is left out; between them every line that is not blank must
 * be a label, once. A label that is not there is an empty cell. Attachments are not opened.
 */
export async function* readLabels(content: Content, layout: Layout): AsyncGenerator<SourceRow> {
  const bytes = withoutMark(await allBytes(content, message_bytes_max))
  const isLabel = (line: string) => layout.has(labelOf(line))
  const text = await plainText(bytes, isLabel)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const from = lines.findIndex(isLabel)
  if (from < 0) throw unreadable('geen-labels', 'Het bericht bevat geen enkele regel van dit formaat.')
  const part = lines.slice(from, lines.findLastIndex(isLabel) + 1).filter((line) => line !== '')
  checkHeader(
    part.map((line) => tellable(labelOf(line), layout)),
    { has: layout.has, required: [] },
    1,
  )
  const cells: Cells = Object.create(null)
  for (const column of layout.required) cells[column] = ''
  for (const line of part) cells[labelOf(line)] = line.slice(line.indexOf(':') + 1).trim()
  yield { regel: 1, cells, fouten: [], bron: part.join('\n') }
}

/**
 * The text of the message. Mail programs of old send 8-bit text without saying in which encoding: what is no UTF-8 is then
 * Windows-1252, as everywhere else. A file of labels alone, without the header of a message, is its own text.
 */
async function plainText(bytes: Uint8Array, isLabel: (line: string) => boolean): Promise<string> {
  try {
    const options = { maxNestingDepth: depth_max }
    const text = (await PostalMime.parse(bytes, options)).text ?? ''
    const first = new TextDecoder('windows-1252').decode(bytes).split(/\r?\n/, 1)[0] as string
    if (isLabel(first)) return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes)
    if (!text.includes('\ufffd') || isUtf8(bytes)) return text
    return (await PostalMime.parse(asUtf8(bytes), options)).text ?? ''
  } catch {
    throw unreadable('bericht', 'Het bericht is niet te lezen als e-mail.')
  }
}

function asUtf8(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder('windows-1252').decode(bytes))
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).toString('latin1') === 'ï»¿' ? bytes.subarray(3) : bytes
}

function labelOf(line: string): string {
  return line.slice(0, Math.max(line.indexOf(':'), 0)).trim()
}

/** A line of free text can have a colon too: what is no single word is not repeated. */
function tellable(label: string, layout: Layout): string {
  return layout.has(label) || !/\s/.test(label) ? label : ''
}

function unreadable(code: string, melding: string): SourceFault {
  const watNu = 'Stuur het bericht door als .eml, met de regels ‘Label: waarde’ als platte tekst.'
  const fault: Fault = { pointer: '', code, melding, watNu }
  return new SourceFault([fault], 1)
}
