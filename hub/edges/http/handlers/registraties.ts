import type { Beeindiging, Registratie, Rijresultaat } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import type { Receipt } from '../../../flows/accept.ts'
import { endRegistration } from '../../../flows/end-registration.ts'
import { acceptRows, quarantine, type RowOutcome, rowOfBatch } from '../../../flows/import-rows.ts'
import { lookConsents, lookRegistration, lookRegistrations, ownRegistration } from '../../../flows/look-registrations.ts'
import { dayOf } from '../../../stages/calendar.ts'
import { checkRegistration } from '../../../stages/ingest/check.ts'
import { faultOf } from '../../../stages/ingest/fault-of.ts'
import { type ApiAnswer, type ApiRequest, type Handlers, idOf, pageQuery } from '../handler.ts'
import { OK, statusOf } from '../problem.ts'

/** Own registrations: push, change, end, read. */
export const registrationHandlers: Handlers = {
  async registratieAanmaken(request) {
    return receiptAnswer(await request.accept(await deliveryOf(request)))
  },
  async registratieWijzigen(request) {
    const delivery = await deliveryOf(request)
    const { hub, principal } = request
    const row = await hub.store.read((tx) => ownRegistration(tx, principal, idOf(request)))
    const kenmerk = (await hub.contents.open([row])).get(row.seq)?.registration.kenmerk
    if (kenmerk !== delivery.registration.kenmerk) {
      const fault = faultOf(
        '/kenmerk',
        'ander-kenmerk',
        'Het kenmerk hoort bij een andere registratie.',
        'Gebruik het kenmerk waarmee deze registratie gemaakt is.',
      )
      throw new HubError('ongeldige-invoer', { faults: [fault] })
    }
    return { ...receiptAnswer(await request.accept(delivery)), repeated: true }
  },
  async registratieBeeindigen(request) {
    const receipt = await endRegistration(request.hub, request.principal, idOf(request), request.body.json as Beeindiging)
    return { ...receiptAnswer(receipt), repeated: true }
  },
  async registratiesAanbieden(request) {
    const { registraties } = request.body.json as { registraties: unknown[] }
    const source = { label: 'eigen', origin: 'api' }
    const outcomes = await acceptRows(request.hub, request.principal, registraties.map(rowOfBatch), source)
    return { body: { resultaten: outcomes.map(showOutcome) } }
  },
  registratiesOpvragen: (request) => {
    const status = request.values.status
    return lookRegistrations(request.hub, request.principal, {
      ...pageQuery(request),
      ...(status ? { status: String(status) } : {}),
    })
  },
  registratieOpvragen: (request) => lookRegistration(request.hub, request.principal, idOf(request)),
  toestemmingenOpvragen: (request) => lookConsents(request.hub, request.principal, idOf(request)),
}

/** A row's outcome as the status that it would have had alone. */
export function showOutcome({ regel, bronbericht, receipt, error, fouten }: RowOutcome): Rijresultaat {
  const place = regel === undefined ? {} : { regel }
  if (!receipt) return { ...place, bronbericht, status: statusOf(error ?? 'ongeldige-invoer'), fouten }
  const { id, versie, applied, reception } = receipt
  const made = reception === 'nieuw' ? 201 : OK
  return { ...place, bronbericht, status: made, id, versie, ...(applied ? {} : { toegepast: false }) }
}

/** Checks a single registration; a malformed one is kept in quarantine before its sender is told every fault. */
async function deliveryOf({ hub, principal, body }: ApiRequest) {
  const magBsn = hub.region.organisaties.find((organisation) => organisation.id === principal.organisation)?.magBsn ?? false
  const faults = checkRegistration(body.json, { magBsn }, dayOf(hub.clock.domain()))
  if (faults.length > 0) {
    await quarantine(hub, principal, [{ row: rowOfBatch(body.json), fouten: faults }], { label: 'eigen', origin: 'api' })
    throw new HubError('ongeldige-invoer', { faults })
  }
  return { sender: principal, registration: body.json as Registratie, consents: [], origin: 'api' }
}

function receiptAnswer(receipt: Receipt): ApiAnswer {
  const { id, bronbericht, versie, ontvangenOp, applied, reception } = receipt
  if (reception === 'hergebruikt') throw new HubError('bronbericht-hergebruikt')
  const body = { id, bronbericht, versie, status: 'ontvangen', ontvangenOp, ...(applied ? {} : { toegepast: false }) }
  return { body, location: `/v1/registraties/${id}`, repeated: reception !== 'nieuw' }
}
