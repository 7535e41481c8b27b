import { runCommand, type Site } from './child-hub.ts'
import type { Acknowledgement, Attempt } from './ledger.ts'

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

/** Compares the ledger with what `export` printed. */
export function compare(
  { attempts, acknowledgements }: { attempts: Attempt[]; acknowledgements: Acknowledgement[] },
  exported: ExportLine[],
): Differences {
  const nameOf = (entry: { client: string; kenmerk: string }) => `${entry.client} ${entry.kenmerk}`
  const messageOf = (entry: Attempt) => `${nameOf(entry)} ${entry.bronbericht} ${entry.versie}`
  const versions = new Map(attempts.map((entry) => [`${entry.client} ${entry.bronbericht}`, entry.versie]))
  const sent = new Set(attempts.map(messageOf))
  const stored = new Map(exported.map((line) => [nameOf(line), line]))
  const lost = acknowledgements.filter((entry) => {
    const version = versions.get(`${entry.client} ${entry.bronbericht}`) ?? 0
    return (stored.get(nameOf(entry))?.versie ?? 0) < version
  })
  const ids = new Set(exported.map((line) => line.id))
  return {
    lost: lost.map((entry) => `${nameOf(entry)} ${entry.bronbericht}`),
    unexpected: exported.filter((line) => !sent.has(messageOf(line))).map(messageOf),
    twice: exported.length === stored.size && exported.length === ids.size ? [] : [`${exported.length} lines, ${ids.size} ids`],
    otherId: acknowledgements.filter((entry) => (stored.get(nameOf(entry))?.id ?? entry.id) !== entry.id).map(nameOf),
  }
}

/** What `export` prints now. */
export async function exported(site: Site): Promise<ExportLine[]> {
  const { code, stdout, stderr } = await runCommand(site, ['export'])
  if (code !== 0) throw new Error(`export ended with ${code}: ${stderr}`)
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
