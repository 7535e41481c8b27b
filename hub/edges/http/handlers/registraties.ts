import type { Beeindiging, Registratie, Rijresultaat } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import type { Receipt } from '../../../flows/accept.ts'
import type { Delivery } from '../../../flows/accept-standing.ts'
import { endRegistration } from '../../../flows/end-registration.ts'
import { acceptRows, quarantine, type RowOutcome, rowOfBatch } from '../../../flows/import-rows.ts'
import { lookConsents, lookRegistration, lookRegistrations, ownRegistration } from '../../../flows/look-registrations.ts'
import { dayOf } from '../../../stages/calendar.ts'
import { checkRegistration } from '../../../stages/ingest/check.ts'
import { faultOf } from '../../../stages/ingest/fault-of.ts'
import { rightsOf } from '../../../stages/ingest/rights.ts'
import { type ApiAnswer, type ApiRequest, expectedTags, type Handlers, idOf, pageQuery } from '../handler.ts'
import { OK, statusOf } from '../problem.ts'

/** Own registrations: push, change, end, read. */
export const registrationHandlers: Handlers = {
  async registratieAanmaken(request) {
    return receiptAnswer(await request.accept(await deliveryOf(request)))
  },
  async registratieWijzigen(request) {
    const delivery = await deliveryOf(request)
    const { hub, principal } = request
    const kenmerk = await hub.store.read(async (tx) => {
      const row = await ownRegistration(tx, principal, idOf(request))
      return (await hub.contents.open(tx, [row])).get(row.seq)?.registration.kenmerk
    })
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
    const { hub, principal, body } = request
    const expected = expectedVersion(request)
    return endingAnswer(await endRegistration(hub, principal, idOf(request), body.json as Beeindiging, expected))
  },
  async registratiesAanbieden(request) {
    const { json, lines } = request.body
    const { registraties } = json as { registraties: unknown[] }
    const rows = lines ?? registraties.map((row) => ({ json: row, faults: [], text: JSON.stringify(row) }))
    const source = { label: 'eigen', origin: 'api' }
    const outcomes = await acceptRows(request.hub, request.principal, rows.map(rowOfBatch), source)
    return { body: { resultaten: outcomes.map(showOutcome) } }
  },
  registratiesOpvragen: (request) => {
    const status = request.values.status
    return lookRegistrations(request.hub, request.principal, {
      ...pageQuery(request),
      ...(status ? { status: String(status) } : {}),
    })
  },
  async registratieOpvragen(request) {
    const answer = await lookRegistration(request.hub, request.principal, idOf(request))
    return { ...answer, etag: `"${answer.body.versie}"` }
  },
  toestemmingenOpvragen: (request) => lookConsents(request.hub, request.principal, idOf(request), pageQuery(request)),
}

/** A row's outcome as the status that it would have had alone. */
export function showOutcome({ regel, bronbericht, receipt, error, fouten }: RowOutcome): Rijresultaat {
  const place = regel === undefined ? {} : { regel }
  if (!receipt) return { ...place, bronbericht, status: statusOf(error ?? 'ongeldige-invoer'), fouten }
  const { id, versie, applied, reception } = receipt
  const made = reception === 'nieuw' ? 201 : OK
  const more = { ...(applied ? {} : { toegepast: false }), ...(reception === 'herhaald' ? { dubbel: true } : {}) }
  return { ...place, bronbericht, status: made, id, versie, ...more }
}

/** Checks a single registration; a malformed one is kept in quarantine before its sender is told every fault. */
async function deliveryOf(request: ApiRequest): Promise<Delivery> {
  const { hub, principal, body, faults: before } = request
  const own =
    body.json === undefined
      ? []
      : checkRegistration(body.json, rightsOf(hub.region, principal.organisation), dayOf(hub.clock.domain()))
  const faults = [...before, ...own]
  if (faults.length > 0) {
    const row = rowOfBatch({ json: body.json, faults, text: body.bytes.toString() })
    await quarantine(hub, principal, [{ row, fouten: faults }], { label: 'eigen', origin: 'api' })
    throw new HubError('ongeldige-invoer', { faults })
  }
  const registration = body.json as Registratie
  return { sender: principal, registration, consents: [], origin: 'api', ...expectedVersion(request) }
}

function receiptAnswer(receipt: Receipt): ApiAnswer {
  const { id, bronbericht, versie, ontvangenOp, applied, reception } = receipt
  if (reception === 'hergebruikt') throw new HubError('bronbericht-hergebruikt')
  if (reception === 'achterhaald') throw new HubError('versie-verouderd')
  const body = { id, bronbericht, versie, status: 'ontvangen', ontvangenOp, ...(applied ? {} : { toegepast: false }) }
  return { body, location: `/v1/registraties/${id}`, repeated: reception !== 'nieuw' }
}

/** An ending is made once; one that comes again, or that is older than what stands, made nothing. */
function endingAnswer(receipt: Receipt): ApiAnswer {
  const { location: _, ...answer } = receiptAnswer(receipt)
  return { ...answer, repeated: receipt.reception !== 'vervangt' }
}

/** The versions that `If-Match` names, whose tags are their numbers; absent: any. */
function expectedVersion(request: ApiRequest): { expected?: number[] } {
  const tags = expectedTags(request)
  return tags ? { expected: tags.map((tag) => Number(/^"(\d{1,10})"$/.exec(tag)?.[1] ?? Number.NaN)) } : {}
}
