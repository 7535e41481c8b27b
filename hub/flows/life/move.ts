import type { Hub } from '../../context.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { pointFor } from '../../stages/coordination/routing.ts'
import { reassess } from '../reassess.ts'
import type { Waiting } from './accept-events.ts'
import { concerned, logActs, tellRegistrants, touchedBy, withNumber } from './found.ts'

/**
 * Somebody moved. Match and case pass to the point of where the person lives now, with their own events; each registrant hears of its own
 * registration. A municipality without a point in this region follows nothing: what the registrations say themselves routes on. A move
 * that is older than one told before says nothing new.
 */
export async function move(hub: Hub, waiting: Waiting): Promise<void> {
  const { event, teller } = waiting
  const to = event.gemeente ?? ''
  await withNumber(hub, event.bsn, async (tx, found) => {
    const going = concerned(found, waiting).filter(
      ({ row }) => row.archivedOn === null && row.status !== 'afgesloten' && isNewer(row, event.datum, to),
    )
    const seqs = going.map(({ row }) => row.seq)
    await tx.registrations.setResidence(seqs, pointFor(hub.region, to) === undefined ? null : to, event.datum)
    await logActs(hub, tx, going, event, teller)
    const news = going.filter(({ row }) => livesIn(row) !== to)
    await tellRegistrants(hub, tx, news, 'persoon.verhuisd', teller)
    await reassess(hub, tx, touchedBy(news))
  })
}

function isNewer(
  { residence, residenceSince }: { residence: string | null; residenceSince: string | null },
  on: string,
  to: string,
): boolean {
  if (residenceSince === null || residenceSince < on) return true
  return residenceSince === on && residence !== to
}
