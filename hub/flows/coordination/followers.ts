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
import { sealUnder } from '../dossier.ts'
import { type Files, loadFiles } from '../files.ts'
import { involvementOf, takesPart } from '../involvements.ts'
import { ownRegistration } from '../look-registrations.ts'
import { showSide } from '../match-view.ts'
import { mayTell } from '../permits.ts'
import { type Receiver, receiverFor } from '../receivers.ts'
import { tellFollowers } from './tell-followers.ts'

/**
 * Has another organisation, that registers nothing itself, told of an own involvement: as soon and as long as the policy permits. A
 * reference by which it knows the person is kept sealed, and shown to it alone. The same again answers the same id.
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
    const follower = standing ?? newFollower(hub, principal, row, body)
    if (!standing) await tx.coordination.followers.insert(follower)
    if (body.kenmerk !== undefined)
      await tx.coordination.followers.setReference(follower.id, await sealUnder(hub, row, body.kenmerk, follower.id))
    await tellFollowers(hub, tx, [follower])
    const line = lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: follower.id, persoon: row.person })
    await tx.log.append([line], hub.clock.real())
    return { id: follower.id, repeated: standing !== undefined }
  })
}

function newFollower(hub: Hub, { subject }: Principal, { seq }: RegistrationRow, { organisatie }: Volger): FollowerRow {
  const createdAt = hub.clock.domain().toISOString()
  const id = hub.ids.next('f')
  return { id, registration: seq, organisation: organisatie, addedBy: subject, state: 'wacht', createdAt, sealed: null }
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
  const told = followers.flatMap((follower) => {
    const row = files.rows.get(follower.registration)
    return row && mayFollow(hub, files, row, reader) ? [{ follower, row }] : []
  })
  const references = await referencesOf(hub, told)
  return told.map(({ follower: { id }, row }) => {
    const kenmerk = references.get(id)
    const known = kenmerk === undefined ? {} : { kenmerk }
    return { body: { id, ...known, betrokkene: showSide(hub, files, involvementOf(row, []), reader) }, row }
  })
}

/** By what this follower knows each person, where that was given. */
async function referencesOf(hub: Hub, told: { follower: FollowerRow; row: RegistrationRow }[]): Promise<Map<string, string>> {
  const sealed = told.flatMap(({ follower: { id, sealed: reference }, row }) =>
    reference ? [{ registrationId: row.id, sealed: reference, context: id }] : [],
  )
  const texts = await hub.contents.openTexts(sealed)
  return new Map(sealed.map(({ context }, i) => [context, JSON.parse(texts[i] as string)]))
}

function mayFollow(hub: Hub, files: Files, row: RegistrationRow, reader: Receiver): boolean {
  const at = hub.clock.domain()
  return takesPart(hub, row, dayOf(at)) && mayTell(hub, files, row.seq, reader, at).besluit === 'toestaan'
}
