import type { Kysely } from 'kysely'
import type { KeyPrints } from '../../ports/link-keys.ts'
import { type StoreReader, storeIn } from './access-log/stored-log.ts'
import { type KeyDatabase, keyFile } from './data-keys.ts'
import type { Database } from './database.ts'
import { takeLock } from './lock.ts'
import { migrate } from './migrate.ts'
import { besidePostgres, hasTable } from './postgres/beside.ts'
import { type Presence, takePresence } from './postgres/presence.ts'
import { setUp } from './postgres/set-up.ts'
import type { DatabaseSettings } from './postgres/settings.ts'
import { openSqlite } from './sqlite.ts'
import { readBeside, storeExists, storeFile } from './store-file.ts'

/** Where a region's store and its data keys lie: files in two folders, or two databases of PostgreSQL. */
export interface Places {
  dataDir: string
  keysDir: string
  database?: DatabaseSettings | null
}

/**
 * Reads the store beside the hubs that use it, or where none runs, and changes nothing; `read` may be run again. Throws `configuratie`
 * when there is none.
 */
export function readStore<T>({ dataDir, database }: Places, read: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  return database ? besidePostgres(database.url, database, read) : readBeside(storeFile(dataDir), read)
}

/** The same for the data keys. */
export function readKeys<T>({ keysDir, database }: Places, read: (db: Kysely<KeyDatabase>) => Promise<T>): Promise<T> {
  return database ? besidePostgres(database.keysUrl, database, read) : readBeside(keyFile(keysDir), read)
}

/** The same for the access log alone. */
export function logReaderOf({ dataDir, database }: Places): StoreReader {
  return database ? (read) => besidePostgres(database.url, database, read) : storeIn(storeFile(dataDir))
}

/** Whether a store was ever made there. */
export async function hasStore(places: Places): Promise<boolean> {
  const { database, dataDir } = places
  return database ? hasTable(database.url, database, 'registration') : storeExists(dataDir)
}

/** Brings a store to its newest form, also where there was none; answers which migrations ran. `prints` tell the keys that it belongs to. */
export async function bringUpToDate({ dataDir, database }: Places, prints: () => Promise<KeyPrints>): Promise<string[]> {
  if (database) return setUp(database, await prints(), async () => {})
  const { db } = openSqlite(storeFile(dataDir))
  try {
    return await migrate(db)
  } finally {
    await db.destroy()
  }
}

/** That a process may use a store. */
export type StoreHold = Presence

/** These take a store for themselves; hubs may be several where the engine can serve several. */
const ALONE = new Set(['import', 'sweep', 'migrate', 'restore', 'keys'])

/**
 * Takes a store for this process, as `command`; `epoch`: the newest of the linking keys that it knows. The hold ends with the process,
 * however that ends. Throws `configuratie` naming who has it.
 */
export async function holdStore(
  { dataDir, database, redis }: Places & { redis?: object | null },
  command: string,
  epoch = 1,
): Promise<StoreHold> {
  if (database) return takePresence(database, command, { isAlone: ALONE.has(command), hasOwnIndex: !redis, epoch })
  const lock = takeLock(dataDir, command)
  return { assertHeld() {}, knowsEpoch: async () => {}, allKnowEpoch: async () => true, release: async () => lock.release() }
}
