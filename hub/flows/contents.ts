import type { Registratie } from '../../schemas/types.ts'
import { seal, unseal } from '../crypto/envelope.ts'
import { HubError } from '../errors.ts'
import type { DataKeys } from '../ports.ts'
import type { RegistrationRow } from '../rows.ts'
import type { Profile } from '../stages/link/profile.ts'

/** What lies in a registration's envelope: the registration as sent, and the tokens by which the linker compares it. */
export interface Content {
  registration: Registratie
  profile: Profile
}

const CACHE_MAX = 20_000

/** Seals and opens the envelopes; the contents used last are remembered in memory only, at most 20,000. */
export interface Contents {
  seal(id: string, key: Uint8Array, content: Content): Buffer
  /** Opens the envelopes of these rows, by row number. A row whose key was destroyed is absent from the answer. */
  open(rows: RegistrationRow[]): Promise<Map<number, Content>>
  /** Opens one text that was sealed under a registration's key (a consent, an override's explanation). */
  openTexts(rows: { registrationId: string; sealed: Uint8Array; context: string }[]): Promise<string[]>
}

export function envelopeContents(dataKeys: DataKeys): Contents {
  const cache = new Map<string, Content>()
  const nameOf = (row: RegistrationRow) =>
    `${row.id}/${row.version}/${Buffer.from(row.envelope.subarray(0, 12)).toString('base64')}`
  const remember = (name: string, content: Content) => {
    if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value as string)
    cache.set(name, content)
  }
  return {
    seal: (id, key, content) => seal(key, JSON.stringify(content), id),
    async open(rows) {
      const opened = new Map<number, Content>()
      const closed = rows.filter((row) => {
        const content = cache.get(nameOf(row))
        if (content) opened.set(row.seq, content)
        return !content
      })
      const keys = await dataKeys.get(closed.map((row) => row.id))
      for (const row of closed) {
        const key = keys.get(row.id)
        if (!key) continue
        const content = JSON.parse(unseal(key, row.envelope, row.id).toString()) as Content
        remember(nameOf(row), content)
        opened.set(row.seq, content)
      }
      return opened
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
