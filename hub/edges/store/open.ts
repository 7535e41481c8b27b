import { existsSync, mkdirSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { HubError } from '../../errors.ts'
import type { LogReader } from '../../ports/access-log.ts'
import type { KeyPrints } from '../../ports/link-keys.ts'
import type { KeyIndex } from '../../ports/shared.ts'
import type { Shares } from '../../ports/shares.ts'
import type { DataKeys, Store } from '../../ports.ts'
import type { LogKeyring } from '../../stages/audit/log-key.ts'
import { publishCheckpoint, readCheckpoint, readState } from '../checkpoint-file.ts'
import { goOver, takeUpKeys } from './access-log/change-key.ts'
import { startLogKeeper } from './access-log/keeper.ts'
import { logReader } from './access-log/reader.ts'
import { refuseBehind } from './access-log/refuse-behind.ts'
import { logRoom } from './access-log/room.ts'
import { storeIn, verifyStoredLog } from './access-log/stored-log.ts'
import type { AccessLogTables } from './access-log/tables.ts'
import { createKeyTable, type KeyDatabase, keyFile, sqlDataKeys } from './data-keys.ts'
import type { Database } from './database.ts'
import { storedKeyIndex } from './key-index.ts'
import { lastWrites } from './last-writes.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'
import { soleShare, sqliteStore } from './store.ts'
import { storeExists, storeFile } from './store-file.ts'

export interface OpenStore {
  store: Store
  shares: Shares
  /** An index of the store's own, complete as of when it is opened, then told what is added and removed. */
  openIndex(): KeyIndex
  dataKeys: DataKeys
  accessLog: LogReader
  /** Looks whether the log has another key, and lets it go over; answers how many changes there were. */
  followLogKey(): Promise<number>
  /** Writes a last checkpoint over every line and closes. */
  close(): Promise<void>
}

/** Most data keys are kept in memory themselves. */
const KEY_CACHE_MIB = 16

/** The region's keys, as the store needs them. */
export interface StoreKeys {
  wrapping: Uint8Array
  log: LogKeyring
  /** By which other keys are told from these, as they lie now. */
  prints(): KeyPrints
}

/**
 * Opens the SQLite store for the one process that has its lock: brings it up to date, refuses one that is behind the checkpoint in
 * `stateDir`, and starts making checkpoints. `memory`: pages of the database and data keys that are kept. Throws `configuratie`.
 */
export async function openStore(
  dirs: { dataDir: string; keysDir: string; stateDir: string },
  keys: Omit<StoreKeys, 'prints'>,
  report: (error: unknown) => void,
  { cache_mib, keys_max }: { cache_mib: number; keys_max: number } = { cache_mib: 240, keys_max: 50_000 },
): Promise<OpenStore> {
  mkdirSync(dirs.dataDir, { recursive: true, mode: 0o700 })
  const keyDb = openKeyDatabase(dirs.keysDir, storeExists(dirs.dataDir), Math.min(cache_mib, KEY_CACHE_MIB))
  await createKeyTable(keyDb)
  const { db } = openSqlite<Database>(storeFile(dirs.dataDir), { cache_mib })
  await migrate(db)
  const now = () => new Date()
  const log = db as unknown as Kysely<AccessLogTables>
  await refuseBehind(log, await readCheckpoint(dirs.stateDir), ...keys.log.all.map(({ vkey }) => vkey))
  await takeUpKeys(log, keys.log, now)
  const keeper = await startLogKeeper({
    db: log,
    key: keys.log,
    now,
    publish: (note) => publishCheckpoint(dirs.stateDir, note),
    report,
  })
  const writes = lastWrites()
  const store = writes.follow(sqliteStore(db, logRoom(keys.log, keeper.appended)))
  return {
    store,
    shares: soleShare(store),
    openIndex: () => storedKeyIndex(db),
    dataKeys: sqlDataKeys(keyDb, keys.wrapping, keys_max),
    followLogKey: async () => (keys.log.refresh() ? goOver(log, keys.log, now, keeper.appended) : 0),
    accessLog: logReader(log, keys.log, keeper, () =>
      verifyStoredLog(storeIn(storeFile(dirs.dataDir)), keys.log, () => readState(dirs.stateDir)),
    ),
    async close() {
      await writes.end()
      await keeper.stop()
      await db.destroy()
      await keyDb.destroy()
    },
  }
}

/** Made before the store on a first start: a store without data keys has lost them, and new ones would only hide that. */
function openKeyDatabase(keysDir: string, hasStore: boolean, cache_mib: number): Kysely<KeyDatabase> {
  const path = keyFile(keysDir)
  if (hasStore && !existsSync(path))
    throw new HubError('configuratie', { detail: `De datasleutels ontbreken: er is wel een database, maar geen ${path}.` })
  return openSqlite<KeyDatabase>(path, { cache_mib }).db
}
