import type { Sender } from '../../edges/inbox/sender.ts'
import type { FileRowOutcome, Source } from '../../flows/import-file.ts'
import type { IncomingRow } from '../../flows/import-rows.ts'
import { rowFaults } from '../../flows/row-faults.ts'
import { dayOf } from '../../stages/calendar.ts'

/** Checks every row of a file and keeps nothing; needs no store. */
export async function dryRun(
  source: Source,
  { rights }: Sender,
  at: Date,
  tell: (outcomes: FileRowOutcome[]) => Promise<void>,
): Promise<void> {
  const today = dayOf(at)
  const judge = (row: IncomingRow): FileRowOutcome => {
    const fouten = rowFaults(row, rights, today)
    const place = row.regel === undefined ? {} : { regel: row.regel }
    return { ...place, bronbericht: row.bronbericht, uitkomst: fouten.length > 0 ? 'afgekeurd' : 'geaccepteerd', fouten }
  }
  for await (const rows of source.batches(today)) await tell(rows.map(judge))
}
