import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { SignalCase } from '../stages/audit/signals.ts'
import { reviewsDueBefore } from '../stages/link/review-term.ts'

const CASES_MAX = 1000

/** How many koppelvragen are open longer than their term: the figure for everyone who sees to it that they are answered. */
export function countOverdueReviews(hub: Hub, tx: Tx): Promise<number> {
  return tx.linking.countOpenReviewsBefore(reviewsDueBefore(hub.clock.domain()))
}

/** The same as cases for the privacy officer, the longest waiting first: which, and since when; nothing of whom they are about. */
export function overdueReviews(hub: Hub): Promise<{ count: number; cases: SignalCase[] }> {
  const overdue = { before: reviewsDueBefore(hub.clock.domain()), is: true }
  return hub.store.read(async (tx) => {
    const oldest = await tx.linking.listReviews({ state: 'open', overdue }, '', CASES_MAX)
    const cases = oldest.map(({ id, createdAt }) => ({ object: id, moment: createdAt }))
    return { count: await countOverdueReviews(hub, tx), cases }
  })
}
