import type { Tellingen } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import type { Principal } from '../../principal.ts'
import type { CountRow } from '../../rows/coordination.ts'
import { lineOf } from '../../stages/audit/line-of.ts'

/** Keeps counts that hold no persons (telrecord): for figures only, never for matching. Answers the id of the first line. */
export async function storeCounts(hub: Hub, principal: Principal, { tellingen }: Tellingen): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const rows = countRows(hub, principal, tellingen)
    await tx.coordination.counts.insert(rows)
    const id = rows[0]?.id ?? hub.ids.next('u')
    await tx.log.append([lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: id })], hub.clock.real())
    return { id }
  })
}

/** Counts as rows of the organisation; made within the transaction, so that ids stand in the order of the commits. */
export function countRows(hub: Hub, principal: Principal, tellingen: Tellingen['tellingen']): CountRow[] {
  return tellingen.map(({ lijst, code, datum, gemeente, aantal }) => ({
    id: hub.ids.next('u'),
    organisation: principal.organisation,
    municipality: gemeente ?? principal.municipalities[0] ?? '',
    day: datum,
    list: lijst,
    code,
    count: aantal,
  }))
}
