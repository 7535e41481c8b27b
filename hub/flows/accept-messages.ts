import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { InboxRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Receipt } from './accept.ts'
import { textOf } from './content-text.ts'

/** A row of a source that registers nobody: its own number, and what it says. */
export interface Message<T> {
  bronbericht: string
  content: T
}

/** What sort of messages these are: `name` keeps their numbers apart from those of others, `prefix` begins their ids. */
export interface MessageKind<T> {
  name: string
  prefix: string
  /** Keeps the content of one that is new, within the transaction. */
  keep(tx: Tx, id: string, content: T): Promise<void>
}

/**
 * Takes a batch of messages in as one transaction and answers a receipt for each. One that came before is kept once; with other content it
 * is refused, as a message of a registration is.
 */
export async function acceptMessages<T>(
  hub: Hub,
  sender: Principal,
  messages: Message<T>[],
  origin: string,
  kind: MessageKind<T>,
): Promise<Receipt[]> {
  const ontvangenOp = hub.clock.domain().toISOString()
  const hashed = messages.map(({ bronbericht, content }) => ({
    bronbericht,
    content,
    message: hub.keys.hash('bericht', `${sender.client}\0${kind.name}\0${bronbericht}`),
    bodyHash: hub.keys.hash('inhoud', textOf(content)),
  }))
  return hub.store.write(async (tx) => {
    const earlier = await tx.inbox.find(
      sender.client,
      hashed.map(({ message }) => message),
    )
    const known = new Map(earlier.map((row) => [keyOf(row.message), row]))
    const fresh: InboxRow[] = []
    const receipts: Receipt[] = []
    for (const { bronbericht, content, message, bodyHash } of hashed) {
      const before = known.get(keyOf(message))
      const id = before?.registration ?? hub.ids.next(kind.prefix)
      const isSame = before !== undefined && Buffer.from(before.bodyHash).equals(bodyHash)
      const reception = before === undefined ? 'nieuw' : isSame ? 'herhaald' : 'hergebruikt'
      receipts.push({ reception, id, bronbericht, versie: 1, ontvangenOp, applied: reception === 'nieuw' })
      if (before) continue
      const row = { source: sender.client, message, bodyHash, registration: id, version: 1, applied: 1, created: 1 }
      fresh.push({ ...row, receivedAt: ontvangenOp })
      known.set(keyOf(message), fresh.at(-1) as InboxRow)
      await kind.keep(tx, id, content)
    }
    await tx.inbox.insert(fresh)
    const facts = { actie: 'aanmaken', uitkomst: 'toegestaan', herkomst: origin } as const
    const lines = fresh.map(({ registration }) => lineOf(sender, { ...facts, object: registration }))
    await tx.log.append(lines, hub.clock.real())
    return receipts
  })
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64')
}
