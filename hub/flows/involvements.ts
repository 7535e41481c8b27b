import type { Hub } from '../context.ts'
import type { RegistrationRow } from '../rows.ts'
import { addYears } from '../stages/calendar.ts'
import { counts, type Involvement } from '../stages/match/involvement.ts'

/** Whether an involvement goes on, on this day, by the region's policy: not ended, and not (due to be) in the archive. */
export function isOpen(hub: Hub, row: RegistrationRow, day: string): boolean {
  if (row.archivedOn !== null || addYears(row.renewedOn, hub.policy.bewaren.actiefJaren) <= day) return false
  return counts({ status: row.status, signals: row.signals === 1, endedOn: row.endedOn }, hub.counting, day)
}

/** Whether a registration takes part in matching on this day: open, and not frozen by an objection. */
export function takesPart(hub: Hub, row: RegistrationRow, day: string): boolean {
  return row.frozen === 0 && isOpen(hub, row, day)
}

export function involvementOf(row: RegistrationRow, familyKeys: string[], countsAs?: string): Involvement {
  const { seq, organisation, municipality, residence, residenceSince, status, startedOn } = row
  const lives = { municipality, residence, residenceSince }
  const side = { seq, organisation, person: row.person as string, familyKeys, ...lives, status, startedOn }
  return countsAs === undefined ? side : { ...side, countsAs }
}
