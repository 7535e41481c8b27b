import type { Hub } from '../context.ts'
import { hubLine } from '../stages/audit/line-of.ts'
import { addDays, addYears, type Day, startOfDay } from '../stages/calendar.ts'
import { messageTerms } from '../stages/retention/message-terms.ts'

const PAGE = 500

/**
 * Destroys what was kept beside registrations for its term: refused messages, results of files, and hashes of messages whose registration
 * is destroyed. A hash stays as long as its registration does, so that the same message again gets the same receipt. Answers how many.
 */
export async function forgetMessages(hub: Hub, day: Day): Promise<number> {
  const { quarantaineDagen, leveringDagen, berichtJaren } = messageTerms(hub.policy)
  const before = {
    quarantine: startOfDay(addDays(day, -quarantaineDagen)).toISOString(),
    reports: startOfDay(addDays(day, -leveringDagen)).toISOString(),
    messages: startOfDay(addYears(day, -berichtJaren)).toISOString(),
  }
  for (let forgotten = 0; ; ) {
    const ids = await hub.store.write(async (tx) => {
      const found = await tx.imports.forget(before, PAGE)
      const line = { actie: 'verwijderen', uitkomst: 'toegestaan', controles: 'bewaren,berichttermijn' } as const
      await tx.log.append(
        found.named.map((object) => hubLine({ ...line, object })),
        hub.clock.real(),
      )
      return found
    })
    const count = ids.named.length + ids.hashes
    if (count === 0) return forgotten
    forgotten += count
  }
}
