import type { Beeindiging, Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { acceptBatch, type Receipt } from './accept.ts'
import { ownRegistration } from './look-registrations.ts'

/** Ends an involvement: a newer version of the same registration, with its end date. The same ending again answers as the first time. */
export async function endRegistration(hub: Hub, principal: Principal, id: string, body: Beeindiging): Promise<Receipt> {
  const { row, registration } = await hub.store.read(async (tx) => {
    const own = await ownRegistration(tx, principal, id)
    return { row: own, registration: (await hub.contents.open([own])).get(own.seq)?.registration }
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
  const messageId = `beeindiging/${id}/${versie}`
  const delivery = { sender: principal, registration: ended, consents: [], origin: 'api', messageId }
  const [receipt] = await acceptBatch(hub, [delivery])
  return receipt as Receipt
}
