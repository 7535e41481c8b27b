import type { AdapterRow, ConsentFromSource, Count, LifeEvent } from '../../adapters/adapter.ts'
import type { Fault } from '../../schemas/fault.ts'
import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { ErrorCode } from '../errors.ts'
import { accept } from '../pipeline.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { QuarantineRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { dayOf } from '../stages/calendar.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { rightsOf } from '../stages/ingest/rights.ts'
import type { Receipt } from './accept.ts'
import { acceptCounts } from './accept-counts.ts'
import type { Message } from './accept-messages.ts'
import type { Delivery } from './accept-standing.ts'
import { acceptEvents } from './life/accept-events.ts'
import { rowFaults } from './row-faults.ts'

/** What became of one row of a batch or a file. */
export interface RowOutcome {
  regel?: number
  bronbericht: string | null
  uitkomst: 'geaccepteerd' | 'dubbel' | 'afgekeurd'
  receipt?: Receipt
  /** Of a refused row: the error that it would have been as a request of its own. */
  error?: ErrorCode
  fouten: Fault[]
  /** Of a draft: what a person is to confirm. */
  concept?: unknown
}

/** One row as it came in: from a file through its adapter, or from a batch as it is. */
export interface IncomingRow {
  regel?: number
  bronbericht: string | null
  registration: unknown
  concept?: true
  /** Instead of a registration, from a source without persons. */
  counts?: Count[]
  /** Instead of a registration, from a source that registers nobody. */
  event?: LifeEvent
  consents: ConsentFromSource[]
  /** They are all that the source holds: what stands from it and is not among them was taken back there. */
  consentsAreAll?: true
  fouten: Fault[]
  /** The row as it stood in the source, for the quarantine. */
  source: string
  /** The source's own name of a part of the registration. */
  sourceOf: (pointer: string) => string
}

export function rowOfFile(row: AdapterRow): IncomingRow {
  const { regel, bronbericht, registratie, tellingen, gebeurtenis, toestemmingen, fouten, bron } = row
  return {
    regel,
    bronbericht: bronbericht ?? null,
    registration: registratie,
    ...(tellingen ? { counts: tellingen } : {}),
    ...(gebeurtenis ? { event: gebeurtenis } : {}),
    ...(row.concept ? { concept: row.concept } : {}),
    consents: toestemmingen,
    fouten,
    source: bron,
    sourceOf: row.sourceOf,
  }
}

/** What can be told again as the name of a message. */
const USABLE = /^[^\p{Cc}\p{Cs}]{1,200}$/u

/** A row in the hub's own JSON, with what is wrong with it as JSON; `json` is undefined where it is none. */
export function rowOfBatch({ json, faults, text }: { json: unknown; faults: Fault[]; text: string }): IncomingRow {
  const bronbericht = (json as Partial<Registratie> | null | undefined)?.bronbericht
  return {
    bronbericht: typeof bronbericht === 'string' && USABLE.test(bronbericht) ? bronbericht : null,
    registration: json,
    consents: [],
    fouten: faults,
    source: text,
    sourceOf: (pointer) => pointer,
  }
}

/**
 * Accepts a batch of rows as one transaction: good rows get their receipt, faulty ones go to quarantine, encrypted, with every
 * fault. A faulty row holds no other back. `label` names the source of the quarantine.
 */
export async function acceptRows(
  hub: Hub,
  sender: Principal,
  rows: IncomingRow[],
  source: { label: string; origin: string },
): Promise<RowOutcome[]> {
  const checked = rows.map((row) => ({ row, fouten: faultsOf(hub, sender, row) }))
  const good = checked.filter(({ fouten }) => fouten.length === 0)
  const byRow = await receiptsOf(
    hub,
    sender,
    good.map(({ row }) => row),
    source.origin,
  )
  const outcomes = checked.map(({ row, fouten }) => outcomeOf(row, byRow.get(row), fouten))
  await quarantine(
    hub,
    sender,
    checked.filter(({ fouten }) => fouten.length > 0),
    source,
  )
  return outcomes
}

/** Registrations, counts and events, each kind as one transaction. */
async function receiptsOf(hub: Hub, sender: Principal, rows: IncomingRow[], origin: string): Promise<Map<IncomingRow, Receipt>> {
  const { registrations = [], counts = [], events = [] } = Object.groupBy(rows, kindOf)
  const deliveries = registrations.map(
    (row): Delivery => ({ sender, registration: row.registration as Registratie, consents: row.consents, origin }),
  )
  const receipts = [
    ...(deliveries.length > 0 ? await accept(hub, deliveries) : []),
    ...(counts.length > 0 ? await acceptCounts(hub, sender, messagesOf(counts, 'counts'), origin) : []),
    ...(events.length > 0 ? await acceptEvents(hub, sender, messagesOf(events, 'event'), origin) : []),
  ]
  return new Map([...registrations, ...counts, ...events].map((row, i) => [row, receipts[i] as Receipt]))
}

function kindOf(row: IncomingRow): 'registrations' | 'counts' | 'events' {
  return row.event ? 'events' : row.counts ? 'counts' : 'registrations'
}

function messagesOf<K extends 'counts' | 'event'>(rows: IncomingRow[], part: K): Message<NonNullable<IncomingRow[K]>>[] {
  return rows.map((row) => ({ bronbericht: row.bronbericht ?? '', content: row[part] as NonNullable<IncomingRow[K]> }))
}

/** What is wrong with a row of this sender's, all at once. */
export function faultsOf(hub: Hub, sender: Principal, row: IncomingRow): Fault[] {
  return rowFaults(row, rightsOf(hub.region, sender.organisation), dayOf(hub.clock.domain()))
}

function outcomeOf(row: IncomingRow, receipt: Receipt | undefined, fouten: Fault[]): RowOutcome {
  const place = row.regel === undefined ? {} : { regel: row.regel }
  const draft = row.concept && fouten.every(({ code }) => code === 'concept') ? { concept: row.registration } : {}
  if (!receipt)
    return { ...place, ...draft, bronbericht: row.bronbericht, uitkomst: 'afgekeurd', error: 'ongeldige-invoer', fouten }
  const base = { ...place, bronbericht: receipt.bronbericht, fouten: [] }
  if (receipt.reception === 'hergebruikt')
    return { ...base, uitkomst: 'afgekeurd', error: 'bronbericht-hergebruikt', fouten: [reused()] }
  return { ...base, uitkomst: receipt.reception === 'herhaald' ? 'dubbel' : 'geaccepteerd', receipt }
}

/** Of a message whose id was used before for another one. */
export function reused(): Fault {
  const melding = 'Er is eerder een ander bericht met dit bronbericht ontvangen.'
  return faultOf(
    '/bronbericht',
    'bronbericht-hergebruikt',
    melding,
    'Geef een gewijzigd bericht een eigen bronbericht en een hogere versie.',
  )
}

/** Keeps what was refused: sealed, with its faults, so that nothing that was sent is lost. The refusal is a line in the log. */
export async function quarantine(
  hub: Hub,
  sender: Principal,
  refused: { row: IncomingRow; fouten: Fault[] }[],
  source: { label: string; origin: string },
): Promise<void> {
  if (refused.length > 0) await hub.store.writeBeside((tx) => quarantineWithin(hub, tx, sender, refused, source))
}

/** As `quarantine`, in a transaction that does more. */
export async function quarantineWithin(
  hub: Hub,
  tx: Tx,
  sender: Principal,
  refused: { row: IncomingRow; fouten: Fault[] }[],
  source: { label: string; origin: string },
): Promise<void> {
  const rows = refused.map(({ row, fouten }) => quarantineRow(hub, sender, row, fouten, source.label))
  const facts = { actie: 'aanmaken', uitkomst: 'geweigerd', controles: 'ongeldige-invoer', herkomst: source.origin } as const
  await tx.imports.quarantine(rows)
  await tx.log.append(
    rows.map(({ id }) => lineOf(sender, { ...facts, object: id })),
    hub.clock.real(),
  )
}

/** Made within the transaction, so that ids stand in the order of the commits and a page that was read stays behind its reader. */
function quarantineRow(hub: Hub, sender: Principal, row: IncomingRow, fouten: Fault[], label: string): QuarantineRow {
  const id = hub.ids.next('q')
  const sealed = hub.keys.vault.seal(JSON.stringify({ bronbericht: row.bronbericht, bron: row.source }), id)
  const receivedAt = hub.clock.domain().toISOString()
  return { id, client: sender.client, source: label, row: row.regel ?? null, faults: JSON.stringify(fouten), sealed, receivedAt }
}
