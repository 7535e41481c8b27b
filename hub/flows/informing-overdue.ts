import type { Hub } from '../context.ts'
import type { SignalCase } from '../stages/audit/signals.ts'
import { addMonths, dayOf } from '../stages/calendar.ts'

const PAGE = 500
const CASES_MAX = 1000

/** Registrations that go on, past the term for informing, that say of nobody that he or she was informed. */
export async function informingOverdue(hub: Hub): Promise<SignalCase[]> {
  const today = dayOf(hub.clock.domain())
  const months = hub.policy.informeren.binnenMaanden
  const cases: SignalCase[] = []
  for (let after = 0; cases.length < CASES_MAX; ) {
    const { rows, contents } = await hub.store.read(async (tx) => {
      const page = await tx.registrations.listAll(after, PAGE)
      const due = page.filter((row) => row.status !== 'afgesloten' && addMonths(dayOf(row.receivedAt), months) < today)
      return { rows: page, contents: await hub.contents.open(tx, due) }
    })
    for (const { seq, id, organisation, receivedAt } of rows) {
      const informed = contents.get(seq)?.registration.geinformeerd
      if (contents.has(seq) && !informed?.some(({ op }) => op))
        cases.push({ organisatie: organisation, object: id, moment: receivedAt })
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.seq
  }
  return cases.slice(0, CASES_MAX)
}
