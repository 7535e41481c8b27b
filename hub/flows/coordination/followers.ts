import type { GedeeldeBetrokkenheid, GedeeldeBetrokkenheidLijst, Volger } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import type { Tx } from '../../ports.ts'
import type { Principal } from '../../principal.ts'
import type { FollowerRow } from '../../rows/coordination.ts'
import type { RegistrationRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { faultOf } from '../../stages/ingest/fault-of.ts'
import type { Answer } from '../answer.ts'
import { idAfter, pageOf } from '../cursor.ts'
import { type Files, loadFiles } from '../files.ts'
import { involvementOf, takesPart } from '../involvements.ts'
import { ownRegistration } from '../look-registrations.ts'
import { showSide } from '../match-view.ts'
import { mayTell } from '../permits.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { tellFollowers } from './tell-followers.ts'

/**
 * Has another organisation, that registers nothing itself, told of an own involvement: as soon and as long as the policy permits.
 * The same again answers the same id.
 */
export async function addFollower(
  hub: Hub,
  principal: Principal,
  id: string,
  body: Volger,
): Promise<{ id: string; repeated: boolean }> {
  return hub.store.write(async (tx) => {
    const row = await ownRegistration(tx, principal, id)
    refuseUnknown(hub, principal, body)
    const standing = (await tx.coordination.followers.byRegistrations([row.seq])).find(
      (each) => each.organisation === body.organisatie,
    )
    const follower: FollowerRow = standing ?? {
      id: hub.ids.next('f'),
      registration: row.seq,
      organisation: body.organisatie,
      addedBy: principal.subject,
      state: 'wacht',
      createdAt: hub.clock.domain().toISOString(),
    }
    if (!standing) await tx.coordination.followers.insert(follower)
    await tellFollowers(hub, tx, [follower])
    const line = lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: follower.id, persoon: row.person })
    await tx.log.append([line], hub.clock.real())
    return { id: follower.id, repeated: standing !== undefined }
  })
}

function refuseUnknown(hub: Hub, principal: Principal, { organisatie }: Volger): void {
  if (receiverFor(hub.region, organisatie)?.hasSides && organisatie !== principal.organisation) return
  const fault = faultOf(
    '/organisatie',
    'onbekend',
    'Deze organisatie kan niet volgen.',
    'Kies een andere organisatie uit de regio.',
  )
  throw new HubError('ongeldige-invoer', { faults: [fault] })
}

/** What is shared with the asker's organisation and may be told to it now. */
export function lookShared(
  hub: Hub,
  principal: Principal,
  query: { cursor?: string; limiet: number },
): Promise<Answer<GedeeldeBetrokkenheidLijst>> {
  const after = idAfter(query.cursor)
  return hub.store.read(async (tx) => {
    const seen: Shared[] = []
    for (let at = after; ; ) {
      const found = await tx.coordination.followers.toldTo(principal.organisation, at, query.limiet + 1)
      seen.push(...(await sharedOf(hub, tx, principal, found)))
      at = found.at(-1)?.id ?? at
      if (found.length <= query.limiet || seen.length > query.limiet) break
    }
    const page = pageOf(seen, query.limiet, ({ body }) => body.id)
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'betrokkenheden' })
    const lines = page.rows.map((each) => lineFor(principal, each))
    const body = { betrokkenheden: page.rows.map((each) => each.body), ...(page.next ? { volgende: page.next } : {}) }
    return { body, lines: lines.length > 0 ? lines : [search] }
  })
}

export function lookOneShared(hub: Hub, principal: Principal, id: string): Promise<Answer<GedeeldeBetrokkenheid>> {
  return hub.store.read(async (tx) => {
    const row = await tx.coordination.followers.byId(id)
    const [shared] = row?.organisation === principal.organisation ? await sharedOf(hub, tx, principal, [row]) : []
    if (!shared) throw new HubError('niet-gevonden')
    return { body: shared.body, lines: [lineFor(principal, shared)] }
  })
}

interface Shared {
  body: GedeeldeBetrokkenheid
  row: RegistrationRow
}

function lineFor(principal: Principal, { body, row }: Shared) {
  const { reglement, regel } = body.betrokkene.grond
  return lineOf(principal, {
    actie: 'lezen',
    uitkomst: 'toegestaan',
    object: body.id,
    persoon: row.person,
    grond: { reglement, regel },
  })
}

async function sharedOf(hub: Hub, tx: Tx, principal: Principal, followers: FollowerRow[]): Promise<Shared[]> {
  const reader = receiverFor(hub.region, principal.organisation)
  if (!reader?.hasSides) return []
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs(followers.map((each) => each.registration)))
  return followers.flatMap(({ id, registration }) => {
    const row = files.rows.get(registration)
    if (!row || !mayFollow(hub, files, row, reader)) return []
    return [{ body: { id, betrokkene: showSide(hub, files, involvementOf(row, []), reader) }, row }]
  })
}

function mayFollow(hub: Hub, files: Files, row: RegistrationRow, reader: Receiver): boolean {
  const at = hub.clock.domain()
  return takesPart(hub, row, dayOf(at)) && mayTell(hub, files, row.seq, reader, at).besluit === 'toestaan'
}
