import type { Registratie } from '../../schemas/types.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import type { KeptFacts } from '../stages/retention/term.ts'

/** What of a registration decides how long it is kept. */
export function keptFacts(row: RegistrationRow, { persoon, betrokkenheid }: Registratie): KeptFacts {
  const ended = betrokkenheid.status === 'afgesloten'
  return {
    renewedOn: row.renewedOn,
    receivedOn: dayOf(row.receivedAt),
    endedOn: ended ? (row.endedOn ?? row.renewedOn) : null,
    reason: ended ? (betrokkenheid.afsluitreden ?? null) : null,
    archivedOn: row.archivedOn,
    role: persoon.rolInGezin ?? 'jeugdige',
    birthDate: persoon.geboortedatum ?? null,
  }
}
