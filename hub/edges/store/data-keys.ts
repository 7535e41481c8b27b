import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { seal, unseal } from '../../crypto/envelope.ts'
import type { DataKeys } from '../../ports.ts'
import { inPieces, insertRows } from './chunks.ts'
import { emptyJournal } from './journal.ts'

export interface KeyDatabase {
  data_key: { id: string; wrapped: Uint8Array }
}

/** Where the data keys lie in `KEYS_DIR`. */
export function keyFile(keysDir: string): string {
  return join(keysDir, 'datasleutels.db')
}

const KEY_BYTES = 32
const CACHE_MAX = 50_000

/**
 * Data keys in a database of their own (`KEYS_DIR`), each wrapped by the region's key, so that neither the store nor its backups
 * hold them. Unwrapped keys are remembered in memory, at most 50,000.
 */
export async function sqlDataKeys(db: Kysely<KeyDatabase>, wrappingKey: Uint8Array): Promise<DataKeys> {
  const table = db.schema
    .createTable('data_key')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
  await table.addColumn('wrapped', 'blob', (c) => c.notNull()).execute()
  const cache = new Map<string, Uint8Array>()
  const remember = (id: string, key: Uint8Array) => {
    if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value as string)
    cache.set(id, key)
  }
  const get = async (ids: string[]) => {
    const unknown = ids.filter((id) => !cache.has(id))
    const rows = await inPieces(unknown, (piece) => db.selectFrom('data_key').selectAll().where('id', 'in', piece).execute())
    for (const { id, wrapped } of rows) remember(id, unseal(wrappingKey, wrapped, id))
    return new Map(ids.flatMap((id) => (cache.has(id) ? [[id, cache.get(id) as Uint8Array] as const] : [])))
  }
  return {
    get,
    async create(ids) {
      const fresh = new Map(ids.map((id) => [id, randomBytes(KEY_BYTES)]))
      const rows = [...fresh].map(([id, key]) => ({ id, wrapped: seal(wrappingKey, key, id) }))
      await db.transaction().execute((tx) => insertRows<KeyDatabase, 'data_key'>(tx, 'data_key', rows))
      for (const [id, key] of fresh) remember(id, key)
      return fresh
    },
    async list(after, limit) {
      const rows = await db.selectFrom('data_key').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()
      return rows.map((row) => row.id)
    },
    async destroy(ids) {
      for (const id of ids) cache.delete(id)
      await db
        .transaction()
        .execute((tx) => inPieces(ids, (piece) => tx.deleteFrom('data_key').where('id', 'in', piece).execute()))
      await emptyJournal(db)
    },
  }
}
