import type { Hub } from './context.ts'
import { acceptBatch, type Receipt } from './flows/accept.ts'
import type { Delivery } from './flows/accept-standing.ts'
import { signalFromArchive } from './flows/archive-signal.ts'
import { keepTerms } from './flows/coordination/keep-terms.ts'
import { traced } from './flows/event-of.ts'
import { bringUpToDate } from './flows/key-epochs.ts'
import { takeEvents } from './flows/life/take-events.ts'
import { linkBatch } from './flows/link.ts'
import { loadWorld, lookUp, writeKeys } from './flows/link-world.ts'
import { announceProcessed, isTemporary, keepFamilies, setAside, stillWaiting } from './flows/processed.ts'
import { reassess } from './flows/reassess.ts'
import { takeTerms } from './flows/take-terms.ts'
import type { RegistrationRow } from './rows.ts'

/**
 * The way of a registration, first half: checked registrations in, receipts out. What has a receipt is on disk, with its data key,
 * its inbox row and its line in the access log.
 */
export async function accept(hub: Hub, deliveries: Delivery[]): Promise<Receipt[]> {
  return acceptBatch(hub, deliveries)
}

/**
 * The second half, for what waits: link -> match -> consent -> alert, as one transaction for the whole batch. A crash before its
 * commit leaves the batch waiting; running it again gives the same. A registration on which the hub itself fails is set aside and
 * its sender told, so that it holds no other up. When nothing waits to be linked, what municipalities told is taken. Answers how many
 * registrations or events were taken.
 */
export async function processWaiting(hub: Hub, limit: number): Promise<number> {
  const batch = await hub.shares.takeWaiting(limit)
  if (batch.length === 0) return takeEvents(hub, limit)
  try {
    await processBatch(hub, batch)
  } catch (error) {
    if (isTemporary(error)) throw error
    if (batch.length > 1) for (const row of batch) await processWaitingOne(hub, row)
    else for (const row of batch) await setAside(hub, row, error)
  }
  return batch.length
}

async function processWaitingOne(hub: Hub, row: RegistrationRow): Promise<void> {
  await processBatch(hub, [row]).catch((error) => {
    if (isTemporary(error)) throw error
    return setAside(hub, row, error)
  })
}

async function processBatch(hub: Hub, batch: RegistrationRow[]): Promise<void> {
  await bringUpToDate(hub, batch)
  const { contents, keys } = await hub.store.read(async (tx) => ({
    contents: await hub.contents.open(tx, batch),
    keys: await tx.keyEpochs.blockingKeys(batch.map((row) => row.seq)),
  }))
  const epochs = hub.keys.link.now()
  await writeKeys(hub, keys)
  await hub.store.write(async (tx) => {
    // One that another hub wrote under other epochs of the keys meanwhile waits for its next turn.
    const current = (await stillWaiting(tx, batch)).filter((row) => row.keyEpochs === epochs.name)
    const world = await loadWorld(hub, tx, current, await lookUp(hub, tx, current, keys, epochs))
    const { persons } = await linkBatch(hub, tx, current, world)
    await keepFamilies(hub, tx, current, contents)
    await keepTerms(hub, tx, current, contents)
    const own = traced(hub, current)
    await announceProcessed(own, tx, current)
    await reassess(own, tx, { persons, seqs: current.map((row) => row.seq) })
    await signalFromArchive(own, tx, current)
  })
  await takeTerms(
    hub,
    batch.filter(({ status }) => status === 'afgesloten').map((row) => row.seq),
  )
}
