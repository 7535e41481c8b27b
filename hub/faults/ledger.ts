import { fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** A message as it was about to be sent: written before its first byte leaves. */
export interface Attempt {
  client: string
  bronbericht: string
  kenmerk: string
  versie: number
}

/** What the hub answered for a message that it took. */
export interface Acknowledgement {
  client: string
  bronbericht: string
  kenmerk: string
  id: string
}

/** The sender's own book, apart from the hub's: every line is on disk before the next thing happens. */
export interface Ledger {
  attempted(attempts: Attempt[]): void
  acknowledged(acknowledgements: Acknowledgement[]): void
  read(): { attempts: Attempt[]; acknowledgements: Acknowledgement[] }
}

export function openLedger(path: string): Ledger {
  const file = openSync(path, 'a', 0o600)
  const write = (kind: 'attempt' | 'acknowledgement', entries: object[]) => {
    writeSync(file, entries.map((entry) => `${JSON.stringify({ kind, ...entry })}\n`).join(''))
    fsyncSync(file)
  }
  return {
    attempted: (attempts) => write('attempt', attempts),
    acknowledged: (acknowledgements) => write('acknowledgement', acknowledgements),
    read() {
      const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
      const entries = lines.map((line) => JSON.parse(line) as { kind: string })
      const of = <T>(kind: string) => entries.filter((entry) => entry.kind === kind) as unknown as T[]
      return { attempts: of<Attempt>('attempt'), acknowledgements: of<Acknowledgement>('acknowledgement') }
    },
  }
}
