import type { Fault } from '../../schemas/fault.ts'
import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import { acceptBatch, type Receipt } from './accept.ts'
import { type IncomingRow, quarantineWithin, reused } from './import-rows.ts'

export interface CheckedRow {
  row: IncomingRow
  fouten: Fault[]
}

/**
 * Stores checked rows of a source that is read by position: the good ones, those that are wrong in quarantine, and the position, as one
 * transaction. `move` notes how far was read; when it answers false somebody else was there first: nothing is stored, and it throws.
 */
export async function storeRows(
  hub: Hub,
  sender: Principal,
  checked: CheckedRow[],
  label: string,
  move: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  const good = checked.filter(({ fouten }) => fouten.length === 0)
  const store = async (tx: Tx, receipts: Receipt[]) => {
    if (!(await move(tx))) throw new HubError('tijdelijk-niet-beschikbaar')
    const again = good.filter((_, i) => receipts[i]?.reception === 'hergebruikt').map(({ row }) => ({ row, fouten: [reused()] }))
    const refused = [...checked.filter(({ fouten }) => fouten.length > 0), ...again]
    if (refused.length > 0) await quarantineWithin(hub, tx, sender, refused, { label, origin: sender.origin })
  }
  const deliveries = good.map(({ row }) => ({
    sender,
    registration: row.registration as Registratie,
    consents: row.consents,
    ...(row.consentsAreAll ? { consentsAreAll: row.consentsAreAll } : {}),
    origin: sender.origin,
  }))
  if (deliveries.length > 0) await acceptBatch(hub, deliveries, store)
  else await hub.store.write((tx) => store(tx, []))
}
