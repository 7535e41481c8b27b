import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { readSource } from '../../../adapters/read-source.ts'
import { result_head_bytes } from '../../../adapters/result.ts'
import { SourceFault } from '../../../adapters/source-fault.ts'
import type { Fault } from '../../../schemas/fault.ts'
import type { Source } from '../../flows/import-file.ts'
import { type IncomingRow, rowOfFile } from '../../flows/import-rows.ts'
import type { Sender } from './sender.ts'

/** A file of a sender, or standard input for `-`, as batches of rows. */
export function openSource({ adapter, principal }: Sender, file: string, batch_rows: number): Source {
  const bytes = () => (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>
  return {
    async *batches(today) {
      const context = { client: principal.client, gemeente: principal.municipalities[0] ?? '', ontvangenOp: today }
      let batch: IncomingRow[] = []
      try {
        for await (const row of readSource(adapter, bytes(), context)) {
          batch.push(rowOfFile(row))
          if (batch.length < batch_rows) continue
          yield batch
          batch = []
        }
      } catch (error) {
        if (!(error instanceof SourceFault)) throw error
        batch.push(unreadable(error.regel, error.fouten))
      }
      if (batch.length > 0) yield batch
    },
    async fingerprint() {
      if (file === '-') return null
      const hash = createHash('sha256')
      for await (const part of createReadStream(file)) hash.update(part)
      return hash.digest('hex')
    },
  }
}

/** The first bytes of a file, by which the form of its result is told; none of standard input, which is read once. */
export async function headOf(file: string): Promise<Uint8Array> {
  if (file === '-') return new Uint8Array(0)
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(result_head_bytes) })
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Where a file cannot be read on is a refused row of its own; the rows before it stand. */
function unreadable(regel: number, fouten: Fault[]): IncomingRow {
  return { regel, bronbericht: null, registration: undefined, consents: [], fouten, source: '', sourceOf: (pointer) => pointer }
}
