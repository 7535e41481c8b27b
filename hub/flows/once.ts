import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import type { AuditLine } from '../stages/audit/line.ts'
import { lineOf } from '../stages/audit/line-of.ts'

/** A request that its client named, so that it can be repeated without being done again. */
export interface NamedRequest {
  /** The client's own `Idempotency-Key`. */
  key: string
  operation: string
  /** Everything that makes it this request: path and body. */
  content: string
}

const KEPT_MS = 24 * 3600_000

/**
 * Does a request once. The same key with the same content answers what was answered the first time, with a line in the log; with another
 * content it is a `conflict`, and so is one whose first try was cut off or is still under way: the client then looks what there is. What was
 * refused did nothing, and may be tried again.
 */
export async function once<T extends { lines?: AuditLine[] }>(
  hub: Hub,
  principal: Principal,
  { key, operation, content }: NamedRequest,
  run: () => Promise<T>,
): Promise<T> {
  const name = hub.keys.hash('bericht', `idempotentie ${principal.client} ${operation} ${key}`)
  const request = hub.keys.hash('inhoud', content)
  const now = hub.clock.real()
  const row = { name, request, reply: null, createdAt: now.toISOString() }
  const known = await hub.store.write((tx) => tx.replies.reserve(row, new Date(now.getTime() - KEPT_MS).toISOString()))
  if (known) return repeated(hub, principal, operation, known, request)
  const answer = await run().catch(async (error) => {
    if (error instanceof HubError) await hub.store.write((tx) => tx.replies.release(name))
    throw error
  })
  const { lines: _, ...kept } = answer
  const reply = hub.keys.vault.seal(JSON.stringify(kept), contextOf(name))
  await hub.store.write((tx) => tx.replies.setReply(name, reply))
  return answer
}

function repeated<T>(
  hub: Hub,
  principal: Principal,
  operation: string,
  known: { name: Uint8Array; request: Uint8Array; reply: Uint8Array | null },
  request: Uint8Array,
): T {
  if (!Buffer.from(known.request).equals(request))
    throw new HubError('conflict', { detail: 'Deze Idempotency-Key is al gebruikt voor een ander verzoek; geef een nieuwe.' })
  if (known.reply === null)
    throw new HubError('conflict', {
      detail: 'Een eerder verzoek met deze Idempotency-Key loopt nog of is afgebroken; kijk eerst wat er is vastgelegd.',
    })
  const kept = JSON.parse(hub.keys.vault.unseal(known.reply, contextOf(known.name)))
  const line = lineOf(principal, {
    actie: 'lezen',
    uitkomst: 'toegestaan',
    object: operation,
    controles: 'token,scope,herhaling',
  })
  return { ...kept, lines: [line] }
}

function contextOf(name: Uint8Array): string {
  return `antwoord ${Buffer.from(name).toString('base64url')}`
}
