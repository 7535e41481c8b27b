import type { Hub } from '../../context.ts'
import { keepTerms } from '../coordination/keep-terms.ts'
import { reassess } from '../reassess.ts'
import { takeTerms } from '../take-terms.ts'
import type { Waiting } from './accept-events.ts'
import { addFacts, concerned, type Found, logActs, open, tellRegistrants, touchedBy, withNumber } from './found.ts'

/**
 * Somebody died. What goes on ends on that day, so whoever was told of it hears that it ended; then the policy's term for it is taken, which
 * destroys at once where it says so. Nothing is known of a registration that was destroyed, so taking the same event again finds none.
 */
export async function died(hub: Hub, waiting: Waiting): Promise<void> {
  const { event, teller } = waiting
  const seqs = await withNumber(hub, event.bsn, async (tx, found) => {
    const facts = await hub.contents.openFacts(found.map(({ row }) => row))
    const all = concerned(found, waiting)
    const fresh = all.filter(({ row }) => facts.get(row.seq)?.overleden === undefined)
    await addFacts(hub, tx, fresh, { overleden: event.datum })
    await tx.registrations.close(
      fresh.filter(goesOn).map(({ row }) => row.seq),
      event.datum,
    )
    const ended = await open(hub, tx, await tx.registrations.bySeqs(fresh.map(({ row }) => row.seq)))
    await keepTerms(
      hub,
      tx,
      ended.map(({ row }) => row),
      new Map(ended.map(({ row, content }) => [row.seq, content])),
    )
    await logActs(hub, tx, ended, event, teller)
    await tellRegistrants(hub, tx, ended, 'persoon.overleden', teller)
    await reassess(hub, tx, touchedBy(ended))
    return all.map(({ row }) => row.seq)
  })
  await takeTerms(hub, seqs)
}

const goesOn = ({ row }: Found) => row.status !== 'afgesloten'
