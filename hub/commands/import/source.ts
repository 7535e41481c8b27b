import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { SourceFault } from '../../../adapters/source-fault.ts'
import type { Fault } from '../../../schemas/fault.ts'
import { HubError } from '../../errors.ts'
import { type IncomingRow, rowOfFile } from '../../flows/import-rows.ts'
import type { Sender } from './sender.ts'

/** A file as batches of rows, and the fingerprint of all that was read. */
export interface Source {
  /** `today` is the day of receipt, for sources that give an involvement no date. */
  batches(today: string): AsyncIterable<IncomingRow[]>
  /** SHA-256 of the content; null for standard input, which cannot be read twice. */
  fingerprint(): Promise<string | null>
}

const BATCH_ROWS = 500

/** Opens a file, or standard input for `-`. Throws `gebruik` when there is none. */
export function openSource({ adapter, principal }: Sender, file: string): Source {
  if (file !== '-' && !existsSync(file)) throw new HubError('gebruik', { detail: `${file} bestaat niet.` })
  const open = () => (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>
  return {
    async *batches(today) {
      const context = { client: principal.client, gemeente: principal.municipalities[0] ?? '', ontvangenOp: today }
      let batch: IncomingRow[] = []
      try {
        for await (const row of adapter.read(open(), context)) {
          batch.push(rowOfFile(row))
          if (batch.length < BATCH_ROWS) continue
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

/** Where a file cannot be read on is a refused row of its own; the rows before it stand. */
function unreadable(regel: number, fouten: Fault[]): IncomingRow {
  return { regel, bronbericht: null, registration: undefined, consents: [], fouten, source: '', sourceOf: (pointer) => pointer }
}
