import type { Deelbesluit, Oordeel } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { logged, record } from './dossier.ts'
import { ownRegistration } from './look-registrations.ts'
import { reassess } from './reassess.ts'
import { receiverFor } from './receivers.ts'

/** A decision not to share with these recipients, whatever was consented to; it holds at once and until it is withdrawn. */
export function withhold(hub: Hub, principal: Principal, body: Deelbesluit): Promise<{ id: string }> {
  const { registratie, ...content } = body
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, registratie)
    const faults = content.ontvangers.flatMap((id, i) => (receiverFor(hub.region, id) ? [] : [unknownAt(i)]))
    if (faults.length > 0) throw new HubError('ongeldige-invoer', { faults })
    const made = await record(hub, tx, principal, row, { kind: 'niet-delen', content, state: 'open' })
    await again(hub, tx, row)
    return made
  })
}

function unknownAt(place: number) {
  return faultOf(
    `/ontvangers/${place}`,
    'onbekende-organisatie',
    'Deze organisatie doet niet mee in de regio.',
    'Gebruik de code van een organisatie of van het coördinatiepunt.',
  )
}

/** Withdraws a decision not to share: from now on the answers of those concerned decide again. */
export function endWithholding(hub: Hub, principal: Principal, id: string): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const entry = await tx.dossiers.byId(id)
    if (entry?.kind !== 'niet-delen' || entry.organisation !== principal.organisation) throw new HubError('niet-gevonden')
    const [row] = await tx.registrations.bySeqs([entry.registration])
    if (!row) throw new HubError('niet-gevonden')
    if (entry.state === 'open') {
      await tx.dossiers.update({ ...entry, state: 'gesloten', closedAt: hub.clock.domain().toISOString() })
      await again(hub, tx, row)
    }
    await logged(hub, tx, principal, row, id, 'wijzigen')
    return { id }
  })
}

/** Records whether a young person can weigh the own interests; the last one counts, where the policy asks. */
export function recordJudgement(hub: Hub, principal: Principal, id: string, body: Oordeel): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    if (body.op > dayOf(hub.clock.domain())) {
      const fault = faultOf('/op', 'in-de-toekomst', 'De datum ligt in de toekomst.', 'Geef de dag waarop het is vastgesteld.')
      throw new HubError('ongeldige-invoer', { faults: [fault] })
    }
    const made = await record(hub, tx, principal, row, { kind: 'oordeel', content: body, state: 'gesloten' })
    await again(hub, tx, row)
    return made
  })
}

async function again(hub: Hub, tx: Tx, row: RegistrationRow): Promise<void> {
  if (row.person) await reassess(hub, tx, { persons: [row.person], seqs: [row.seq] })
}
