import type { Inzagen, InzagenVraag } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { LookRow } from '../ports/oversight.ts'
import type { Principal } from '../principal.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { addDays, dayOf, startOfDay } from '../stages/calendar.ts'
import type { Answer } from './answer.ts'
import { namedPerson } from './look-log.ts'
import { ownRegistration } from './look-registrations.ts'
import { receiverFor } from './receivers.ts'
import { viewersOf } from './viewers.ts'

const ROWS_MAX = 1000
const BEGIN = '2000-01-01'

/** Which others looked at a registration of the asker's own organisation, by day; only others that it sees in the match itself. */
export function lookSeen(hub: Hub, principal: Principal, id: string): Promise<Answer<Inzagen>> {
  return hub.store.read(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    const viewers = await viewersOf(hub, tx, row)
    const persons = row.person ? await tx.linking.aliases([row.person]) : []
    const objects = viewers.map((viewer) => ({ organisation: viewer.receiver, match: viewer.id }))
    const rows = objects.length === 0 ? [] : await tx.oversight.looksThrough(persons, objects, ROWS_MAX)
    const inzagen = rows.map(({ day, organisation, looks }) => ({
      dag: day,
      organisatie: named(hub, organisation),
      aantal: Number(looks),
    }))
    const line = lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: row.person })
    return { body: { inzagen }, lines: [line] }
  })
}

/** All that was looked at of a person, for the person, through the privacy officer: who, when, as what and on which ground. */
export async function lookSeenOf(hub: Hub, principal: Principal, { persoon, van, tot }: InzagenVraag): Promise<Answer<Inzagen>> {
  const { persons, known } = await namedPerson(hub, persoon)
  const until = startOfDay(tot ?? addDays(dayOf(hub.clock.real()), 1)).toISOString()
  const period = { from: startOfDay(van ?? BEGIN).toISOString(), until }
  const rows = persons?.length ? await hub.store.read((tx) => tx.oversight.looksAt(persons, period, ROWS_MAX)) : []
  const line = lineOf(principal, { actie: 'exporteren', uitkomst: 'toegestaan', object: 'inzagen', persoon: known })
  return { body: { inzagen: rows.map((row) => shown(hub, row)) }, lines: [line] }
}

function shown(hub: Hub, { day, organisation, action, policy, rule, looks }: LookRow): Inzagen['inzagen'][number] {
  const grond = policy !== null && rule !== null ? { reglement: policy, regel: rule } : null
  return { dag: day, organisatie: named(hub, organisation), actie: action, grond, aantal: Number(looks) }
}

function named(hub: Hub, id: string | null): { id: string; naam: string } | null {
  return id === null ? null : { id, naam: receiverFor(hub.region, id)?.naam ?? id }
}
