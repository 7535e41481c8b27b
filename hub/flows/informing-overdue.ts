import type { Hub } from '../context.ts'
import type { SignalCase } from '../stages/audit/signals.ts'
import { informingStates } from './inform.ts'

const PAGE = 200
const CASES_MAX = 1000

/** Registrations of which someone ought to have been informed by now, and no grounds for waiting stand. */
export async function informingOverdue(hub: Hub): Promise<SignalCase[]> {
  const cases: SignalCase[] = []
  for (let after = 0; cases.length < CASES_MAX; ) {
    const page = await hub.store.read(async (tx) => {
      const rows = (await tx.registrations.listAll(after, PAGE)).sort((a, b) => a.seq - b.seq)
      return { rows, states: await informingStates(hub, tx, rows) }
    })
    for (const { seq, id, organisation, receivedAt } of page.rows) {
      const late = (page.states.get(seq) ?? []).filter(({ stand }) => stand === 'verlopen')
      if (late.length > 0) cases.push({ organisatie: organisation, object: id, moment: receivedAt, personen: late.length })
    }
    const last = page.rows.at(-1)
    if (!last || page.rows.length < PAGE) break
    after = last.seq
  }
  return cases.slice(0, CASES_MAX)
}
