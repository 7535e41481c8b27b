import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { InboxRow, RegistrationRow, SealedRegistration } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { allowedFields } from '../stages/ingest/allowed-fields.ts'
import { type Reception, receive } from '../stages/ingest/receive.ts'
import { withFacts } from '../stages/life/known-facts.ts'
import { bytesOfProfile } from '../stages/link/packed-profile.ts'
import { subjectOf } from '../stages/link/subject.ts'
import { nameOf, standing } from './accept-known.ts'
import { inboxRowOf, rowOf } from './accept-rows.ts'
import { type Delivery, type Message, type Progress, whatStands } from './accept-standing.ts'
import { textOf } from './content-text.ts'
import type { Stored } from './contents.ts'
import { forgetAnswers } from './forget-answers.ts'
import { addSourceConsents } from './source-consents.ts'
import { tokensOf } from './tokens.ts'

interface KeyEntry {
  seq: number
  keys: string[]
}

/** What became of a batch. */
interface Outcome {
  receipts: Receipt[]
  /** Blocking keys that no longer hold. */
  stale: KeyEntry[]
  sealed: Stored[]
}

export interface Receipt {
  reception: Reception
  id: string
  bronbericht: string
  versie: number
  ontvangenOp: string
  /** False when a newer version stands. */
  applied: boolean
}

/**
 * Stores a batch of registrations as one transaction, in order, and answers a receipt for each. When it resolves, all is on disk:
 * data keys first, then registrations, inbox and access log together, and what `also` does in the same transaction.
 */
export async function acceptBatch(
  hub: Hub,
  deliveries: Delivery[],
  also: (tx: Tx, receipts: Receipt[]) => Promise<void> = async () => {},
): Promise<Receipt[]> {
  const messages = deliveries.map((delivery) => withHashes(hub, delivery))
  const fresh = await keysForNew(hub, messages)
  const { receipts, stale, sealed } = await hub.store.writeBeside(async (tx) => {
    const stored = await storeMessages(hub, tx, messages, fresh)
    await also(tx, stored.receipts)
    return stored
  })
  hub.contents.remember(sealed)
  if (stale.length > 0) await hub.index.remove(stale)
  hub.linking.ring()
  return receipts
}

function withHashes(hub: Hub, delivery: Delivery): Message {
  const { registration, sender, consents, message } = delivery
  return {
    ...delivery,
    registration: allowedFields(registration, hub.policy.velden.opslaan),
    message: hub.keys.hash('bericht', `${sender.client}\0${message?.id ?? registration.bronbericht}`),
    bodyHash: hub.keys.hash('inhoud', textOf(message ? message.content : [registration, consents])),
    reference: hub.keys.hash('kenmerk', `${sender.organisation}\0${registration.kenmerk}`),
  }
}

/** An id and a durable data key for every reference that the store does not know; unused ones are swept. */
async function keysForNew(hub: Hub, messages: Message[]): Promise<Map<string, { id: string; key: Uint8Array }>> {
  const known = await hub.store.read((tx) => standing(tx, messages))
  const wanted = new Map<string, string>()
  for (const message of messages) {
    const name = nameOf(message)
    if (!known.has(name) && !wanted.has(name)) wanted.set(name, hub.ids.next('r', message.sender.organisation))
  }
  const keys = await hub.dataKeys.create([...wanted.values()])
  return new Map([...wanted].map(([name, id]) => [name, { id, key: keys.get(id) as Uint8Array }]))
}

async function storeMessages(
  hub: Hub,
  tx: Tx,
  messages: Message[],
  fresh: Map<string, { id: string; key: Uint8Array }>,
): Promise<Outcome> {
  const progress = await whatStands(tx, messages)
  const before = new Map(progress.rows)
  const now = hub.clock.domain().toISOString()
  const receipts = messages.map((message) => take(message, progress, fresh, now))
  const arrivals = receipts.flatMap((receipt, i) => {
    const message = messages[i] as Message
    return isArrival(receipt.reception) ? [inboxRowOf(message, receipt)] : []
  })
  const { stale, sealed } = await writeContents(hub, tx, progress, before, fresh)
  await tx.inbox.insert(arrivals)
  await addSourceConsents(hub, tx, progress.changed.values(), progress.rows, nameOf)
  await tx.log.append(
    receipts.map((receipt, i) => auditLine(messages[i] as Message, receipt, progress)),
    hub.clock.real(),
  )
  return { receipts, stale, sealed }
}

const REFUSED: Reception[] = ['hergebruikt', 'achterhaald']
const isArrival = (reception: Reception) => reception !== 'herhaald' && !REFUSED.includes(reception)

function take(message: Message, progress: Progress, fresh: Map<string, { id: string }>, now: string): Receipt {
  const name = nameOf(message)
  const key = message.message.toString('base64')
  const earlier = progress.inbox.get(key)
  const row = progress.rows.get(name)
  const { bronbericht, versie } = message.registration
  const { bodyHash, expected } = message
  const reception = receive({ bodyHash, version: versie, ...(expected ? { expected } : {}) }, earlier, row)
  if (earlier && !isArrival(reception)) return repeated(reception, earlier, bronbericht)
  const id = row?.id ?? fresh.get(name)?.id
  // Erased between the look-up of its key and this transaction: the next attempt makes it anew.
  if (id === undefined) throw new HubError('tijdelijk-niet-beschikbaar')
  const applied = reception === 'nieuw' || reception === 'vervangt'
  const receipt = { reception, id, bronbericht, versie, ontvangenOp: now, applied }
  if (!isArrival(reception)) return receipt
  progress.inbox.set(key, inboxRowOf(message, receipt))
  if (applied) {
    progress.changed.set(name, message)
    progress.rows.set(name, rowOf(message, id, row, now))
    if (!row) progress.created.add(name)
  }
  return receipt
}

function repeated(reception: Reception, earlier: InboxRow, bronbericht: string): Receipt {
  const { registration: id, version: versie, receivedAt: ontvangenOp } = earlier
  return { reception, id, bronbericht, versie, ontvangenOp, applied: earlier.applied === 1 }
}

/**
 * Seals what changed and writes it; a changed identity loses its person, so that the linker looks at it anew. Answers the blocking
 * keys that no longer hold.
 */
async function writeContents(
  hub: Hub,
  tx: Tx,
  progress: Progress,
  before: Map<string, RegistrationRow>,
  fresh: Map<string, { id: string; key: Uint8Array }>,
): Promise<Pick<Outcome, 'stale' | 'sealed'>> {
  const epochs = hub.keys.link.now()
  const old = await hub.contents.openProfiles(
    tx,
    [...progress.changed.keys()].flatMap((name) => before.get(name) ?? []),
    epochs.current,
  )
  const facts = await hub.contents.openFacts([...before.values()])
  const knownKeys = await hub.dataKeys.get([...before.values()].map((row) => row.id))
  const stale: KeyEntry[] = []
  const standingKeys = await tx.keyEpochs.blockingKeys(
    [...progress.changed.keys()].flatMap((name) => before.get(name)?.seq ?? []),
  )
  const stored: Stored[] = []
  const inserts: { row: RegistrationRow; content: Omit<SealedRegistration, keyof RegistrationRow> }[] = []
  for (const [name, message] of progress.changed) {
    const row = progress.rows.get(name) as RegistrationRow
    const told = facts.get(row.seq)
    const known = told ? withFacts(message.registration, told, row.status === 'afgesloten') : message.registration
    const { profile, blockingKeys } = tokensOf(subjectOf(known), epochs)
    row.keyEpochs = epochs.name
    const key = fresh.get(name)?.key ?? (knownKeys.get(row.id) as Uint8Array)
    const sealed = hub.contents.seal(row, key, message.registration, profile)
    stored.push({ row, registration: message.registration, profile })
    const content = { ...sealed, reference: message.reference, blockingKeys }
    const earlier = old.get(row.seq)
    if (progress.created.has(name)) inserts.push({ row, content })
    else {
      if (!earlier || !bytesOfProfile(earlier).equals(bytesOfProfile(profile))) row.person = null
      if (earlier?.bsn !== profile.bsn) Object.assign(row, { residence: null, residenceSince: null })
      if (row.person === null) await forgetAnswers(hub, tx, before.get(name), message.registration)
      if (earlier && row.person === null) stale.push({ seq: row.seq, keys: gone(standingKeys.get(row.seq), blockingKeys) })
      await tx.registrations.replace({ ...row, ...content })
    }
  }
  const seqs = await tx.registrations.insert(inserts.map(({ row: { seq: _, ...row }, content }) => ({ ...row, ...content })))
  for (const { row } of inserts) row.seq = seqs.get(row.id) as number
  return { stale, sealed: stored }
}

/** A key that the new version has too is never taken away: its linking may have begun. */
function gone(before: string[] | undefined, now: string[]): string[] {
  return [...new Set(before).difference(new Set(now))]
}

function auditLine(message: Message, receipt: Receipt, progress: Progress) {
  const refused = REFUSED.includes(receipt.reception)
  return lineOf(message.sender, {
    actie: receipt.reception === 'nieuw' ? 'aanmaken' : 'wijzigen',
    object: receipt.id,
    persoon: progress.rows.get(nameOf(message))?.person ?? null,
    uitkomst: refused ? 'geweigerd' : 'toegestaan',
    controles: `token,scope,schema,${receipt.reception}`,
    herkomst: message.origin,
  })
}
