import type { Doorbreking, Intrekking, Toestemming, Toetsing } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { TurnRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { startOfDay } from '../stages/calendar.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { sealUnder } from './dossier.ts'
import { traced } from './event-of.ts'
import { ownRegistration } from './look-registrations.ts'
import { partiesOf } from './parties.ts'
import { reassess } from './reassess.ts'
import { receiverFor } from './receivers.ts'

/** Records an answer; what may be told changes in the same transaction. Answers its id. */
export async function giveConsent(hub: Hub, principal: Principal, body: Toestemming): Promise<{ id: string }> {
  const { registratie, ...answer } = body
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, registratie)
    await refuseUnknownParties(hub, tx, row, answer)
    const id = hub.ids.next('t')
    const now = hub.clock.domain().toISOString()
    const sealed = await sealUnder(hub, row, answer, id)
    const forAll = answer.voor === 'allen' ? 1 : 0
    const consent = {
      id,
      registration: row.seq,
      organisation: row.organisation,
      forAll,
      sealed,
      withdrawnAt: null,
      createdAt: now,
    }
    await tx.consents.insert([consent])
    await tx.consents.insertTurns(turnsOf(row, [answer.geldigVanaf, answer.geldigTot], now))
    await changed(hub, tx, principal, row, { actie: 'aanmaken', object: id })
    return { id }
  })
}

/** Nobody can answer for someone whom the registration does not name, and nobody can be told who is not there. */
async function refuseUnknownParties(
  hub: Hub,
  tx: Tx,
  row: RegistrationRow,
  answer: Omit<Toestemming, 'registratie'>,
): Promise<void> {
  const parties = await partiesOf(hub, tx, row)
  const faults = (['gever', 'over'] as const)
    .filter((field) => answer[field] !== undefined && !parties.has(answer[field]))
    .map((field) =>
      faultOf(
        `/${field}`,
        'onbekende-persoon',
        'Deze persoon staat niet in de registratie.',
        'Gebruik jeugdige of het kenmerk van een gezagsdrager van deze registratie.',
      ),
    )
  if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
}

/** Withdraws an answer, from now or from the moment given. */
export async function withdrawConsent(hub: Hub, principal: Principal, id: string, body: Intrekking): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const consent = await tx.consents.own(principal.organisation, id)
    if (!consent) throw new HubError('niet-gevonden')
    const [row] = await tx.registrations.bySeqs([consent.registration])
    if (!row) throw new HubError('niet-gevonden')
    if (consent.withdrawnAt === null) {
      const now = hub.clock.domain()
      const at = instantOf(body.op, now)
      await tx.consents.withdraw(id, at)
      await tx.consents.insertTurns(turnsOf(row, [at], now.toISOString()))
      await changed(hub, tx, principal, row, { actie: 'wijzigen', object: id })
    } else
      await tx.log.append(
        [lineOf(principal, { actie: 'wijzigen', uitkomst: 'toegestaan', object: id, persoon: row.person })],
        hub.clock.real(),
      )
    return { id }
  })
}

/** A day counts from its beginning in Europe/Amsterdam; nothing given is now. */
function instantOf(given: string | undefined, now: Date): string {
  if (!given) return now.toISOString()
  return (given.length === 10 ? startOfDay(given) : new Date(given)).toISOString()
}

/** Sharing without consent for the child's safety: for the named recipients, until its hours are over. */
export async function breakThrough(hub: Hub, principal: Principal, body: Doorbreking): Promise<{ id: string }> {
  const { registratie, ontvangers, ...explanation } = body
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, registratie)
    const unknown = ontvangers.flatMap((id, i) =>
      receiverFor(hub.region, id)
        ? []
        : [
            faultOf(
              `/ontvangers/${i}`,
              'onbekende-organisatie',
              'Deze organisatie doet niet mee in de regio.',
              'Gebruik de code van een organisatie of van het coördinatiepunt.',
            ),
          ],
    )
    const faults = hub.policy.doorbreking.redenen.includes(explanation.reden) ? unknown : [NO_REASON, ...unknown]
    if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
    const id = hub.ids.next('d')
    const now = hub.clock.domain()
    const endsAt = new Date(now.getTime() + hub.policy.doorbreking.uren * 3_600_000).toISOString()
    await tx.consents.insertOverride({
      id,
      registration: row.seq,
      organisation: row.organisation,
      recipients: JSON.stringify(ontvangers),
      startsAt: now.toISOString(),
      endsAt,
      sealed: await sealUnder(hub, row, explanation, id),
      createdBy: principal.subject,
      createdRole: principal.role,
      reviewedBy: null,
      verdict: null,
      reviewedAt: null,
      reviewSealed: null,
    })
    await tx.consents.insertTurns(turnsOf(row, [endsAt], now.toISOString()))
    await changed(hub, tx, principal, row, { actie: 'doorbreken', object: id })
    return { id }
  })
}

const NO_REASON = faultOf(
  '/reden',
  'geen-reden',
  'Het reglement van de regio kent deze reden niet.',
  'Kies een reden die het reglement noemt.',
)

/** A second person in another role judges an override; one that was wrong ends at once. */
export async function reviewOverride(hub: Hub, principal: Principal, id: string, body: Toetsing): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const override = await tx.consents.overrideById(id)
    if (!override) throw new HubError('niet-gevonden')
    if (override.createdBy === principal.subject || override.createdRole === principal.role)
      throw new HubError('conflict', { detail: 'Een doorbreking wordt getoetst door een ander, in een andere rol.' })
    if (!hub.policy.doorbreking.toetsers.includes(principal.role))
      throw new HubError('conflict', { detail: 'Het reglement van de regio laat deze rol niet toetsen.' })
    if (override.reviewedAt) throw new HubError('conflict', { detail: 'Deze doorbreking is al getoetst.' })
    const [row] = await tx.registrations.bySeqs([override.registration])
    if (!row) throw new HubError('niet-gevonden')
    const sealed = body.toelichting === undefined ? null : await sealUnder(hub, row, body.toelichting, reviewContext(id))
    const at = hub.clock.domain().toISOString()
    await tx.consents.reviewOverride(id, { by: principal.subject, verdict: body.oordeel, at, sealed })
    await changed(hub, tx, principal, row, { actie: 'wijzigen', object: id })
    return { id }
  })
}

/** What a reviewer's explanation is sealed with, so that it never passes for the maker's. */
export function reviewContext(id: string): string {
  return `${id}/toetsing`
}

/** The hours at which what may be told changes by itself, still to come; days turn with the sweep of each midnight. */
function turnsOf(row: RegistrationRow, moments: (string | null | undefined)[], now: string): TurnRow[] {
  const instants = moments.flatMap((moment) => (moment && moment.length > 10 ? new Date(moment).toISOString() : []))
  return instants.filter((at) => at > now).map((at) => ({ at, registration: row.seq }))
}

/** The line in the log, and everything that this change can have opened or closed. */
async function changed(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  row: RegistrationRow,
  facts: { actie: 'aanmaken' | 'wijzigen' | 'doorbreken'; object: string },
): Promise<void> {
  await tx.log.append([lineOf(principal, { ...facts, uitkomst: 'toegestaan', persoon: row.person })], hub.clock.real())
  const own = traced(hub, [{ seq: row.seq, traceId: principal.traceId }])
  if (row.person) await reassess(own, tx, { persons: [row.person], seqs: [row.seq] })
}
