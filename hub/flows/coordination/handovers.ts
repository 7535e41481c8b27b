import type { Overdracht, OverdrachtAanbod, OverdrachtAntwoord, OverdrachtLijst } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { HandoverRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { addDays, dayOf } from '../../stages/calendar.ts'
import { step } from '../../stages/coordination/machine.ts'
import { OVERDRACHT } from '../../stages/coordination/machines.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Answer } from '../answer.ts'
import { idAfter, pageOf } from '../cursor.ts'
import { eventOf } from '../event-of.ts'
import { type Expected, mustStand } from '../expected.ts'
import { loadFiles } from '../files.ts'
import { takesPart } from '../involvements.ts'
import { ownRegistration } from '../look-registrations.ts'
import { mayTell } from '../permits.ts'
import { reassess } from '../reassess.ts'
import { type Receiver, receiverFor } from '../receivers.ts'

/** Offers an involvement to another organisation. The policy is asked anew, with the taker as recipient; till it permits, nobody is told. */
export async function offerHandover(
  hub: Hub,
  principal: Principal,
  body: OverdrachtAanbod,
): Promise<{ body: Overdracht; repeated: boolean }> {
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, body.registratie)
    const taker = takerOf(hub, principal, body.naar)
    const today = dayOf(hub.clock.domain())
    if (!takesPart(hub, row, today)) throw new HubError('conflict', { detail: 'Deze betrokkenheid is niet meer open.' })
    const standing = (await tx.coordination.handovers.standing([row.seq], today)).find(
      (each) => each.toOrganisation === taker.id && each.state === OVERDRACHT.begin,
    )
    const handover = standing ?? (await insert(hub, tx, row, taker))
    await tx.log.append(
      [lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: handover.id, persoon: row.person })],
      hub.clock.real(),
    )
    if (!standing) await reassess(hub, tx, { persons: row.person ? [row.person] : [], seqs: [row.seq] })
    return { body: await show(hub, tx, principal, handover, row), repeated: standing !== undefined }
  })
}

function takerOf(hub: Hub, principal: Principal, id: string): Receiver {
  const taker = receiverFor(hub.region, id)
  if (taker?.hasSides && id !== principal.organisation) return taker
  const fault = faultOf('/naar', 'onbekend', 'Aan deze organisatie kan niet worden overgedragen.', 'Kies een andere organisatie.')
  throw new HubError('ongeldige-invoer', { faults: [fault] })
}

async function insert(hub: Hub, tx: Tx, row: RegistrationRow, taker: Receiver): Promise<HandoverRow> {
  const now = hub.clock.domain()
  const handover: HandoverRow = {
    id: hub.ids.next('w'),
    registration: row.seq,
    fromOrganisation: row.organisation,
    toOrganisation: taker.id,
    state: OVERDRACHT.begin,
    offeredAt: now.toISOString(),
    until: addDays(dayOf(now), hub.policy.match.overdrachtDagen),
    answeredAt: null,
    told: 0,
    settled: 0,
  }
  await tx.coordination.handovers.insert(handover)
  return handover
}

/** The taker accepts or gives back, the giver withdraws; the other one hears. */
export async function answerHandover(
  hub: Hub,
  principal: Principal,
  id: string,
  { antwoord }: OverdrachtAntwoord,
  expected: Expected,
): Promise<Overdracht> {
  return hub.store.write(async (tx) => {
    const { handover, row, isGiver } = await handoverFor(hub, tx, principal, id)
    const act = { aanvaard: 'aanvaarden', teruggegeven: 'teruggeven', ingetrokken: 'intrekken' }[antwoord]
    const stepped = step(OVERDRACHT, handover.state, act, isGiver ? 'aanbieder' : 'ontvanger')
    if (!stepped.gelukt && stepped.reden === 'niet-bevoegd') {
      const fault = faultOf(
        '/antwoord',
        'niet-bevoegd',
        'Dit antwoord is aan de ander.',
        'Wie aanbiedt, trekt in; de ontvanger antwoordt.',
      )
      throw new HubError('ongeldige-invoer', { faults: [fault] })
    }
    if (!stepped.gelukt) throw new HubError('conflict', { detail: `Deze overdracht is al ${handover.state}.` })
    await mustStand(expected, () => show(hub, tx, principal, handover, row))
    const answered = { ...handover, state: stepped.naar, answeredAt: hub.clock.domain().toISOString() }
    await tx.coordination.handovers.update(answered)
    const other = isGiver ? handover.toOrganisation : handover.fromOrganisation
    if (!isGiver || handover.told === 1)
      await tx.events.append([eventOf(hub, other, 'overdracht.beantwoord.v1', `/v1/overdrachten/${id}`)])
    await tx.log.append(
      [lineOf(principal, { actie: 'wijzigen', uitkomst: 'toegestaan', object: id, persoon: row.person })],
      hub.clock.real(),
    )
    await reassess(hub, tx, { persons: row.person ? [row.person] : [], seqs: [row.seq] })
    hub.delivery.ring()
    return show(hub, tx, principal, answered, row)
  })
}

/** Hand-overs from and to the asker's organisation; one that may not be told to its taker is not there for the taker. */
export function lookHandovers(
  hub: Hub,
  principal: Principal,
  query: { cursor?: string; limiet: number },
): Promise<Answer<OverdrachtLijst>> {
  const after = idAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const shown: { body: Overdracht; row: RegistrationRow }[] = []
    for (let at = after; ; ) {
      const found = await tx.coordination.handovers.list(principal.organisation, at, query.limiet + 1)
      const rows = new Map((await tx.registrations.bySeqs(found.map((each) => each.registration))).map((row) => [row.seq, row]))
      for (const handover of found) {
        const row = rows.get(handover.registration)
        if (row && (await maySee(hub, tx, principal, handover, row)))
          shown.push({ body: await show(hub, tx, principal, handover, row), row })
        at = handover.id
      }
      if (found.length <= query.limiet || shown.length > query.limiet) break
    }
    const page = pageOf(shown, query.limiet, ({ body }) => body.id)
    const lines = page.rows.map(({ body, row }) =>
      lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: body.id, persoon: row.person }),
    )
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'overdrachten' })
    const body = { overdrachten: page.rows.map((each) => each.body), ...(page.next ? { volgende: page.next } : {}) }
    return { body, lines: lines.length > 0 ? lines : [search] }
  })
}

export function lookHandover(hub: Hub, principal: Principal, id: string): Promise<Answer<Overdracht>> {
  return hub.store.read(async (tx) => {
    const { handover, row } = await handoverFor(hub, tx, principal, id)
    const line = lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: row.person })
    return { body: await show(hub, tx, principal, handover, row), lines: [line] }
  })
}

async function handoverFor(hub: Hub, tx: Tx, principal: Principal, id: string) {
  const handover = await tx.coordination.handovers.byId(id)
  const isParty = handover && [handover.fromOrganisation, handover.toOrganisation].includes(principal.organisation)
  const [row] = isParty ? await tx.registrations.bySeqs([handover.registration]) : []
  if (!handover || !row || !(await maySee(hub, tx, principal, handover, row))) throw new HubError('niet-gevonden')
  return { handover, row, isGiver: handover.fromOrganisation === principal.organisation }
}

async function maySee(hub: Hub, tx: Tx, principal: Principal, handover: HandoverRow, row: RegistrationRow): Promise<boolean> {
  if (principal.role !== 'organisatie') return false
  if (handover.fromOrganisation === principal.organisation) return true
  if (handover.toOrganisation !== principal.organisation) return false
  return (await decisionFor(hub, tx, handover, row)).besluit === 'toestaan'
}

async function decisionFor(hub: Hub, tx: Tx, { toOrganisation }: HandoverRow, row: RegistrationRow) {
  const files = await loadFiles(hub, tx, [row])
  return mayTell(hub, files, row.seq, receiverFor(hub.region, toOrganisation) as Receiver, hub.clock.domain())
}

async function show(hub: Hub, tx: Tx, principal: Principal, handover: HandoverRow, row: RegistrationRow): Promise<Overdracht> {
  const name = (id: string) => ({ id, naam: receiverFor(hub.region, id)?.naam ?? id })
  const common = {
    id: handover.id,
    status: handover.state as Overdracht['status'],
    van: name(handover.fromOrganisation),
    naar: name(handover.toOrganisation),
    aangebodenOp: handover.offeredAt,
    ...(handover.answeredAt ? { beantwoordOp: handover.answeredAt } : {}),
    uiterlijk: handover.until,
  }
  if (handover.fromOrganisation === principal.organisation) {
    const { besluit, ontbreekt } = await decisionFor(hub, tx, handover, row)
    const stand = besluit === 'toestaan' ? ('voldoende' as const) : ('onvoldoende' as const)
    return { ...common, registratie: row.id, toestemming: { stand, ontbreekt: [...ontbreekt] } }
  }
  const registration = (await hub.contents.open(tx, [row])).get(row.seq)?.registration
  return {
    ...common,
    ...(registration ? { contact: registration.contact, betrokkenheidsstatus: registration.betrokkenheid.status } : {}),
  }
}
