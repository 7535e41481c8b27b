import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import { eventOf } from '../event-of.ts'

/** Tells the point and everyone that it brought in, but not who did it. */
export async function tellCase(hub: Hub, tx: Tx, row: CaseRow, type: string, by: string | null): Promise<void> {
  const parties = await tx.coordination.cases.partiesOf([row.id])
  const receivers = [row.point, ...parties.map(({ organisation }) => organisation)].filter((id) => id !== by)
  await tellOfCase(hub, tx, row, type, receivers)
}

/** Tells some of them. Only the point's events belong to a municipality. */
export async function tellOfCase(hub: Hub, tx: Tx, row: CaseRow, type: string, receivers: string[]): Promise<void> {
  const dataref = `/v1/coordinatiecasussen/${row.id}`
  await tx.events.append(
    [...new Set(receivers)].map((id) =>
      eventOf(hub, id, `${type}.v1`, dataref, { municipality: id === row.point ? row.municipality : null }),
    ),
  )
  hub.delivery.ring()
}

/** Brings organisations into a case; each that was not in it yet hears that it is there. */
export async function bringIn(hub: Hub, tx: Tx, row: CaseRow, organisations: string[]): Promise<string[]> {
  const known = new Set((await tx.coordination.cases.partiesOf([row.id])).map(({ organisation }) => organisation))
  const fresh = [...new Set(organisations)].filter((id) => !known.has(id) && id !== row.point)
  await tx.coordination.cases.addParties(fresh.map((organisation) => ({ caseId: row.id, organisation })))
  await tellOfCase(hub, tx, row, 'casus.geopend', fresh)
  return fresh
}
