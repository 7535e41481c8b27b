import type { Count } from '../../adapters/adapter.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import type { InboxRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Receipt } from './accept.ts'
import { countRows } from './coordination/store-counts.ts'

/** A row of a source without persons: its own number, and what it counts. */
export interface CountMessage {
  bronbericht: string
  tellingen: Count[]
}

/**
 * Keeps the counts of a batch of rows as one transaction and answers a receipt for each. A row that came before counts once; with other
 * content it is refused, as a message of a registration is.
 */
export async function acceptCounts(hub: Hub, sender: Principal, messages: CountMessage[], origin: string): Promise<Receipt[]> {
  const ontvangenOp = hub.clock.domain().toISOString()
  return hub.store.write(async (tx) => {
    const hashed = messages.map((message) => ({ ...message, ...hashesOf(hub, sender, message) }))
    const earlier = await tx.inbox.find(
      sender.client,
      hashed.map(({ message }) => message),
    )
    const known = new Map(earlier.map((row) => [keyOf(row.message), row]))
    const fresh: InboxRow[] = []
    const receipts: Receipt[] = []
    for (const { bronbericht, tellingen, message, bodyHash } of hashed) {
      const before = known.get(keyOf(message))
      const id = before?.registration ?? hub.ids.next('u')
      const isSame = before !== undefined && Buffer.from(before.bodyHash).equals(bodyHash)
      const reception = before === undefined ? 'nieuw' : isSame ? 'herhaald' : 'hergebruikt'
      receipts.push({ reception, id, bronbericht, versie: 1, ontvangenOp, applied: reception === 'nieuw' })
      if (before) continue
      const row = { source: sender.client, message, bodyHash, registration: id, version: 1, applied: 1, created: 1 }
      fresh.push({ ...row, receivedAt: ontvangenOp })
      known.set(keyOf(message), fresh.at(-1) as InboxRow)
      await tx.coordination.counts.insert(countRows(hub, sender, tellingen))
    }
    await tx.inbox.insert(fresh)
    const facts = { actie: 'aanmaken', uitkomst: 'toegestaan', herkomst: origin } as const
    const lines = fresh.map(({ registration }) => lineOf(sender, { ...facts, object: registration }))
    await tx.log.append(lines, hub.clock.real())
    return receipts
  })
}

function hashesOf(hub: Hub, sender: Principal, { bronbericht, tellingen }: CountMessage): { message: Buffer; bodyHash: Buffer } {
  return {
    message: hub.keys.hash('bericht', `${sender.client}\0telling\0${bronbericht}`),
    bodyHash: hub.keys.hash('inhoud', JSON.stringify(tellingen)),
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64')
}
