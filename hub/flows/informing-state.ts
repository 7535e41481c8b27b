import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import { type InformingState, informingOf } from '../stages/retention/informing.ts'
import type { DossierEntry } from './dossier.ts'

/** Who must know of one registration that goes on, and whether that was done; `entries` are those recorded beside it. */
export function informingState(
  hub: Hub,
  row: RegistrationRow,
  { persoon, gezagsdragers, geinformeerd, betrokkenheid }: Registratie,
  entries: DossierEntry[],
): InformingState[] {
  if (betrokkenheid.status === 'afgesloten' || row.archivedOn !== null) return []
  const recorded = entries.flatMap((entry) =>
    entry.kind === 'informering' && entry.row.registration === row.seq ? [entry.content] : [],
  )
  const facts = {
    receivedOn: dayOf(row.receivedAt),
    birthDate: persoon.geboortedatum ?? null,
    guardians: gezagsdragers ?? [],
    records: [...(geinformeerd ?? []), ...recorded],
  }
  return informingOf(hub.policy, facts, dayOf(hub.clock.domain()))
}
