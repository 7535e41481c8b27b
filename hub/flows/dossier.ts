import type { Advies, Besluit, Deelbesluit, Informeren, Oordeel, Verzoek } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { seal } from '../crypto/envelope.ts'
import { HubError } from '../errors.ts'
import type { Tx } from '../ports.ts'
import type { Principal } from '../principal.ts'
import type { DossierRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'

/** A request of a person concerned, as it goes from receipt over advice to decision. */
export interface PersonRequest extends Omit<Verzoek, 'registratie'> {
  advies?: Advies & { op: string }
  besluit?: Besluit & { op: string }
}

/** What each kind of entry holds, sealed under its registration's data key. */
interface Kinds {
  informering: Informeren
  oordeel: Oordeel
  'niet-delen': Omit<Deelbesluit, 'registratie'>
  verzoek: PersonRequest
}

export type DossierEntry = { [K in keyof Kinds]: { kind: K; content: Kinds[K]; row: DossierRow } }[keyof Kinds]

/** Of an entry that was about somebody whom the registration no longer names. */
export const LAPSED = 'vervallen'

const PREFIX = { informering: 'i', oordeel: 'o', 'niet-delen': 'n', verzoek: 'z' } as const

/** Records something beside a registration, with its line in the log. Answers its id. */
export async function record<K extends keyof Kinds>(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  row: RegistrationRow,
  entry: { kind: K; content: Kinds[K]; state: string; dueOn?: string },
): Promise<{ id: string }> {
  const id = hub.ids.next(PREFIX[entry.kind])
  await tx.dossiers.insert({
    id,
    registration: row.seq,
    organisation: row.organisation,
    kind: entry.kind,
    state: entry.state,
    dueOn: entry.dueOn ?? null,
    sealed: await sealUnder(hub, row, entry.content, id),
    createdBy: principal.subject,
    createdAt: hub.clock.domain().toISOString(),
    closedAt: null,
  })
  await logged(hub, tx, principal, row, id, 'aanmaken')
  return { id }
}

/** The line in the log of a change to what is recorded beside a registration. */
export async function logged(
  hub: Hub,
  tx: Tx,
  principal: Principal,
  row: RegistrationRow,
  object: string,
  actie: 'aanmaken' | 'wijzigen',
): Promise<void> {
  await tx.log.append([lineOf(principal, { actie, uitkomst: 'toegestaan', object, persoon: row.person })], hub.clock.real())
}

/** Seals a value under a registration's data key; what is sealed is gone when the key is. Throws `niet-gevonden` when it is. */
export async function sealUnder(hub: Hub, row: RegistrationRow, value: unknown, context: string): Promise<Buffer> {
  const key = (await hub.dataKeys.get([row.id])).get(row.id)
  if (!key) throw new HubError('niet-gevonden')
  return seal(key, JSON.stringify(value), context)
}

/** Opens entries, in the order given; those of other registrations are left out. */
export async function openDossiers(
  hub: Pick<Hub, 'contents'>,
  entries: DossierRow[],
  rows: Map<number, RegistrationRow>,
): Promise<DossierEntry[]> {
  const known = entries.filter((entry) => entry.state !== LAPSED && rows.has(entry.registration))
  const texts = await hub.contents.openTexts(
    known.map(({ id, sealed, registration }) => ({ registrationId: rows.get(registration)?.id as string, sealed, context: id })),
  )
  return known.map((row, i) => ({ kind: row.kind, content: JSON.parse(texts[i] as string), row }) as DossierEntry)
}
