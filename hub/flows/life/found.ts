import type { LifeEvent } from '../../../adapters/adapter.ts'
import type { Hub } from '../../context.ts'
import type { Tx } from '../../ports.ts'
import type { RegistrationRow } from '../../rows.ts'
import { lineOf } from '../../stages/audit/line-of.ts'
import { policyName } from '../../stages/consent/policy.ts'
import { livesIn } from '../../stages/coordination/residence.ts'
import { isAbout, mayBeToldBy } from '../../stages/life/about.ts'
import { subjectFrom } from '../../stages/link/subject.ts'
import type { Content } from '../contents.ts'
import { eventOf, traced } from '../event-of.ts'
import { tokensOf } from '../tokens.ts'
import type { Teller, Waiting } from './accept-events.ts'

/** A registration that an event bears upon. */
export interface Found {
  row: RegistrationRow
  content: Content
}

/**
 * Does something with the registrations that carry this number themselves, in one transaction. Those that are linked to them without the
 * number are left alone: their organisations would learn from an effect that somebody else registered the person with one.
 */
export async function withNumber<T>(hub: Hub, bsn: string, work: (tx: Tx, found: Found[]) => Promise<T>): Promise<T> {
  const epochs = hub.keys.link.now()
  const { profile, blockingKeys } = tokensOf(subjectFrom({ bsn }), epochs)
  const { blocks } = await hub.index.find(blockingKeys)
  const seqs = [...new Set([...blocks.values()].flat())]
  return hub.store.write(async (tx) => {
    const rows = await tx.registrations.bySeqs(seqs)
    const profiles = await hub.contents.openProfiles(tx, rows, epochs.current)
    return work(
      tx,
      await open(
        hub,
        tx,
        rows.filter((row) => profiles.get(row.seq)?.bsn === profile.bsn),
      ),
    )
  })
}

export async function open(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<Found[]> {
  const contents = await hub.contents.open(tx, rows)
  return rows
    .sort((a, b) => a.seq - b.seq)
    .flatMap((row) => {
      const content = contents.get(row.seq)
      return content ? [{ row, content }] : []
    })
}

/** Of these, the ones that the event is about and that its teller may tell of. */
export function concerned(found: Found[], { event, teller }: Waiting): Found[] {
  return found.filter(
    ({ row, content }) =>
      isAbout(content.registration, event) && mayBeToldBy(teller.municipalities, livesIn(row), event.gemeente),
  )
}

/** Each registrant hears it of its own registration, and of nobody else's. */
export async function tellRegistrants(hub: Hub, tx: Tx, found: Found[], type: string, { traceId }: Teller): Promise<void> {
  const own = traced(
    hub,
    found.map(({ row: { seq } }) => ({ seq, traceId })),
  )
  const news = found.map(({ row }) =>
    eventOf(own, row.organisation, `${type}.v1`, `/v1/registraties/${row.id}`, { seqs: [row.seq] }),
  )
  await tx.events.append(news)
  if (news.length > 0) hub.delivery.ring()
}

/** A line for every registration that was acted upon: told by whom, and on which ground. */
export async function logActs(hub: Hub, tx: Tx, found: Found[], { soort }: LifeEvent, teller: Teller): Promise<void> {
  const facts = { actie: 'wijzigen', uitkomst: 'toegestaan', controles: 'brp,bsn,geboortedatum,gemeente' } as const
  const grond = { reglement: policyName(hub.policy), regel: `brp-${soort}` }
  const by = { ...teller, scopes: new Set<string>() }
  const lines = found.map(({ row }) =>
    lineOf(by, { ...facts, grond, object: row.id, persoon: row.person, herkomst: teller.origin }),
  )
  await tx.log.append(lines, hub.clock.real())
}

/** Seals what the register told beside what it told before. */
export async function addFacts(
  hub: Hub,
  tx: Tx,
  found: Found[],
  facts: Parameters<Hub['contents']['sealFacts']>[2],
): Promise<void> {
  const rows = found.map(({ row }) => row)
  const before = await hub.contents.openFacts(rows)
  const keys = await hub.dataKeys.get(rows.map(({ id }) => id))
  const sealed = rows.flatMap((row) => {
    const key = keys.get(row.id)
    return key ? [{ seq: row.seq, facts: hub.contents.sealFacts(row, key, { ...before.get(row.seq), ...facts }) }] : []
  })
  await tx.registrations.setFacts(sealed)
}

/** What to look at anew. */
export function touchedBy(found: Found[]): { persons: string[]; seqs: number[] } {
  return { persons: [...new Set(found.flatMap(({ row }) => row.person ?? []))], seqs: found.map(({ row }) => row.seq) }
}
