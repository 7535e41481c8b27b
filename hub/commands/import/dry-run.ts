import { allFaults } from '../../../adapters/faults.ts'
import { dayOf } from '../../stages/calendar.ts'
import { checkRegistration } from '../../stages/ingest/check.ts'
import type { Sender } from './sender.ts'
import type { Source } from './source.ts'
import type { Tally } from './tally.ts'

/** Checks every row of a file and keeps nothing; needs no store. */
export async function dryRun(source: Source, { magBsn }: Sender, at: Date, tally: Tally): Promise<void> {
  const today = dayOf(at)
  for await (const rows of source.batches(today))
    await tally.rows(
      rows.map((row) => {
        const found = row.registration === undefined ? [] : checkRegistration(row.registration, { magBsn }, today)
        const fouten = allFaults(row, found)
        const place = row.regel === undefined ? {} : { regel: row.regel }
        return {
          ...place,
          bronbericht: row.bronbericht,
          uitkomst: fouten.length > 0 ? ('afgekeurd' as const) : ('geaccepteerd' as const),
          fouten,
        }
      }),
    )
}
