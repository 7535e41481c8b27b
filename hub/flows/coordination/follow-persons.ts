import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { RegistrationRow } from '../../rows.ts'
import { dayOf } from '../../stages/calendar.ts'
import { eventOf } from '../event-of.ts'
import { loadFiles } from '../files.ts'
import type { PersonFiles, Touched } from '../neighbourhood.ts'
import { mayTell } from '../permits.ts'
import { receiverFor } from '../receivers.ts'
import { followCases } from './follow-cases.ts'
import { moveRequests } from './move-requests.ts'
import { tellFollowers } from './tell-followers.ts'

/**
 * What else follows from a change to these persons: followers and takers of a hand-over that may know now, families that are or
 * were coordinated, meldingen and cases that move to another point. `own` are the persons' registrations.
 */
export async function followPersons(hub: Hub, tx: Tx, { persons, seqs }: Touched, own: PersonFiles): Promise<void> {
  const known = new Set(own.rows.map((row) => row.seq))
  const others = await tx.registrations.bySeqs(seqs.filter((seq) => !known.has(seq)))
  const rows = [...own.rows, ...others]
  const numbers = rows.map((row) => row.seq)
  await tellFollowers(hub, tx, await tx.coordination.followers.byRegistrations(numbers))
  await tellTakers(hub, tx, rows)
  await moveRequests(hub, tx, rows)
  const keysOfOthers = await tx.linking.familyKeysOf(others.map((row) => row.seq))
  const keys = [...own.keys.values(), ...keysOfOthers.values()].flat()
  const cases = await tx.coordination.cases.byKeys([...new Set([...persons, ...keys])])
  const begun = await tx.coordination.cases.begunWith(numbers)
  await followCases(hub, tx, [...new Map([...cases, ...begun].map((row) => [row.id, row])).values()])
}

/** An offer is told to its taker once, when the policy permits it. */
async function tellTakers(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  const at = hub.clock.domain()
  const offers = await tx.coordination.handovers.standing(
    rows.map((row) => row.seq),
    dayOf(at),
  )
  const waiting = offers.filter(({ told, state }) => told === 0 && state === 'aangeboden')
  if (waiting.length === 0) return
  const files = await loadFiles(hub, tx, rows)
  for (const offer of waiting) {
    const taker = receiverFor(hub.region, offer.toOrganisation)
    if (!taker || mayTell(hub, files, offer.registration, taker, at).besluit !== 'toestaan') continue
    await tx.coordination.handovers.update({ ...offer, told: 1 })
    await tx.events.append([eventOf(hub, taker.id, 'overdracht.aangeboden.v1', `/v1/overdrachten/${offer.id}`)])
    hub.delivery.ring()
  }
}
