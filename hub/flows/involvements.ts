import type { Hub } from '../context.ts'
import type { RegistrationRow } from '../rows.ts'
import { counts, type Involvement } from '../stages/match/involvement.ts'

/** Whether a registration takes part in matching on this day, by the region's policy. */
export function isOpen(hub: Hub, row: RegistrationRow, day: string): boolean {
  return counts({ status: row.status, signals: row.signals === 1, endedOn: row.endedOn }, hub.counting, day)
}

export function involvementOf(row: RegistrationRow, familyKeys: string[]): Involvement {
  const { seq, organisation, municipality, status, startedOn } = row
  return { seq, organisation, person: row.person as string, familyKeys, municipality, status, startedOn }
}
