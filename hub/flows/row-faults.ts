import { allFaults } from '../../adapters/faults.ts'
import type { Fault } from '../../schemas/fault.ts'
import type { Day } from '../stages/calendar.ts'
import { checkRegistration, type SenderRights } from '../stages/ingest/check.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'

/** What of a row there is to check. */
interface Row {
  registration: unknown
  event?: unknown
  fouten: Fault[]
  sourceOf: (pointer: string) => string
}

/** What is wrong with a row, all at once; empty means: accept. */
export function rowFaults(row: Row, rights: SenderRights, today: Day): Fault[] {
  if (row.event) return allFaults(row, rights.magBsn ? [] : [NO_NUMBERS])
  return row.registration === undefined ? row.fouten : allFaults(row, checkRegistration(row.registration, rights, today))
}

const NO_NUMBERS = faultOf(
  '/bsn',
  'bsn-niet-toegestaan',
  'Uw organisatie mag geen BSN aanleveren.',
  'Gebeurtenissen uit de BRP komen van een gemeente die het BSN mag gebruiken.',
)
