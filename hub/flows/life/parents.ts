import type { Hub } from '../../context.ts'
import { subjectFrom } from '../../stages/link/subject.ts'
import { keepFamilies } from '../processed.ts'
import { reassess } from '../reassess.ts'
import type { Waiting } from './accept-events.ts'
import { addFacts, concerned, logActs, open, touchedBy, withNumber } from './found.ts'

/**
 * Who somebody's parents are. It ties the family as a guardian who is named in full does, and no more: custody is another matter, so
 * nobody's answer is asked for or counted because of it.
 */
export async function hasParents(hub: Hub, waiting: Waiting): Promise<void> {
  const { event, teller } = waiting
  const ouders = event.ouders.map((parent) => {
    const { voornamen, voorvoegsel, geslachtsnaam, geboortedatum } = subjectFrom(parent)
    return { voornamen, voorvoegsel, geslachtsnaam, geboortedatum }
  })
  await withNumber(hub, event.bsn, async (tx, found) => {
    const own = concerned(found, waiting)
    await addFacts(hub, tx, own, { ouders })
    const now = await open(hub, tx, await tx.registrations.bySeqs(own.map(({ row }) => row.seq)))
    await keepFamilies(
      hub,
      tx,
      now.map(({ row }) => row),
      new Map(now.map(({ row, content }) => [row.seq, content])),
    )
    await logActs(hub, tx, now, event, teller)
    await reassess(hub, tx, touchedBy(now))
  })
}
