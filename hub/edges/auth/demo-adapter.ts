import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

const ENTRIES_MAX = 10_000

interface Entry {
  payload: AdapterPayload
  /** Milliseconds since 1970. */
  endsAt: number
}

/**
 * The demo provider's memory: codes, sessions and used client assertions, gone when the process ends. Bounded: when it is
 * full of what has not expired, it refuses to store, so that a used assertion is never forgotten to make room.
 */
export function createDemoAdapter(entriesMax = ENTRIES_MAX): AdapterFactory {
  const entries = new Map<string, Entry>()
  const find = (key: string) => {
    const entry = entries.get(key)
    return entry && entry.endsAt > Date.now() ? entry.payload : undefined
  }
  return (model) => ({
    ...unused,
    async upsert(id, payload, expiresIn_s) {
      const key = `${model} ${id}`
      if (entries.size >= entriesMax && !entries.has(key)) dropExpired(entries)
      if (entries.size >= entriesMax && !entries.has(key)) throw new Error('the demo provider is full')
      entries.set(key, { payload, endsAt: Date.now() + (expiresIn_s ?? 0) * 1000 })
    },
    find: async (id) => find(`${model} ${id}`),
    async findByUid(uid) {
      for (const [key, { payload }] of entries) if (payload.uid === uid && key.startsWith(`${model} `)) return find(key)
    },
    async consume(id) {
      const payload = find(`${model} ${id}`)
      if (payload) payload.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async (id) => void entries.delete(`${model} ${id}`),
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
    },
  })
}

/** Device flow is off. */
const unused: Pick<Adapter, 'findByUserCode'> = { findByUserCode: async () => undefined }

function dropExpired(entries: Map<string, Entry>): void {
  const now = Date.now()
  for (const [key, { endsAt }] of entries) if (endsAt <= now) entries.delete(key)
}
