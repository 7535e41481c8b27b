import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { addDays, dayOf } from '../stages/calendar.ts'
import { livesIn } from '../stages/coordination/residence.ts'
import { eventOf } from './event-of.ts'
import { loadFiles } from './files.ts'
import { takesPart } from './involvements.ts'
import { mayTell } from './permits.ts'
import { receiverFor } from './receivers.ts'

/**
 * The one signal that a registration gives from the archive, where the policy has it (`signaalUitArchief`, Jeugdwet 7.1): who registers the
 * person anew is told once who was involved before, as a match that is closed already. The archived side hears nothing.
 */
export async function signalFromArchive(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  if (!hub.policy.bewaren.signaalUitArchief) return
  const now = hub.clock.domain()
  const fresh = rows.filter((row) => row.person !== null && takesPart(hub, row, dayOf(now)))
  const files = await loadFiles(hub, tx, fresh)
  for (const row of fresh) {
    const receiver = receiverFor(hub.region, row.organisation)
    const archived = [...files.rows.values()].filter(
      (other) => other.archivedOn !== null && other.person === row.person && other.organisation !== row.organisation,
    )
    for (const other of receiver ? archived : [])
      if (receiver && mayTell(hub, files, other.seq, receiver, now).besluit === 'toestaan') await signalOnce(hub, tx, row, other)
  }
}

async function signalOnce(hub: Hub, tx: Tx, row: RegistrationRow, archived: RegistrationRow): Promise<void> {
  const mark = hub.keys.hash('kalender', `${archived.id}\0archief`)
  if ((await tx.marks.addNew([{ mark, registration: archived.seq }])).length === 0) return
  const now = hub.clock.domain()
  const [openedAt, match, id, receiver] = [now.toISOString(), hub.ids.next('m'), hub.ids.timeless('m'), row.organisation]
  const told = { kind: 'persoon', state: 'gesloten', openedAt, closedAt: openedAt }
  await tx.matches.insert([{ ...told, id: match, subject: row.person as string, escalatedAt: null }])
  await tx.matches.insertDisclosure({
    ...told,
    id,
    match,
    receiver,
    number: await tx.matches.nextNumber(receiver),
    municipality: livesIn(row),
    own: JSON.stringify([row.seq]),
    others: JSON.stringify([archived.seq]),
    digest: '',
    followed: 0,
    dueOn: addDays(dayOf(now), hub.contactDays),
    overdueTold: 1,
  })
  await tx.events.append([
    eventOf(hub, receiver, 'match.geopend.v1', `/v1/matches/${id}`, { municipality: livesIn(row), seqs: [row.seq] }),
  ])
  const facts = { actie: 'exporteren', uitkomst: 'toegestaan', controles: 'signaal,archief' } as const
  await tx.log.append([hubLine({ ...facts, object: id, organisatie: receiver, persoon: row.person })], hub.clock.real())
}
