import type { Opvolging } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { DisclosureRow, FollowUpRow } from '../rows.ts'
import { seqsOf } from '../stages/alert/view.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { faultOf } from '../stages/ingest/fault-of.ts'
import { eventOf, traced } from './event-of.ts'
import { type Expected, mustStand } from './expected.ts'
import { seeOne } from './look-matches.ts'
import { type SeenMatch, seeMatches, wouldSee } from './match-view.ts'
import { receiverFor } from './receivers.ts'
import { toldSeqs } from './told.ts'

/** Records that the organisations have spoken, or which variant of coordination was chosen; told to those who may know. */
export async function recordFollowUp(
  hub: Hub,
  principal: Principal,
  id: string,
  body: Opvolging,
  expected: Expected,
): Promise<{ id: string }> {
  return hub.store.write(async (tx) => {
    const { row, seen } = await seeOne(hub, tx, principal, id)
    const parties = new Set(seen.match.betrokkenen.map((party) => party.organisatie.id))
    refuse(hub, principal, body, parties)
    await mustStand(expected, async () => seen.match)
    const now = hub.clock.domain().toISOString()
    const content =
      body.soort === 'variant'
        ? { variant: body.variant }
        : { gesproken: body.gesproken, op: body.op ?? now, metOrganisaties: body.metOrganisaties ?? [] }
    const followUp: FollowUpRow = {
      id: hub.ids.next('o'),
      match: row.match,
      organisation: principal.organisation,
      role: principal.role,
      kind: body.soort,
      content: JSON.stringify(content),
      recordedBy: principal.subject,
      createdAt: now,
    }
    await spread(
      traced(
        hub,
        toldSeqs(row).map((seq) => ({ seq, traceId: principal.traceId })),
      ),
      tx,
      followUp,
      row,
      seen,
    )
    const lines = seen.persons.map((persoon) =>
      lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: followUp.id, persoon, grond: seen.ground }),
    )
    await tx.log.append(lines, hub.clock.real())
    return { id: followUp.id }
  })
}

/** The policy says who may establish which variant; contact is with organisations that the asker sees. */
function refuse(hub: Hub, principal: Principal, body: Opvolging, parties: Set<string>): void {
  const strangers = (body.metOrganisaties ?? []).flatMap((organisation, i) =>
    parties.has(organisation)
      ? []
      : [
          faultOf(
            `/metOrganisaties/${i}`,
            'niet-betrokken',
            'Deze organisatie is geen zichtbare betrokkene.',
            'Kies uit de betrokkenen van deze match.',
          ),
        ],
  )
  if (strangers.length > 0) throw new HubError('ongeldige-invoer', { faults: strangers })
  if (body.variant === undefined) return
  const allowed = hub.policy.coordinatie.variantenVastTeStellen[String(body.variant) as '0']
  if (allowed.includes(principal.role)) return
  const fault = faultOf(
    '/variant',
    'niet-bevoegd',
    'Uw rol mag deze variant niet vaststellen.',
    `Vraag het aan: ${allowed.join(', ')}.`,
  )
  throw new HubError('ongeldige-invoer', { faults: [fault] })
}

/**
 * Marks the match as followed up for its recorder and for every receiver that may know of it, and tells those that it changed. Who
 * may know is settled now: what one learns later of the others opens nothing that was recorded before.
 */
async function spread(hub: Hub, tx: Tx, followUp: FollowUpRow, row: DisclosureRow, seen: SeenMatch): Promise<void> {
  const knowing = row.state === 'open' ? await whoMayKnow(hub, tx, row, seen) : []
  const told = [row, ...knowing].map(({ receiver, id }) => ({ receiver, disclosure: id, followUp: followUp.id }))
  await tx.followUps.insert(followUp, told)
  const counts = followUp.kind === 'variant' || JSON.parse(followUp.content).gesproken === true
  for (const each of [row, ...knowing])
    if (counts && each.followed === 0) await tx.matches.updateDisclosure({ ...each, followed: 1 })
  await tx.events.append(
    knowing.map(({ receiver, id, municipality }) =>
      eventOf(hub, receiver, 'match.gewijzigd.v1', `/v1/matches/${id}`, { municipality, seqs: toldSeqs(row) }),
    ),
  )
  hub.delivery.ring()
}

/**
 * The others' open disclosures of the same match whose receivers may know what this one records: where the recorder would see the
 * match too if there were nothing but what that receiver sees. Else the follow-up would show that there is more.
 */
async function whoMayKnow(hub: Hub, tx: Tx, row: DisclosureRow, seen: SeenMatch): Promise<DisclosureRow[]> {
  const matches = await tx.matches.openTouching([], toldSeqs(row))
  const told = await tx.matches.disclosuresOf(matches.map((match) => match.id))
  const recorder = receiverFor(hub.region, row.receiver)
  const shared = new Set(seqsOf(seen.view))
  const knowing: DisclosureRow[] = []
  for (const other of told) {
    const receiver = receiverFor(hub.region, other.receiver)
    if (!recorder || !receiver || other.receiver === row.receiver || other.state !== 'open' || other.kind !== row.kind) continue
    const view = (await seeMatches(hub, tx, receiver, [other])).get(other.id)?.view
    if (view && (await wouldSee(hub, tx, recorder, view, shared))) knowing.push(other)
  }
  return knowing
}
