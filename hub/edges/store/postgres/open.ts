import type { Kysely } from 'kysely'
import { publishCheckpoint, readCheckpoint, readState } from '../../checkpoint-file.ts'
import { goOver, takeUpKeys } from '../access-log/change-key.ts'
import { startLogKeeper } from '../access-log/keeper.ts'
import { logReader } from '../access-log/reader.ts'
import { refuseBehind } from '../access-log/refuse-behind.ts'
import { logRoom } from '../access-log/room.ts'
import { verifyStoredLog } from '../access-log/stored-log.ts'
import type { AccessLogTables } from '../access-log/tables.ts'
import { type KeyDatabase, sqlDataKeys } from '../data-keys.ts'
import type { Database } from '../database.ts'
import { lastWrites } from '../last-writes.ts'
import { refuseHalfCopied } from '../move/copy.ts'
import type { OpenStore, StoreKeys } from '../open.ts'
import { emptyKeyTable, fillKeyTable, tableKeyIndex } from './key-index.ts'
import { openPostgres } from './pool.ts'
import type { Presence } from './presence.ts'
import { setUp } from './set-up.ts'
import type { DatabaseSettings } from './settings.ts'
import { postgresShares } from './shares.ts'
import { postgresStore } from './store.ts'

const INDEX_CONNECTIONS = 2
/** Lines that other hubs wrote are under this hub's own checkpoint within so long. */
const FOLLOW_MS = 2_000

/**
 * Opens the store of PostgreSQL for one of its hubs: brings it up to date, refuses one that is behind the checkpoint in `stateDir` or that
 * belongs to other keys, and starts making checkpoints. `presence` makes it known to the others; without `hasOwnIndex` the blind index is
 * elsewhere, for all hubs. Throws `configuratie`.
 */
export async function openPostgresStore(
  settings: DatabaseSettings,
  {
    stateDir,
    command,
    presence,
    hasOwnIndex,
  }: { stateDir: string; command: string; presence: Omit<Presence, 'release'>; hasOwnIndex: boolean },
  keys: StoreKeys,
  report: (error: unknown) => void,
): Promise<OpenStore> {
  await setUp(settings, keys.prints(), async (fresh) => {
    await refuseHalfCopied(fresh)
    await (hasOwnIndex ? fillKeyTable : emptyKeyTable)(fresh)
  })
  const now = () => new Date()
  const pool = { ...settings, command }
  const db = openPostgres<Database>(settings.url, pool)
  const indexDb = openPostgres<Database>(settings.url, { ...pool, pool_max: INDEX_CONNECTIONS })
  const keyDb = openPostgres<KeyDatabase>(settings.keysUrl, { ...pool, pool_max: Math.ceil(settings.pool_max / 2) })
  const log = db as unknown as Kysely<AccessLogTables>
  await refuseBehind(log, await readCheckpoint(stateDir), ...keys.log.all.map(({ vkey }) => vkey))
  await takeUpKeys(log, keys.log, now)
  const publish = (note: string) => publishCheckpoint(stateDir, note)
  const keeper = await startLogKeeper({ db: log, key: keys.log, now, publish, report })
  const room = logRoom(keys.log, keeper.appended)
  const writes = lastWrites()
  const storeWith = (within?: (tx: Kysely<Database>) => Promise<void>) =>
    writes.follow(postgresStore(db, room, { before: presence.assertHeld, ...(within && { within }) }))
  const accessLog = logReader(log, keys.log, keeper, () =>
    verifyStoredLog(
      (read) => read(log),
      keys.log,
      () => readState(stateDir),
    ),
  )
  const following = setInterval(() => void accessLog.size().then(keeper.appended, () => {}), FOLLOW_MS)
  return {
    store: storeWith(),
    shares: postgresShares(db, storeWith, { presence, prints: keys.prints }),
    openIndex: () => tableKeyIndex(indexDb),
    dataKeys: sqlDataKeys(keyDb, keys.wrapping, 0),
    accessLog,
    followLogKey: async () => (keys.log.refresh() ? goOver(log, keys.log, now, keeper.appended) : 0),
    async close() {
      clearInterval(following)
      await writes.end()
      await keeper.stop()
      await Promise.all([db.destroy(), indexDb.destroy(), keyDb.destroy()])
    },
  }
}
