import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'

/** Whom a registration names: `jeugdige`, and its guardians by their references. */
export async function partiesOf(hub: Hub, tx: Tx, row: RegistrationRow): Promise<Set<string>> {
  const content = (await hub.contents.open(tx, [row])).get(row.seq)
  return new Set(['jeugdige', ...(content?.registration.gezagsdragers ?? []).map(({ kenmerk }) => kenmerk)])
}
