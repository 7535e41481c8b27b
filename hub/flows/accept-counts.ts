import type { Count } from '../../adapters/adapter.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import type { Receipt } from './accept.ts'
import { acceptMessages, type Message } from './accept-messages.ts'
import { countRows } from './coordination/store-counts.ts'

/** Keeps the counts of a batch of rows of a source without persons. A row that came before counts once. */
export function acceptCounts(hub: Hub, sender: Principal, messages: Message<Count[]>[], origin: string): Promise<Receipt[]> {
  return acceptMessages(hub, sender, messages, origin, {
    name: 'telling',
    prefix: 'u',
    keep: (tx, _id, tellingen) => tx.coordination.counts.insert(countRows(hub, sender, tellingen)),
  })
}
