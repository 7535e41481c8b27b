import type { Registratie } from '../../schemas/types.ts'
import type { LinkKeys } from '../crypto/derived-keys.ts'
import { seal, unseal } from '../crypto/envelope.ts'
import { HubError } from '../errors.ts'
import type { DataKeys, Registrations } from '../ports.ts'
import type { Bearing, RegistrationRow, SealedContent } from '../rows.ts'
import { type KnownFacts, withFacts } from '../stages/life/known-facts.ts'
import { type Glance, glances } from '../stages/link/glances.ts'
import { bytesOfProfile, profileOfBytes } from '../stages/link/packed-profile.ts'
import { type Profile, profileOf } from '../stages/link/profile.ts'
import { type SubjectParent, subjectOf } from '../stages/link/subject.ts'
import { type Recent, recent } from './recent.ts'

/** A registration as it is to be read: as sent, with what the register of persons told since. */
export interface Content {
  registration: Registratie
  /** Parents by that register: they tie a family, and are heard about nothing. */
  ouders?: SubjectParent[]
}

/** A version of a registration: its content never changes. */
type Version = Pick<RegistrationRow, 'id' | 'version'>
type Fact = Pick<RegistrationRow, 'seq' | 'id' | 'facts'>
interface HasEnvelopes {
  registrations: Pick<Registrations, 'envelopes'>
}
interface HasProfiles {
  registrations: Pick<Registrations, 'envelopes' | 'profiles'>
}

/**
 * Seals and opens what is encrypted; what was used last is remembered in memory only, at most `remembered_max` of each, and only once it
 * is committed: another hub may store another content as the same version of what was rolled back here.
 */
export interface Contents {
  seal(row: Version, key: Uint8Array, registration: Registratie, profile: Profile): SealedContent
  /** What was sealed is stored now, and will be asked for soon. */
  remember(stored: Stored[]): void
  /** Opens the envelopes of these rows, by row number. A row whose key was destroyed is absent from the answer. */
  open(tx: HasEnvelopes, rows: Bearing[]): Promise<Map<number, Content>>
  /** The linking tokens of these rows in the same way, under these keys: made anew where others are stored. */
  openProfiles(tx: HasProfiles, rows: Bearing[], keys: LinkKeys): Promise<Map<number, Profile>>
  /** What is known of a registration's linking tokens without opening them, beside these; undefined where nothing is. */
  glance(incoming: Profile, row: Bearing): Glance | undefined
  /** The linking tokens alone, of a version that is otherwise as it was. */
  sealProfile(row: Version, key: Uint8Array, profile: Profile): Uint8Array
  sealFacts(row: Version, key: Uint8Array, facts: KnownFacts): Uint8Array
  openFacts(rows: Fact[]): Promise<Map<number, KnownFacts>>
  /** Opens one text that was sealed under a registration's key (a consent, an override's explanation). */
  openTexts(rows: { registrationId: string; sealed: Uint8Array; context: string }[]): Promise<string[]>
  /** Keeps nothing of these registrations in memory. */
  forget(ids: string[]): void
}

export interface Stored {
  row: Version & Pick<RegistrationRow, 'seq' | 'facts'>
  registration: Registratie
  profile: Profile
}

/** What is remembered of a registration is of one version, and of one state of what the register of persons told of it. */
type Remembered<T> = Recent<{ version: number; facts: Uint8Array | null; value: T }>

const factsContext = ({ id }: Pick<Version, 'id'>) => `${id}/feiten`
const profileContext = ({ id }: Version) => `${id}/profiel`

export function envelopeContents(dataKeys: DataKeys, remembered_max: number): Contents {
  const contents: Remembered<Content> = recent(remembered_max)
  const profiles: Remembered<Profile> = recent(remembered_max)
  const seen = glances()
  // What the register of persons tells changes a profile within a version.
  const keepGlance = (row: Stored['row'], profile: Profile): Profile => {
    if (row.facts === null) seen.keep(row, profile)
    return profile
  }
  const open = envelopeOpener(dataKeys, contents)
  const sealProfile: Contents['sealProfile'] = (row, key, profile) => seal(key, bytesOfProfile(profile), profileContext(row))
  return {
    seal: (row, key, registration, profile) => ({
      envelope: seal(key, JSON.stringify({ registration }), row.id),
      profile: sealProfile(row, key, profile),
    }),
    remember(stored) {
      for (const { row, registration, profile } of stored) {
        contents.set(row.id, { version: row.version, facts: row.facts, value: { registration } })
        profiles.set(row.id, { version: row.version, facts: row.facts, value: profile })
        keepGlance(row, profile)
      }
    },
    sealProfile,
    open,
    sealFacts: (row, key, facts) => seal(key, JSON.stringify(facts), factsContext(row)),
    openFacts: (rows) => factsOf(dataKeys, rows),
    openProfiles: profilesOpener(dataKeys, open, profiles, keepGlance),
    glance: (incoming, row) => (row.facts === null ? seen.look(incoming, row) : undefined),
    forget(ids) {
      seen.forget(ids)
      for (const id of ids) {
        contents.delete(id)
        profiles.delete(id)
      }
    },
    async openTexts(rows) {
      const keys = await dataKeys.get([...new Set(rows.map((row) => row.registrationId))])
      return rows.map(({ registrationId, sealed, context }) => {
        const key = keys.get(registrationId)
        if (!key) throw new HubError('interne-fout', { cause: `no data key for ${registrationId}` })
        return unseal(key, sealed, context).toString()
      })
    },
  }
}

/** Opens linking tokens; of what was not known yet `learn` is told. */
function profilesOpener(
  dataKeys: DataKeys,
  open: Contents['open'],
  profiles: Remembered<Profile>,
  learn: (row: Bearing, profile: Profile) => Profile,
): Contents['openProfiles'] {
  const read = (row: Bearing, ...sealed: [Uint8Array, Uint8Array]) => {
    const profile = profileIn(row, ...sealed)
    return profile && learn(row, profile)
  }
  return async (tx, rows, keys) => {
    const opened = await openAll(dataKeys, profiles, rows, (seqs) => tx.registrations.profiles(seqs), read)
    const without = rows.filter((row) => opened.get(row.seq)?.epoch !== keys.epoch)
    if (without.length === 0) return opened
    const contentOf = await open(tx, without)
    for (const row of without) {
      const content = contentOf.get(row.seq)
      if (!content) continue
      const value = learn(row, profileOf(subjectOf(content.registration), keys))
      profiles.set(row.id, { version: row.version, facts: row.facts, value })
      opened.set(row.seq, value)
    }
    return opened
  }
}

/** Opens envelopes by themselves, for who asks for nothing else. */
export function envelopeOpener(dataKeys: DataKeys, known: Remembered<Content> = recent(0)): Contents['open'] {
  return async (tx, rows) => {
    const opened = await openAll(dataKeys, known, rows, (seqs) => tx.registrations.envelopes(seqs), contentIn)
    const facts = await factsOf(dataKeys, rows)
    for (const { seq, status } of rows) {
      const [content, told] = [opened.get(seq), facts.get(seq)]
      if (!content || !told) continue
      const registration = withFacts(content.registration, told, status === 'afgesloten')
      opened.set(seq, { registration, ...(told.ouders ? { ouders: told.ouders } : {}) })
    }
    return opened
  }
}

async function factsOf(dataKeys: DataKeys, rows: Fact[]): Promise<Map<number, KnownFacts>> {
  const told = rows.filter(({ facts }) => facts !== null)
  if (told.length === 0) return new Map()
  const keys = await dataKeys.get(told.map(({ id }) => id))
  return new Map(
    told.flatMap((row): [number, KnownFacts][] => {
      const key = keys.get(row.id)
      return key && row.facts ? [[row.seq, JSON.parse(unseal(key, row.facts, factsContext(row)).toString())]] : []
    }),
  )
}

function contentIn(row: Version, key: Uint8Array, sealed: Uint8Array): Content {
  const { registration } = JSON.parse(unseal(key, sealed, row.id).toString()) as Content
  return { registration }
}

function profileIn(row: Version, key: Uint8Array, sealed: Uint8Array): Profile | undefined {
  return profileOfBytes(unseal(key, sealed, profileContext(row)))
}

/** Each row's part from what is remembered, or else from the store under its data key; none where `read` finds nothing that it knows. */
async function openAll<T>(
  dataKeys: DataKeys,
  known: Remembered<T>,
  rows: Bearing[],
  fetch: (seqs: number[]) => Promise<Map<number, Uint8Array>>,
  read: (row: Bearing, key: Uint8Array, sealed: Uint8Array) => T | undefined,
): Promise<Map<number, T>> {
  const opened = new Map<number, T>()
  const closed = rows.filter((row) => {
    const before = known.get(row.id)
    if (before?.version !== row.version || !isSame(before.facts, row.facts)) return true
    opened.set(row.seq, before.value)
    return false
  })
  if (closed.length === 0) return opened
  const sealed = await fetch(closed.map((row) => row.seq))
  const keys = await dataKeys.get(closed.flatMap((row) => (sealed.has(row.seq) ? [row.id] : [])))
  for (const row of closed) {
    const key = keys.get(row.id)
    const bytes = sealed.get(row.seq)
    if (!key || !bytes) continue
    const value = read(row, key, bytes)
    if (value === undefined) continue
    known.set(row.id, { version: row.version, facts: row.facts, value })
    opened.set(row.seq, value)
  }
  return opened
}

/** Sealed anew with every change. */
function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0
}
