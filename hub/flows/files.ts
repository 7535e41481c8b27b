import type { Toestemming } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Tx } from '../ports.ts'
import type { ConsentRow, OverrideRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import type { Content } from './contents.ts'
import { type DossierEntry, openDossiers } from './dossier.ts'

/** A consent as it is kept: who recorded it, over whose registration, and what was answered. */
export interface KnownConsent {
  id: string
  registration: number
  organisation: string
  forAll: boolean
  answer: Omit<Toestemming, 'registratie'>
  createdAt: string
  withdrawnAt: string | null
}

/** All that is needed to ask the policy about a set of registrations, loaded once. */
export interface Files {
  rows: Map<number, RegistrationRow>
  contents: Map<number, Content>
  /** In order, by whom they are about (`aboutOf`): what one person's registrations hold bears on that person only. */
  consents: Map<string | number, KnownConsent[]>
  overrides: Map<string | number, OverrideRow[]>
  /** What is recorded beside the registrations, opened, oldest first. */
  dossiers: Map<string | number, DossierEntry[]>
}

/** The person; a registration that has none yet is by itself. */
export function aboutOf(row: RegistrationRow): string | number {
  return row.person ?? row.seq
}

/** A recipient as the policy knows one: an organisation's id and its kind. */
export interface Recipient {
  id: string
  soort: string
}

/** The rooms of the store that files come from. */
type FileRooms = Pick<Tx, 'registrations' | 'consents' | 'dossiers'>

/** Loads registrations with everything that was consented to about the same persons, by whichever organisation. */
export async function loadFiles(hub: Pick<Hub, 'contents'>, tx: FileRooms, rows: RegistrationRow[]): Promise<Files> {
  const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
  return filesOf(hub, tx, [...rows, ...(await tx.registrations.byPersons(persons))])
}

/** The same where `rows` are all registrations of their persons already. */
export function loadKnownFiles(hub: Pick<Hub, 'contents'>, tx: FileRooms, rows: RegistrationRow[]): Promise<Files> {
  return filesOf(hub, tx, rows)
}

/**
 * The same for an organisation that looks at its own: only with what it registered and recorded itself. What others know of the
 * person shows in nothing, a refusal for all included.
 */
export async function loadOwnFiles(
  hub: Pick<Hub, 'contents'>,
  tx: FileRooms,
  organisation: string,
  rows: RegistrationRow[],
): Promise<Files> {
  const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
  return filesOf(hub, tx, [...rows, ...(await tx.registrations.ownByPersons(organisation, persons))])
}

async function filesOf(hub: Pick<Hub, 'contents'>, tx: FileRooms, registrations: RegistrationRow[]): Promise<Files> {
  const all = new Map(registrations.map((row) => [row.seq, row]))
  const seqs = [...all.keys()]
  const consents = await openConsents(hub, await tx.consents.byRegistrations(seqs), all)
  const overrides = await tx.consents.overridesByRegistrations(seqs)
  const dossiers = await openDossiers(hub, await tx.dossiers.byRegistrations(seqs), all)
  const about = ({ registration }: { registration: number }) => aboutOf(all.get(registration) as RegistrationRow)
  return {
    rows: all,
    contents: await hub.contents.open(tx, [...all.values()]),
    consents: Map.groupBy(consents, about),
    overrides: Map.groupBy(overrides, about),
    dossiers: Map.groupBy(dossiers, ({ row }) => about(row)),
  }
}

export async function openConsents(
  hub: Pick<Hub, 'contents'>,
  consents: ConsentRow[],
  rows: Map<number, RegistrationRow>,
): Promise<KnownConsent[]> {
  const known = consents.filter((consent) => rows.has(consent.registration))
  const texts = await hub.contents.openTexts(
    known.map(({ id, sealed, registration }) => ({ registrationId: rows.get(registration)?.id as string, sealed, context: id })),
  )
  return known.map(({ id, registration, organisation, forAll, withdrawnAt, createdAt }, i) => ({
    id,
    registration,
    organisation,
    forAll: forAll === 1,
    answer: JSON.parse(texts[i] as string),
    withdrawnAt,
    createdAt,
  }))
}
