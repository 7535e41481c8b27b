import type { LifeEvent } from '../../../adapters/adapter.ts'
import type { Hub } from '../../context.ts'
import type { Principal } from '../../principal.ts'
import type { Receipt } from '../accept.ts'
import { acceptMessages, type Message } from '../accept-messages.ts'

/** Who told of an event, as far as taking it must know. */
export type Teller = Pick<Principal, 'client' | 'subject' | 'organisation' | 'role' | 'municipalities' | 'traceId'> & {
  origin: string
}

/** An event that waits, with who told of it. */
export interface Waiting {
  event: LifeEvent
  teller: Teller
}

/**
 * Takes in what a municipality tells. Each waits, sealed, until what came before it is linked; the receipt says the same, as soon, whether
 * or not the index knows the person.
 */
export async function acceptEvents(
  hub: Hub,
  sender: Principal,
  messages: Message<LifeEvent>[],
  origin: string,
): Promise<Receipt[]> {
  const { client, subject, organisation, role, municipalities, traceId } = sender
  const teller: Teller = { client, subject, organisation, role, municipalities, traceId, origin }
  const receipts = await acceptMessages(hub, sender, messages, origin, {
    name: 'gebeurtenis',
    prefix: 'b',
    keep: (tx, id, event) =>
      tx.lifeEvents.insert([
        { id, client, sealed: hub.keys.vault.seal(JSON.stringify({ event, teller } satisfies Waiting), id) },
      ]),
  })
  hub.linking.ring()
  return receipts
}
