import { createReadStream, fsyncSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A message as it was about to be sent: written before its first byte leaves. */
export interface Attempt {
  client: string
  bronbericht: string
  kenmerk: string
  versie: number
}

/** What the hub answered for a message that it took. */
export interface Acknowledgement extends Attempt {
  id: string
}

export type Entry = ({ kind: 'attempt' } & Attempt) | ({ kind: 'acknowledgement' } & Acknowledgement)

/** The sender's own book, apart from the hub's: every line is on disk before the next thing happens. */
export interface Ledger {
  attempted(attempts: Attempt[]): void
  acknowledged(acknowledgements: Acknowledgement[]): void
  /** In the order in which they were written, read as they are asked for. */
  entries(): AsyncIterable<Entry>
}

export function openLedger(path: string): Ledger {
  const file = openSync(path, 'a', 0o600)
  const write = (kind: Entry['kind'], entries: object[]) => {
    writeSync(file, entries.map((entry) => `${JSON.stringify({ kind, ...entry })}\n`).join(''))
    fsyncSync(file)
  }
  return {
    attempted: (attempts) => write('attempt', attempts),
    acknowledged: (acknowledgements) => write('acknowledgement', acknowledgements),
    async *entries() {
      for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line) as Entry
    },
  }
}
