import { TextDecoder } from 'node:util'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { gather_bytes, piece_bytes, source_bytes_max } from './limits.ts'

/**
 * The text of a source, piece by piece, without a byte order mark. UTF-8 and Windows-1252 are told apart by the first
 * character outside ASCII: when its bytes are no UTF-8, the file is Windows-1252, in which every byte is a character. A file
 * that begins as UTF-8 and goes on otherwise is refused, and so are UTF-16 and what holds a NUL.
 */
export async function* decodeText(content: Content): AsyncGenerator<string> {
  const decode = textDecoder()
  for await (const piece of pieces(content)) {
    const text = decode(piece, false)
    if (text !== '') yield text
  }
  const last = decode(new Uint8Array(0), true)
  if (last !== '') yield last
}

/**
 * The content in pieces of at most `piece_bytes`, and of at least `gather_bytes` but for the last: who sends byte by byte must
 * not make what is looked at again with each piece expensive. Refused beyond `source_bytes_max`.
 */
export async function* pieces(content: Content): AsyncGenerator<Uint8Array> {
  let total_bytes = 0
  let held: Uint8Array[] = []
  let held_bytes = 0
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    total_bytes += chunk.length
    if (total_bytes > source_bytes_max) throw tooLarge()
    held.push(chunk)
    held_bytes += chunk.length
    if (held_bytes < gather_bytes) continue
    yield* cut(held)
    held = []
    held_bytes = 0
  }
  yield* cut(held)
}

function* cut(chunks: Uint8Array[]): Generator<Uint8Array> {
  const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
  for (let at = 0; at < whole.length; at += piece_bytes) yield whole.subarray(at, at + piece_bytes)
}

const character_bytes_max = 4
const WINDOWS_1252 = 'windows-1252'

function textDecoder(): (piece: Uint8Array, isLast: boolean) => string {
  let held = new Uint8Array(0)
  let decoder: TextDecoder | undefined
  let line = 1
  return (piece, isLast) => {
    let bytes: Uint8Array = held.length === 0 ? piece : Buffer.concat([held, piece])
    held = new Uint8Array(0)
    if (!decoder) {
      const from = bytes.findIndex((byte) => byte > 0x7f)
      const isCutOff = from >= 0 && bytes.length - from < character_bytes_max && !isLast
      if (isCutOff) {
        held = bytes.slice(from)
        bytes = bytes.subarray(0, from)
      } else if (from >= 0) decoder = decoderFor(bytes.subarray(from))
    }
    const text = decoded(decoder ?? new TextDecoder(WINDOWS_1252), bytes, !isLast, line)
    if (text.includes('\0') || (line === 1 && /^(ÿþ|þÿ)/.test(text))) throw notText(line)
    line += newlines(text)
    return text
  }
}

/** The decoder for a text of which these are the bytes from the first one outside ASCII. */
function decoderFor(bytes: Uint8Array): TextDecoder {
  const lead = bytes[0]!
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length))
    return new TextDecoder('utf-8', { fatal: true })
  } catch {
    return new TextDecoder(WINDOWS_1252)
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean, line: number): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    throw mixedEncodings(line)
  }
}

function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

function tooLarge(): SourceFault {
  const melding = `Het bestand is groter dan ${source_bytes_max / 1024 / 1024} MiB.`
  return new SourceFault([{ pointer: '', code: 'te-groot', melding, watNu: 'Verdeel het over meer bestanden.' }], 1)
}

function notText(line: number): SourceFault {
  const melding = 'Het bestand is geen tekst in UTF-8 of Windows-1252.'
  const watNu = 'Sla het bestand op als tekst in UTF-8 (geen werkmap, geen UTF-16 of “Unicode”) en bied het opnieuw aan.'
  return new SourceFault([{ pointer: '', code: 'tekenset', melding, watNu }], line)
}

function mixedEncodings(line: number): SourceFault {
  const melding = `Het bestand begint als UTF-8, maar is dat niet meer na regel ${line}.`
  const watNu = 'Sla het hele bestand op als UTF-8 of als Windows-1252 en bied het opnieuw aan.'
  return new SourceFault([{ pointer: '', code: 'tekenset', melding, watNu }], line)
}
