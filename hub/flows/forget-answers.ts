import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import { isAnother } from '../stages/consent/another-person.ts'
import { LAPSED } from './dossier.ts'
import { eventOf } from './event-of.ts'

/**
 * What was answered, decided and recorded about a registration was about the person whom it named. When a newer version names somebody
 * else, all of it ends: a yes for one child is no yes for another, and a no goes with the child who said it. Only within the
 * transaction that replaces the registration.
 */
export async function forgetAnswers(hub: Hub, tx: Tx, row: RegistrationRow | undefined, next: Registratie): Promise<void> {
  const before = row && (await hub.contents.open(tx, [row])).get(row.seq)?.registration.persoon
  if (!row || (before && !isAnother(before, next.persoon))) return
  const now = hub.clock.domain().toISOString()
  for (const consent of await tx.consents.byRegistrations([row.seq])) await tx.consents.withdraw(consent.id, now)
  for (const override of await tx.consents.overridesByRegistrations([row.seq]))
    if (override.endsAt > now) await tx.consents.endOverride(override.id, now)
  for (const entry of await tx.dossiers.byRegistrations([row.seq]))
    if (entry.kind !== 'verzoek') await tx.dossiers.update({ ...entry, state: LAPSED, closedAt: now })
  await endFollowing(hub, tx, row)
}

/** Who was told of one child, and knows that one by its own reference, is not told of another. */
async function endFollowing(hub: Hub, tx: Tx, { seq }: RegistrationRow): Promise<void> {
  const followers = await tx.coordination.followers.byRegistrations([seq])
  const told = followers.filter(({ state }) => state === 'verteld')
  await tx.events.append(
    told.map(({ id, organisation }) => eventOf(hub, organisation, 'betrokkenheid.ingetrokken.v1', `/v1/betrokkenheden/${id}`)),
  )
  await tx.coordination.followers.remove(followers.map(({ id }) => id))
}
