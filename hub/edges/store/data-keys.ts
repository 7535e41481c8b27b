import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { seal, unseal } from '../../crypto/envelope.ts'
import type { DataKeys } from '../../ports.ts'
import { emptyJournal } from './journal.ts'
import { keptKeys } from './kept-keys.ts'
import { among, insertRows, isPostgres } from './sets.ts'

export interface KeyDatabase {
  data_key: { id: string; wrapped: Uint8Array }
}

/** Where the data keys lie in `KEYS_DIR`. */
export function keyFile(keysDir: string): string {
  return join(keysDir, 'datasleutels.db')
}

const KEY_BYTES = 32

/** The one table of a database of data keys. */
export async function createKeyTable(db: Kysely<KeyDatabase>): Promise<void> {
  const table = db.schema
    .createTable('data_key')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
  await table.addColumn('wrapped', 'blob', (c) => c.notNull()).execute()
}

/**
 * Data keys in a database of their own, each wrapped by the region's key, so that neither the store nor its backups hold them.
 * Unwrapped keys are remembered in memory, at most `remembered_max`: none where another hub may destroy them.
 */
export function sqlDataKeys(db: Kysely<KeyDatabase>, wrappingKey: Uint8Array, remembered_max = 50_000): DataKeys {
  const cache = keptKeys(remembered_max)
  const wrapping = createSecretKey(wrappingKey)
  const get = async (ids: string[]) => {
    const found = new Map<string, Uint8Array>()
    const unknown = ids.filter((id) => {
      const key = cache.get(id)
      if (key) found.set(id, key)
      return !key
    })
    const rows = await among(unknown, (list) => db.selectFrom('data_key').selectAll().where('id', 'in', list).execute())
    for (const { id, wrapped } of rows) {
      const key = unseal(wrapping, wrapped, id)
      cache.set(id, key)
      found.set(id, key)
    }
    return found
  }
  return {
    get,
    async create(ids) {
      const random = randomBytes(KEY_BYTES * ids.length)
      const fresh = new Map(ids.map((id, i) => [id, random.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)]))
      const rows = [...fresh].map(([id, key]) => ({ id, wrapped: seal(wrapping, key, id) }))
      await db.transaction().execute((tx) => insertRows<KeyDatabase, 'data_key'>(tx, 'data_key', rows))
      for (const [id, key] of fresh) cache.set(id, key)
      return fresh
    },
    async list(after, limit) {
      const rows = await db.selectFrom('data_key').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()
      return rows.map((row) => row.id)
    },
    async destroy(ids) {
      for (const id of ids) cache.delete(id)
      await db.transaction().execute((tx) => among(ids, (list) => tx.deleteFrom('data_key').where('id', 'in', list).execute()))
      await wipe(db)
    },
  }
}

/** PostgreSQL keeps what was deleted until it cleans the table up. */
async function wipe(db: Kysely<KeyDatabase>): Promise<void> {
  if (isPostgres(db)) await sql`vacuum (index_cleanup on) data_key`.execute(db)
  else await emptyJournal(db)
}
