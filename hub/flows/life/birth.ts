import type { LifeEvent, ParentOfEvent } from '../../../adapters/adapter.ts'
import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { canBeBorn, mayBeToldBy } from '../../stages/life/about.ts'
import { familyKeysOf } from '../../stages/link/family-keys.ts'
import { subjectFrom, subjectOf } from '../../stages/link/subject.ts'
import { tokensOf } from '../tokens.ts'
import type { Waiting } from './accept-events.ts'
import { addFacts, type Found, logActs, open, tellRegistrants, withNumber } from './found.ts'

/** More registrations than this share no mother. */
const FAMILY_MAX = 200

/**
 * A child was born. An organisation's registration of the child that its mother expected gets the birth date, under the same id, and is
 * linked anew; the organisation hears it. Where one organisation has several of them (twins, a registration made twice) it only hears it: which
 * of them was born is for who knows the family.
 */
export async function isBorn(hub: Hub, waiting: Waiting): Promise<void> {
  const { event, teller } = waiting
  const [mother] = event.ouders
  if (!mother) return
  const stale = await withNumber(hub, mother.bsn ?? '', async (tx, registered) => {
    const expected = (await expectedOf(hub, tx, mother, registered)).filter(
      ({ row, content }) =>
        canBeBorn(content.registration, event.datum) && mayBeToldBy(teller.municipalities, livesIn(row), undefined),
    )
    const groups = [...Map.groupBy(expected, ({ row }) => row.organisation).values()]
    const born = groups.flatMap((group) => (group.length === 1 ? group : []))
    await tellRegistrants(hub, tx, expected, 'persoon.geboren', teller)
    await logActs(hub, tx, born, event, teller)
    return identifyAnew(hub, tx, born, event)
  })
  await hub.index.remove(stale)
  if (stale.length > 0) hub.linking.ring()
}

/**
 * Registrations in which this mother is named in full as a guardian; and those of the household of which an organisation registered her
 * with her number, among its own.
 */
async function expectedOf(hub: Hub, tx: Tx, mother: ParentOfEvent, registered: Found[]): Promise<Found[]> {
  const anchors = familyKeysOf({ subject: subjectFrom(mother), role: 'ouder' }, '', null, hub.keys.link.now().all[0]).self
  const named = [...(await tx.linking.holdersOfFamilyKeys(anchors ? [anchors] : [], FAMILY_MAX)).values()].flat()
  const own = registered.map(({ row }) => row)
  const keys = [...(await tx.linking.familyKeysOf(own.map(({ seq }) => seq))).values()].flat()
  const near = [...(await tx.linking.holdersOfFamilyKeys([...new Set(keys)], FAMILY_MAX)).values()].flat()
  const organisations = new Set(own.map(({ organisation }) => organisation))
  const household = (await tx.registrations.bySeqs([...new Set(near)])).filter((row) => organisations.has(row.organisation))
  const rows = [...household, ...(await tx.registrations.bySeqs([...new Set(named)]))]
  return open(hub, tx, [...new Map(rows.map((row) => [row.seq, row])).values()])
}

/** With the tokens and the keys of its birth date, to be linked once more; answers the keys that no longer hold. */
async function identifyAnew(hub: Hub, tx: Tx, born: Found[], { datum }: LifeEvent): Promise<{ seq: number; keys: string[] }[]> {
  await addFacts(hub, tx, born, { geboortedatum: datum })
  const rows = await tx.registrations.bySeqs(born.map(({ row }) => row.seq))
  const before = await tx.keyEpochs.blockingKeys(rows.map(({ seq }) => seq))
  const keys = await hub.dataKeys.get(rows.map(({ id }) => id))
  const now = await open(hub, tx, rows)
  const epochs = hub.keys.link.now()
  const entries = now.flatMap(({ row, content }) => {
    const key = keys.get(row.id)
    const { profile, blockingKeys } = tokensOf(subjectOf(content.registration), epochs)
    const sealed = key && hub.contents.sealProfile(row, key, profile)
    return sealed ? [{ seq: row.seq, profile: sealed, blockingKeys, keyEpochs: epochs.name }] : []
  })
  await tx.registrations.identifyAnew(entries)
  hub.contents.forget(rows.map(({ id }) => id))
  return entries.map(({ seq, blockingKeys }) => ({
    seq,
    keys: [...new Set(before.get(seq)).difference(new Set(blockingKeys))],
  }))
}
