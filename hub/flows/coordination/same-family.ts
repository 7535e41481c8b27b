import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { RequestRow } from '../../rows.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { familiesAround } from './family.ts'

/** Other meldingen to this point about the same person or family, as far as it may be told that they are. */
export async function sameFamily(hub: Hub, tx: Tx, principal: Principal, request: RequestRow): Promise<RequestRow[]> {
  const reader = receiverFor(hub.region, principal.organisation) as Receiver
  const { seen } = await familiesAround(hub, tx, reader, new Map([['', [request.registration]]]))
  const seqs = (seen.get('') ?? []).map((row) => row.seq)
  const others = await tx.coordination.requests.byRegistrations(seqs)
  return others.filter(({ id, receiver }) => id !== request.id && receiver === principal.organisation)
}
