import { linesOfCommand, type Site } from './child-hub.ts'
import type { Attempt, Entry } from './ledger.ts'

export interface ExportLine {
  id: string
  client: string
  bronbericht: string
  kenmerk: string
  versie: number
}

/** How a store differs from the book of those who sent; each lists what it is about. */
export interface Differences {
  /** Acknowledged and not there, or there as an older version. */
  lost: string[]
  /** There and never sent. */
  unexpected: string[]
  /** One registration under two ids, or one id twice. */
  twice: string[]
  /** There under another id than the one acknowledged. */
  otherId: string[]
}

interface Stored {
  id: string
  bronbericht: string
  versie: number
  wasSent: boolean
}

/** Compares the ledger with what `export` printed; of both only what is stored is held in memory, a few hundred bytes for each registration. */
export async function compare(
  ledger: AsyncIterable<Entry> | Iterable<Entry>,
  lines: AsyncIterable<ExportLine> | Iterable<ExportLine>,
): Promise<Differences> {
  const stored = new Map<string, Stored>()
  const ids = new Set<string>()
  let count = 0
  for await (const { id, bronbericht, versie, ...name } of lines) {
    stored.set(nameOf(name), { id, bronbericht, versie, wasSent: false })
    ids.add(id)
    count++
  }
  const found: Differences = { lost: [], unexpected: [], twice: [], otherId: [] }
  for await (const entry of ledger) {
    const there = stored.get(nameOf(entry))
    if (entry.kind === 'attempt') {
      if (there?.bronbericht === entry.bronbericht && there.versie === entry.versie) there.wasSent = true
      continue
    }
    if ((there?.versie ?? 0) < entry.versie) found.lost.push(messageOf(entry))
    if (there && there.id !== entry.id) found.otherId.push(nameOf(entry))
  }
  for (const [name, { wasSent, bronbericht, versie }] of stored)
    if (!wasSent) found.unexpected.push(`${name} ${bronbericht} ${versie}`)
  if (count !== stored.size || count !== ids.size) found.twice.push(`${count} lines, ${ids.size} ids`)
  return found
}

const nameOf = ({ client, kenmerk }: Pick<Attempt, 'client' | 'kenmerk'>) => `${client} ${kenmerk}`
const messageOf = (entry: Attempt) => `${nameOf(entry)} ${entry.bronbericht} ${entry.versie}`

/** What `export` prints now, line by line. */
export async function* exportedLines(site: Site): AsyncGenerator<ExportLine> {
  for await (const line of linesOfCommand(site, ['export'])) yield JSON.parse(line)
}

/** The same, at once. */
export function exported(site: Site): Promise<ExportLine[]> {
  return Array.fromAsync(exportedLines(site))
}
