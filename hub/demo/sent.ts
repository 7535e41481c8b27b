import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** What the demo sent before, so that a second start sends nothing twice. Counts and hashes only. */
export interface Sent {
  /** Per file (client, adapter, name and hash of the content): what became of its rows. */
  files: Record<string, { gelezen: number; afgekeurd: number }>
  /** Per client: hashes of the consents that were recorded. */
  consents: Record<string, string[]>
}

const FILE = 'demo-verzonden.json'

export function readSent(dataDir: string): Sent {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'))
  } catch {
    return { files: {}, consents: {} }
  }
}

export function writeSent(dataDir: string, sent: Sent): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, FILE)
  const file = openSync(`${path}.nieuw`, 'w', 0o600)
  writeSync(file, JSON.stringify(sent))
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.nieuw`, path)
}
