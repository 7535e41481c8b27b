import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { pieces } from './text.ts'

/** The whole content, for a format that cannot be read from front to back; refused beyond `bytes_max`. */
export async function allBytes(content: Content, bytes_max: number): Promise<Buffer> {
  const held: Uint8Array[] = []
  let total_bytes = 0
  for await (const piece of pieces(content)) {
    total_bytes += piece.length
    if (total_bytes > bytes_max) throw tooLarge(bytes_max)
    held.push(piece)
  }
  return Buffer.concat(held)
}

function tooLarge(bytes_max: number): SourceFault {
  const melding = `Het bestand is groter dan ${bytes_max / 1024 / 1024} MiB.`
  return new SourceFault([{ pointer: '', code: 'te-groot', melding, watNu: 'Verdeel het over meer bestanden.' }], 1)
}
