import { randomBytes } from 'node:crypto'
import type { Hub } from '../../context.ts'
import { showEvent } from '../../flows/look-others.ts'
import type { ClaimedDelivery } from '../../ports/webhooks.ts'
import type { AuditLine } from '../../stages/audit/line.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { nextAttempt } from './schedule.ts'
import { type Attempt, sendWebhook } from './send.ts'

const LEASE_MS = 45_000
const BATCH = 20

/**
 * Delivers what waits: claims a batch of outbox rows by state, sends each with the same id over all its attempts, and records the
 * outcome only while the claim is still ours. At least once; the receiver knows a repetition by `webhook-id`.
 * Answers how many were tried.
 */
export async function relayOnce(hub: Hub): Promise<number> {
  const now = hub.clock.real()
  const lease = new Date(now.getTime() + LEASE_MS).toISOString()
  const claimed = await hub.store.read((tx) => tx.webhooks.waiting(now.toISOString()))
  if (!claimed) return 0
  const batch = await hub.store.writeBeside(async (tx) => {
    const taken = (await tx.webhooks.claim(now.toISOString(), lease, BATCH)).map((one) => ({ ...one, traceId: traceOf(one) }))
    await tx.log.append(
      taken.map((one) => lineFor(one, 'poging', 'toegestaan')),
      hub.clock.real(),
    )
    return taken
  })
  await Promise.all(batch.map((one) => deliver(hub, one, lease)))
  return batch.length
}

type Taken = ClaimedDelivery & { traceId: string }

function traceOf({ event }: ClaimedDelivery): string {
  return event.traceId ?? randomBytes(16).toString('hex')
}

/** Each attempt has a line before anything leaves, and one with its outcome. */
function lineFor({ event, subscription, traceId }: Taken, state: string, uitkomst: 'toegestaan' | 'mislukt'): AuditLine {
  const facts = { actie: 'exporteren', object: event.id, organisatie: subscription.organisation } as const
  return hubLine({ ...facts, controles: `webhook,${state}`, traceId, uitkomst })
}

async function deliver(hub: Hub, taken: Taken, lease: string): Promise<void> {
  const { delivery, event, subscription, traceId } = taken
  const isListed = hub.region.clients.some(({ id }) => id === subscription.client)
  const attempt: Attempt =
    subscription.state === 'actief' && isListed
      ? await sendWebhook(
          {
            url: subscription.url,
            secret: hub.keys.vault.unseal(subscription.sealedSecret, subscription.id),
            allowLoopback: hub.demo,
          },
          { id: event.id, at: hub.clock.real(), body: JSON.stringify(showEvent(hub, event)), traceId },
        )
      : { outcome: 'gestopt', status: isListed ? 'abonnement beeindigd' : 'client ingetrokken', retryAfter_s: 0 }
  const attempts = delivery.attempts + 1
  const next = nextAttempt(attempts, hub.clock.real(), Math.random(), attempt.retryAfter_s)
  const state = attempt.outcome === 'mislukt' ? (next ? 'wacht' : 'dood') : attempt.outcome
  const nextAt = next ? next.toISOString() : delivery.nextAt
  await hub.store.writeBeside(async (tx) => {
    const settled = { ...delivery, state, attempts, nextAt, claimedUntil: null, lastStatus: attempt.status }
    if (!(await tx.webhooks.settle(settled, lease))) return
    if (attempt.status === '410') await tx.webhooks.setSubscriptionState(subscription.id, null, 'gestopt')
    await tx.log.append([lineFor(taken, state, attempt.outcome === 'geleverd' ? 'toegestaan' : 'mislukt')], hub.clock.real())
  })
}
