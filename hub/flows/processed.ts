import type { Registratie } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { LinkKeys } from '../crypto/derived-keys.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { FamilyAnchor } from '../rows/link-keys.ts'
import type { RegistrationRow } from '../rows.ts'
import { hubLine, NO_TRACE } from '../stages/audit/line-of.ts'
import type { Policy } from '../stages/consent/policy.ts'
import { familyKeysOf } from '../stages/link/family-keys.ts'
import { subjectOf } from '../stages/link/subject.ts'
import type { Content } from './contents.ts'
import { eventOf, traced } from './event-of.ts'

/** Keeps the anchors by which each registration's person belongs to a family. */
export async function keepFamilies(hub: Hub, tx: Tx, rows: RegistrationRow[], contents: Map<number, Content>): Promise<void> {
  const known = await tx.keyEpochs.anchors(rows.map((row) => row.seq))
  const changed = rows.flatMap((row) => {
    const content = contents.get(row.seq)
    if (!content) return []
    const anchors = anchorsOf(hub, row, content)
    const before = new Set(known.get(row.seq)?.map(({ key }) => key))
    const isSame = anchors.length === before.size && anchors.every(({ key }) => before.has(key))
    return isSame ? [] : [{ seq: row.seq, anchors }]
  })
  await tx.keyEpochs.setAnchors(changed)
}

/** The family anchors of a registration, under every epoch of the keys that counts. */
export function anchorsOf(
  { keys, policy }: Pick<Hub, 'keys' | 'policy'>,
  row: RegistrationRow,
  content: Content,
): FamilyAnchor[] {
  return keys.link.now().all.flatMap((each) => {
    const anchors = [...new Set(anchorsUnder(each, policy, row, content))]
    return anchors.map((key, place) => ({ key, epoch: each.epoch, place }))
  })
}

function anchorsUnder(keys: LinkKeys, policy: Policy, row: RegistrationRow, { registration, ouders }: Content): string[] {
  const subject = subjectOf(registration)
  const about = { subject: ouders ? { ...subject, ouders: [...subject.ouders, ...ouders] } : subject, role: row.roleInFamily }
  const { household, guardians, self } = familyKeysOf(about, row.organisation, registration.gezin?.kenmerk, keys)
  return [...household, ...guardians, ...(self ? [self] : []), ...addressAnchors(keys, policy, registration.persoon.adres)]
}

/** One address makes a family only where the region chose so, and never an address that it excludes (a refuge, a large building). */
function addressAnchors(keys: LinkKeys, policy: Policy, address: Registratie['persoon']['adres']): string[] {
  const { opAdres, uitgeslotenAdressen } = policy.gezin
  if (!opAdres || !address?.postcode || !address.huisnummer) return []
  const postcode = plain(address.postcode)
  const excluded = uitgeslotenAdressen.some(
    (each) => plain(each.postcode) === postcode && Number(each.huisnummer) === address.huisnummer,
  )
  return excluded ? [] : [keys.token('gezin-adres', [postcode, address.huisnummer, plain(address.toevoeging ?? '')].join('|'))]
}

const plain = (text: string) => text.replace(/\s/g, '').toUpperCase()

/**
 * Of these, the rows that wait still, as they are now. A newer version that came in meanwhile waits for its own turn; what another hub
 * took over and finished is done.
 */
export async function stillWaiting(tx: Tx, batch: RegistrationRow[]): Promise<RegistrationRow[]> {
  const versions = new Map(batch.map((row) => [row.seq, row.version]))
  const now = await tx.registrations.bySeqs([...versions.keys()])
  return now.filter((row) => row.state === 'ontvangen' && versions.get(row.seq) === row.version).sort((a, b) => a.seq - b.seq)
}

const PROCESSED = { actie: 'wijzigen', uitkomst: 'toegestaan', controles: 'koppelen' } as const

/** Marks a batch as processed, tells each sender that, and logs which pseudonym each registration has. */
export async function announceProcessed(hub: Hub, tx: Tx, rows: RegistrationRow[]): Promise<void> {
  await tx.registrations.setState(
    rows.map((row) => row.seq),
    'verwerkt',
  )
  await tx.events.append(
    rows.map((row) =>
      eventOf(hub, row.organisation, 'registratie.verwerkt.v1', `/v1/registraties/${row.id}`, { seqs: [row.seq] }),
    ),
  )
  await tx.log.append(
    rows.map((row) => hubLine({ ...PROCESSED, object: row.id, persoon: row.person, traceId: row.traceId ?? NO_TRACE })),
    hub.clock.real(),
  )
}

/** A full disk or a locked file passes by itself; anything else is a fault on this very registration. */
export function isTemporary(error: unknown): boolean {
  return error instanceof HubError && error.code === 'tijdelijk-niet-beschikbaar'
}

/** Takes a registration on which the hub itself failed out of the way: kept as it came in, its sender told, nothing linked. */
export async function setAside(hub: Hub, row: RegistrationRow, error: unknown): Promise<void> {
  const kind = error instanceof Error ? error.name : 'onbekend'
  await hub.store.write(async (tx) => {
    if ((await stillWaiting(tx, [row])).length === 0) return
    await tx.registrations.setState([row.seq], 'afgekeurd')
    await tx.events.append([
      eventOf(traced(hub, [row]), row.organisation, 'registratie.afgekeurd.v1', `/v1/registraties/${row.id}`, {
        seqs: [row.seq],
      }),
    ])
    const facts = {
      actie: 'wijzigen',
      uitkomst: 'mislukt',
      object: row.id,
      controles: `koppelen,${kind}`,
      traceId: row.traceId ?? NO_TRACE,
    } as const
    await tx.log.append([hubLine(facts)], hub.clock.real())
  })
}
