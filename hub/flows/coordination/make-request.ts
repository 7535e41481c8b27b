import type { Melding } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { RegistrationRow, RequestRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { MELDING } from '../../stages/coordination/machines.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { eventOf, traced } from '../event-of.ts'
import { ownRegistration } from '../look-registrations.ts'
import { startTermsFrom } from './case-terms.ts'
import { pointOfRequest } from './request-route.ts'

/**
 * A professional asks the coördinatiepunt for coordination, with or without a match. What the same organisation asked already about
 * the same person or family, for the same reason, and is not answered yet, is that request again: counted, with the same id.
 * Only the maker's own registrations decide what is the same, so that nothing shows of what others asked.
 */
export async function makeRequest(hub: Hub, principal: Principal, body: Melding): Promise<{ id: string; repeated: boolean }> {
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, body.registratie)
    const standing = (await ownRequests(tx, row)).find(
      ({ reason, state, organisation }) =>
        reason === body.reden && organisation === row.organisation && (state === 'ontvangen' || state === 'getoetst'),
    )
    const id = standing?.id ?? hub.ids.next('v')
    if (standing) await tx.coordination.requests.update({ ...standing, times: standing.times + 1 })
    else await insert(hub, tx, principal, row, body, id)
    await tx.log.append(
      [lineOf(principal, { actie: standing ? 'wijzigen' : 'aanmaken', uitkomst: 'toegestaan', object: id, persoon: row.person })],
      hub.clock.real(),
    )
    hub.delivery.ring()
    return { id, repeated: standing !== undefined }
  })
}

async function insert(hub: Hub, tx: Tx, principal: Principal, row: RegistrationRow, body: Melding, id: string): Promise<void> {
  const municipality = livesIn(row)
  const point = pointOfRequest(hub, row)
  if (!point)
    throw new HubError('conflict', {
      detail: 'Voor deze gemeente is geen coördinatiepunt bekend; vraag de beheerder van de regio.',
    })
  const urgency = body.urgentie ?? 'normaal'
  await tx.followUps.insertRequest({
    id,
    registration: row.seq,
    organisation: row.organisation,
    receiver: point,
    municipality,
    reason: body.reden,
    urgency,
    state: MELDING.begin,
    createdBy: principal.subject,
    createdAt: hub.clock.domain().toISOString(),
    answeredAt: null,
    answer: null,
    caseId: null,
    times: 1,
  })
  await startTermsFrom(hub, tx, 'melding', id, urgency)
  await tx.events.append([
    eventOf(traced(hub, [{ seq: row.seq, traceId: principal.traceId }]), point, 'melding.ontvangen.v1', `/v1/meldingen/${id}`, {
      municipality,
      seqs: [row.seq],
    }),
  ])
}

/** Requests about the same person or family, by what this organisation itself registered. */
async function ownRequests(tx: Tx, row: RegistrationRow): Promise<RequestRow[]> {
  const keys = (await tx.linking.familyKeysOf([row.seq])).get(row.seq) ?? []
  const holders = await tx.linking.holdersOfFamilyKeys(keys, 200)
  const persons = row.person === null ? [] : [row.person]
  const own = await tx.registrations.ownByPersons(row.organisation, persons)
  const family = (await tx.registrations.bySeqs([...new Set([...holders.values()].flat())])).filter(
    (each) => each.organisation === row.organisation,
  )
  return tx.coordination.requests.byRegistrations([...new Set([row, ...own, ...family].map((each) => each.seq))])
}
