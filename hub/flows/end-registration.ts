import type { Beeindiging, Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { acceptBatch, type Receipt } from './accept.ts'
import type { Delivery } from './accept-standing.ts'
import { ownRegistration } from './look-registrations.ts'

/** The versions that may stand now, by the sender's `If-Match`. */
interface Expected {
  expected?: number[]
}

/** Ends an involvement: a newer version of the same registration, with its end date. The same ending again answers as the first time. */
export async function endRegistration(
  hub: Hub,
  principal: Principal,
  id: string,
  body: Beeindiging,
  { expected }: Expected,
): Promise<Receipt> {
  for (;;) {
    const { standing, ...delivery } = await endingOf(hub, principal, id, body)
    const may = (expected ?? [standing]).filter((version) => version === standing)
    const [receipt] = (await acceptBatch(hub, [{ ...delivery, expected: may }])) as [Receipt]
    if (receipt.reception !== 'achterhaald' || expected) return receipt
  }
}

/** The registration as it stands with its end filled in; it holds only as long as that version stands. */
async function endingOf(hub: Hub, principal: Principal, id: string, body: Beeindiging): Promise<Delivery & { standing: number }> {
  const { row, registration } = await hub.store.read(async (tx) => {
    const own = await ownRegistration(tx, principal, id)
    return { row: own, registration: (await hub.contents.open(tx, [own])).get(own.seq)?.registration }
  })
  if (!registration) throw new HubError('niet-gevonden')
  if (body.einddatum < row.startedOn) {
    const fault = faultOf(
      '/einddatum',
      'voor-begindatum',
      'De einddatum ligt voor de begindatum.',
      'Geef een einddatum op of na de begindatum.',
    )
    throw new HubError('ongeldige-invoer', { faults: [fault] })
  }
  const { versie, einddatum, afsluitreden } = body
  const ended: Registratie = {
    ...registration,
    versie,
    betrokkenheid: { ...registration.betrokkenheid, status: 'afgesloten', einddatum, afsluitreden },
  }
  const message = { id: `beeindiging/${id}/${versie}`, content: body }
  return { sender: principal, registration: ended, consents: [], origin: 'api', message, standing: row.version }
}
