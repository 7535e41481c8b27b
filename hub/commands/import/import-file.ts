import type { Hub } from '../../context.ts'
import { acceptRows, type RowOutcome } from '../../flows/import-rows.ts'
import { processWaiting } from '../../pipeline.ts'
import { dayOf } from '../../stages/calendar.ts'
import type { Sender } from './sender.ts'
import type { Source } from './source.ts'
import type { Tally } from './tally.ts'

const LINK_BATCH = 200

/**
 * Reads a file into the store, batch by batch, each on disk before its rows are reported, and links what came in. That the file is
 * being read is on record until it is done: rows that a run which did not finish took in are `hervat`, not `dubbel`.
 */
export async function importFile(hub: Hub, source: Source, { principal, adapter }: Sender, tally: Tally): Promise<void> {
  const fingerprint = await source.fingerprint()
  const name = `import.${principal.client}.${adapter.name}.${fingerprint}`
  const resumed = fingerprint !== null && (await hub.store.read((tx) => tx.state.get(name))) === 'bezig'
  if (fingerprint !== null) await hub.store.write((tx) => tx.state.set(name, 'bezig'))
  for await (const rows of source.batches(dayOf(hub.clock.domain()))) {
    const outcomes = await acceptRows(hub, principal, rows, { label: adapter.name, origin: 'bestand' })
    await tally.rows(outcomes.map((outcome) => shown(outcome, resumed)))
    while ((await processWaiting(hub, LINK_BATCH)) > 0);
  }
  if (fingerprint !== null) await hub.store.write((tx) => tx.state.set(name, 'klaar'))
}

function shown({ regel, bronbericht, uitkomst, receipt, fouten }: RowOutcome, resumed: boolean) {
  return {
    ...(regel === undefined ? {} : { regel }),
    bronbericht,
    uitkomst: uitkomst === 'dubbel' && resumed ? ('hervat' as const) : uitkomst,
    ...(receipt ? { id: receipt.id } : {}),
    fouten,
  }
}
