import { randomBytes } from 'node:crypto'
import type { Fault } from '../../schemas/fault.ts'
import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { faultsOf, type IncomingRow } from './import-rows.ts'
import { storeRows } from './store-rows.ts'

/** A message of a broker, read as JSON; `row.regel` is its place in the partition. */
export interface Message {
  offset: bigint
  key: string | null
  row: IncomingRow
}

/** A stretch of messages of one partition, of one client. */
export interface Stretch {
  client: string
  /** Where the position of this partition is kept. */
  position: string
  /** Names the source of what is refused. */
  label: string
  messages: Message[]
}

/**
 * Stores a stretch of messages, what is wrong among them, and how far the partition was read, as one transaction. Messages before the
 * position were stored earlier and are passed over; when somebody else moved the position meanwhile nothing is stored, and it throws.
 */
export async function takeMessages(hub: Hub, { client, position, label, messages }: Stretch): Promise<void> {
  const at = await hub.store.read((tx) => tx.state.get(position))
  const fresh = messages.filter(({ offset }) => at === undefined || offset >= BigInt(at))
  const last = fresh.at(-1)
  if (!last) return
  const sender = senderOf(hub, client)
  const checked = fresh.map((message) => ({ row: message.row, fouten: allFaults(hub, sender, message) }))
  await storeRows(hub, sender.principal, checked, label, (tx) => tx.state.advance(position, at, String(last.offset + 1n)))
}

interface Sender {
  principal: Principal
  mayWrite: boolean
}

/** Who sends follows from the topic; what it may do, from the region as it is now. */
function senderOf(hub: Hub, id: string): Sender {
  const client = hub.region.clients.find((each) => each.id === id)
  const principal: Principal = {
    client: id,
    subject: id,
    organisation: client?.organisatie ?? id,
    role: client?.rol ?? 'organisatie',
    municipalities: client?.gemeenten ?? [],
    scopes: new Set(client?.scopes),
    traceId: randomBytes(16).toString('hex'),
    origin: 'kafka',
  }
  return { principal, mayWrite: principal.scopes.has('registratie:schrijven') }
}

function allFaults(hub: Hub, { principal, mayWrite }: Sender, { key, row }: Message): Fault[] {
  if (!mayWrite) return [WITHDRAWN]
  const found = faultsOf(hub, principal, row)
  const reference = (row.registration as Partial<Registratie> | null | undefined)?.kenmerk
  return found.length > 0 || key === `${principal.client}/${reference}` ? found : [WRONG_KEY]
}

const WITHDRAWN = faultOf('', 'client', 'Deze afnemer mag niet (meer) registreren.', 'Vraag het beheer van de verwijsindex.')
const WRONG_KEY = faultOf(
  '/kenmerk',
  'sleutel',
  'De sleutel van het bericht is niet de afnemer en het kenmerk.',
  'Gebruik <afnemer>/<kenmerk> als sleutel; daarmee blijft de volgorde per registratie bewaard.',
)
