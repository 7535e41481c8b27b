import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { RegistrationRow, RequestRow } from '../../rows.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { eventOf } from '../event-of.ts'
import { pointOfRequest } from './request-route.ts'

/**
 * Meldingen that nobody answered yet go along with the residence of the registration that they are about, terms and all. Who made one
 * and both points hear; within one point's municipalities only the municipality changes. One that was answered stays where it was.
 */
export async function moveRequests(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  const requests = await tx.coordination.requests.byRegistrations([...bySeq.keys()])
  for (const request of requests.filter(({ state }) => state === 'ontvangen' || state === 'getoetst')) {
    const row = bySeq.get(request.registration)
    const point = row && pointOfRequest(hub, row)
    if (!point || livesIn(row) === request.municipality) continue
    const moved = { ...request, receiver: point, municipality: livesIn(row) }
    await tx.coordination.requests.update(moved)
    if (moved.receiver !== request.receiver) await tellMoved(hub, tx, row, request, moved)
  }
}

async function tellMoved(hub: Hub, tx: Tx, row: RegistrationRow, from: RequestRow, to: RequestRow): Promise<void> {
  const path = `/v1/meldingen/${to.id}`
  const about = ({ municipality }: RequestRow) => ({ municipality, seqs: [row.seq] })
  await tx.events.append([
    eventOf(hub, from.receiver, 'melding.verhuisd.v1', path, about(from)),
    eventOf(hub, to.receiver, 'melding.ontvangen.v1', path, about(to)),
    eventOf(hub, to.organisation, 'melding.verhuisd.v1', path, { seqs: [row.seq] }),
  ])
  const line = { actie: 'wijzigen', uitkomst: 'toegestaan', object: to.id, persoon: row.person, controles: 'verhuisd' } as const
  await tx.log.append([hubLine(line)], hub.clock.real())
  hub.delivery.ring()
}
