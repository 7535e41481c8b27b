import type { Registratie } from '../../schemas/types.ts'
import { seal, unseal } from '../crypto/envelope.ts'
import { HubError } from '../errors.ts'
import type { DataKeys, Registrations } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import type { Profile } from '../stages/link/profile.ts'

/** What lies in a registration's envelope: the registration as sent, and the tokens by which the linker compares it. */
export interface Content {
  registration: Registratie
  profile: Profile
}

/** A version of a registration: its content never changes. */
type Version = Pick<RegistrationRow, 'id' | 'version'>
interface HasEnvelopes {
  registrations: Pick<Registrations, 'envelopes'>
}

/** Seals and opens the envelopes; the contents used last are remembered in memory only, at most `remembered_max`. */
export interface Contents {
  seal(row: Version, key: Uint8Array, content: Content): Buffer
  /** Opens the envelopes of these rows, by row number. A row whose key was destroyed is absent from the answer. */
  open(tx: HasEnvelopes, rows: RegistrationRow[]): Promise<Map<number, Content>>
  /** Opens one text that was sealed under a registration's key (a consent, an override's explanation). */
  openTexts(rows: { registrationId: string; sealed: Uint8Array; context: string }[]): Promise<string[]>
  /** Keeps nothing of these registrations in memory. */
  forget(ids: string[]): void
}

export function envelopeContents(dataKeys: DataKeys, remembered_max: number): Contents {
  const cache = new Map<string, Content>()
  const nameOf = ({ id, version }: Version) => `${id}/${version}`
  const remember = (name: string, content: Content) => {
    if (cache.size >= remembered_max) cache.delete(cache.keys().next().value as string)
    cache.set(name, content)
  }
  return {
    seal(row, key, content) {
      remember(nameOf(row), content)
      return seal(key, JSON.stringify(content), row.id)
    },
    async open(tx, rows) {
      const opened = new Map<number, Content>()
      const closed = rows.filter((row) => {
        const content = cache.get(nameOf(row))
        if (content) opened.set(row.seq, content)
        return !content
      })
      if (closed.length === 0) return opened
      const envelopes = await tx.registrations.envelopes(closed.map((row) => row.seq))
      const keys = await dataKeys.get(closed.map((row) => row.id))
      for (const row of closed) {
        const key = keys.get(row.id)
        const envelope = envelopes.get(row.seq)
        if (!key || !envelope) continue
        const content = JSON.parse(unseal(key, envelope, row.id).toString()) as Content
        remember(nameOf(row), content)
        opened.set(row.seq, content)
      }
      return opened
    },
    forget(ids) {
      const gone = new Set(ids)
      for (const name of cache.keys()) if (gone.has(name.slice(0, name.indexOf('/')))) cache.delete(name)
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
