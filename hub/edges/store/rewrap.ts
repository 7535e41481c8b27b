import type { Kysely } from 'kysely'
import { seal, unseal } from '../../crypto/envelope.ts'
import { type KeyDatabase, keyFile } from './data-keys.ts'
import type { Places } from './places.ts'
import { openPostgres } from './postgres/pool.ts'
import { openSqlite } from './sqlite.ts'

const PAGE = 1000

/**
 * Wraps every data key by another key; what is wrapped by it already stays. Pages are transactions of their own, so that it can be cut off and
 * begun again. Answers how many data keys there are. Throws when one opens with neither key.
 */
export async function rewrapDataKeys(places: Places, from: Uint8Array, to: Uint8Array): Promise<number> {
  const db = openKeys(places)
  let count = 0
  try {
    for (let after = ''; ; ) {
      const rows = await db.selectFrom('data_key').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute()
      if (rows.length === 0) return count
      await db.transaction().execute(async (tx) => {
        for (const { id, wrapped } of rows) {
          const key = opened(to, wrapped, id) ?? unseal(from, wrapped, id)
          await tx
            .updateTable('data_key')
            .set({ wrapped: seal(to, key, id) })
            .where('id', '=', id)
            .execute()
        }
      })
      count += rows.length
      after = rows.at(-1)?.id ?? ''
    }
  } finally {
    await db.destroy()
  }
}

function openKeys({ keysDir, database }: Places): Kysely<KeyDatabase> {
  if (database) return openPostgres<KeyDatabase>(database.keysUrl, { ...database, command: 'keys' })
  return openSqlite<KeyDatabase>(keyFile(keysDir)).db
}

function opened(key: Uint8Array, wrapped: Uint8Array, id: string): Buffer | null {
  try {
    return unseal(key, wrapped, id)
  } catch {
    return null
  }
}
