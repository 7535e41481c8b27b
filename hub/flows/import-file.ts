import type { Hub } from '../context.ts'
import { processWaiting } from '../pipeline.ts'
import type { Principal } from '../principal.ts'
import { dayOf } from '../stages/calendar.ts'
import { acceptRows, type IncomingRow, type RowOutcome } from './import-rows.ts'

/** A file as batches of rows, and the fingerprint of all that was read. */
export interface Source {
  /** `today` is the day of receipt, for sources that give an involvement no date. */
  batches(today: string): AsyncIterable<IncomingRow[]>
  /** SHA-256 of the content; null for standard input, which cannot be read twice. */
  fingerprint(): Promise<string | null>
}

/** What became of a row of a file; `hervat`: a run that did not finish took it in. */
export type FileRowOutcome = Omit<RowOutcome, 'uitkomst'> & { uitkomst: RowOutcome['uitkomst'] | 'hervat' }

/** Everyone near a batch is in memory at once; a larger one costs less CPU a row and more memory as the store grows. */
const LINK_BATCH = 50

/**
 * Reads a file into the store, batch by batch, each on disk before its rows are told. That the file is being read is on record until
 * it is done: rows that a run which did not finish took in are `hervat`, not `dubbel`. `links`: nobody else does the linking.
 */
export async function importFile(
  hub: Hub,
  source: Source,
  { principal, adapter }: { principal: Principal; adapter: { name: string } },
  { links, tell }: { links: boolean; tell: (outcomes: FileRowOutcome[]) => Promise<void> },
): Promise<void> {
  const fingerprint = await source.fingerprint()
  const name = `import.${principal.client}.${adapter.name}.${fingerprint}`
  const resumed = fingerprint !== null && (await hub.store.read((tx) => tx.state.get(name))) === 'bezig'
  if (fingerprint !== null) await hub.store.write((tx) => tx.state.set(name, 'bezig'))
  for await (const rows of source.batches(dayOf(hub.clock.domain()))) {
    const outcomes = await acceptRows(hub, principal, rows, { label: adapter.name, origin: 'bestand' })
    await tell(
      outcomes.map((outcome) => (resumed && outcome.uitkomst === 'dubbel' ? { ...outcome, uitkomst: 'hervat' } : outcome)),
    )
    while (links && (await processWaiting(hub, LINK_BATCH)) > 0);
  }
  if (fingerprint !== null) await hub.store.write((tx) => tx.state.set(name, 'klaar'))
}
