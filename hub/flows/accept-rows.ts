import type { Registratie } from '../../schemas/types.ts'
import type { Principal } from '../principal.ts'
import type { InboxRow, RegistrationRow } from '../rows.ts'
import { dayOf } from '../stages/calendar.ts'
import type { Reception } from '../stages/ingest/receive.ts'

/** A message with the keyed hashes by which it is found again. */
interface Identified {
  sender: Principal
  registration: Registratie
  message: Buffer
  bodyHash: Buffer
}

interface Outcome {
  reception: Reception
  id: string
  versie: number
  ontvangenOp: string
  applied: boolean
}

/** The line of the inbox by which the same message is known when it comes again. */
export function inboxRowOf(message: Identified, receipt: Outcome): InboxRow {
  return {
    source: message.sender.client,
    message: message.message,
    bodyHash: message.bodyHash,
    registration: receipt.id,
    version: receipt.versie,
    applied: receipt.applied ? 1 : 0,
    created: receipt.reception === 'nieuw' ? 1 : 0,
    receivedAt: receipt.ontvangenOp,
  }
}

/** The registration as the store keeps it, still without its envelope; what stays of the version before it comes from `before`. */
export function rowOf(message: Identified, id: string, before: RegistrationRow | undefined, now: string): RegistrationRow {
  const { registration, sender } = message
  const { betrokkenheid, persoon } = registration
  const goesOn = betrokkenheid.status !== 'afgesloten'
  const today = dayOf(now)
  const municipality = persoon.gemeente ?? sender.municipalities[0] ?? ''
  // Another municipality than before is something that the organisation knows later than the register told.
  const stays = before?.municipality === municipality
  return {
    seq: before?.seq ?? 0,
    id,
    client: sender.client,
    organisation: sender.organisation,
    version: registration.versie,
    state: 'ontvangen',
    person: before?.person ?? null,
    roleInFamily: persoon.rolInGezin ?? 'jeugdige',
    status: betrokkenheid.status,
    startedOn: betrokkenheid.begindatum,
    endedOn: betrokkenheid.einddatum ?? null,
    municipality,
    signals: registration.signaleert ? 1 : 0,
    receivedAt: before?.receivedAt ?? now,
    renewedOn: goesOn ? today : (before?.renewedOn ?? today),
    archivedOn: goesOn ? null : (before?.archivedOn ?? null),
    frozen: before?.frozen ?? 0,
    traceId: sender.traceId,
    residence: stays ? before.residence : null,
    residenceSince: stays ? before.residenceSince : null,
    facts: before?.facts ?? null,
    keyEpochs: before?.keyEpochs ?? '',
  }
}
