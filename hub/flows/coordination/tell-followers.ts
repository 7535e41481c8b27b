import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { FollowerRow } from '../../rows/coordination.ts'
import { hubLine } from '../../stages/audit/line-of.ts'
import { dayOf } from '../../stages/calendar.ts'
import { eventOf } from '../event-of.ts'
import { loadFiles } from '../files.ts'
import { takesPart } from '../involvements.ts'
import { mayTell } from '../permits.ts'
import { type Receiver, receiverFor } from '../receivers.ts'

/** Tells followers what they may know now and did not, and takes back what they may no longer know. */
export async function tellFollowers(hub: Hub, tx: Tx, followers: FollowerRow[]): Promise<void> {
  if (followers.length === 0) return
  const at = hub.clock.domain()
  const files = await loadFiles(hub, tx, await tx.registrations.bySeqs(followers.map((each) => each.registration)))
  for (const follower of followers) {
    const row = files.rows.get(follower.registration)
    const reader = receiverFor(hub.region, follower.organisation) as Receiver
    const decision = row && takesPart(hub, row, dayOf(at)) ? mayTell(hub, files, row.seq, reader, at) : undefined
    const may = decision?.besluit === 'toestaan'
    if (may === (follower.state === 'verteld')) continue
    await tx.coordination.followers.setState(follower.id, may ? 'verteld' : 'ingetrokken')
    const type = may ? 'betrokkenheid.gedeeld.v1' : 'betrokkenheid.ingetrokken.v1'
    if (may || follower.state === 'verteld')
      await tx.events.append([eventOf(hub, follower.organisation, type, `/v1/betrokkenheden/${follower.id}`)])
    const line = hubLine({
      actie: 'exporteren',
      uitkomst: 'toegestaan',
      object: follower.id,
      organisatie: follower.organisation,
      persoon: row?.person ?? null,
      grond: decision ? { reglement: decision.reglement, regel: decision.regel } : null,
    })
    await tx.log.append([line], hub.clock.real())
    hub.delivery.ring()
  }
}
