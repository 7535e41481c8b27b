import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { HubError } from '../../../errors.ts'
import type { KeyPrints } from '../../../ports/link-keys.ts'
import type { LogKeys } from '../../../stages/audit/log-key.ts'
import { readState } from '../../checkpoint-file.ts'
import { heldAgainst } from '../access-log/stored-log.ts'
import { type Verdict, verifyLog } from '../access-log/verify.ts'
import { type KeyDatabase, keyFile } from '../data-keys.ts'
import type { Database } from '../database.ts'
import { takeLock } from '../lock.ts'
import { migrate } from '../migrate.ts'
import { fillKeyTable } from '../postgres/key-index.ts'
import { setUp } from '../postgres/set-up.ts'
import type { DatabaseSettings } from '../postgres/settings.ts'
import { insertRows } from '../sets.ts'
import { openSqlite } from '../sqlite.ts'
import { storeExists, storeFile } from '../store-file.ts'
import { copyStore, finishCopy } from './copy.ts'
import type { AnyStore } from './numbers.ts'

export interface Moved {
  /** Rows per table. */
  tabellen: Record<string, number>
  sleutels: number
  toegangslog: { omvang: number; wortel: string }
}

const PAGE = 1000

/**
 * Moves a region from SQLite (`fromDir`, with the data keys in `keysDir`) into two databases of PostgreSQL that hold nothing. What was cut off goes on when it
 * is called again. Resolves only when every table and the data keys are all there and the whole log was recomputed to the same root; until
 * then no hub starts on the new databases. The old files stay as they are. Throws `configuratie`, `gebruik`.
 */
export async function moveRegion(
  fromDir: string,
  dirs: { keysDir: string; stateDir: string },
  settings: DatabaseSettings,
  keys: { prints: KeyPrints; log: LogKeys },
  progress: (table: string, rows: number) => void,
): Promise<Moved> {
  if (!storeExists(fromDir)) throw new HubError('gebruik', { detail: `In ${fromDir} ligt geen database.` })
  if (!existsSync(keyFile(dirs.keysDir)))
    throw new HubError('configuratie', { detail: `De datasleutels ontbreken: er is geen ${keyFile(dirs.keysDir)}.` })
  const lock = takeLock(fromDir, 'migrate')
  const { db: from } = openSqlite<Database>(storeFile(fromDir))
  const { db: fromKeys } = openSqlite<KeyDatabase>(keyFile(dirs.keysDir))
  try {
    await migrate(from)
    const wanted = await provenLog(from, dirs.stateDir, keys.log)
    let moved: Moved | undefined
    await setUp(settings, keys.prints, async (to, toKeys) => {
      const sleutels = await copyKeys(fromKeys, toKeys, progress)
      const source = `${wanted.omvang}/${wanted.wortel}`
      const tabellen = await copyStore(from as unknown as AnyStore, to as unknown as AnyStore, { source, progress })
      const found = await provenLog(to, dirs.stateDir, keys.log)
      if (found.wortel !== wanted.wortel) throw new HubError('interne-fout', { cause: new Error('another log than was copied') })
      await fillKeyTable(to)
      await finishCopy(to as unknown as AnyStore)
      moved = { tabellen, sleutels, toegangslog: { omvang: found.omvang, wortel: found.wortel } }
    })
    return moved as unknown as Moved
  } finally {
    await Promise.all([from.destroy(), fromKeys.destroy()])
    lock.release()
  }
}

/** The log, recomputed from its rows; only a whole one is moved. */
async function provenLog(db: Kysely<Database>, stateDir: string, key: LogKeys): Promise<Extract<Verdict, { heel: true }>> {
  const { note: stateNote, earlier } = await readState(stateDir)
  const verdict = await verifyLog(db as unknown as Parameters<typeof verifyLog>[0], { ...heldAgainst(key), stateNote, earlier })
  if (verdict.heel) return verdict
  const { nummer, reden } = verdict.eersteFout
  throw new HubError('configuratie', { detail: `Het toegangslog is niet heel (regel ${nummer}: ${reden}).` })
}

async function copyKeys(
  from: Kysely<KeyDatabase>,
  to: Kysely<KeyDatabase>,
  progress: (table: string, rows: number) => void,
): Promise<number> {
  const count = async (db: typeof from) =>
    Number(
      (
        await db
          .selectFrom('data_key')
          .select((e) => e.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  for (let after = ''; ; ) {
    const rows = await from.selectFrom('data_key').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute()
    const last = rows.at(-1)
    if (!last) break
    await to.transaction().execute((tx) => insertRows<KeyDatabase, 'data_key'>(tx, 'data_key', rows, { ifAbsent: true }))
    after = last.id
  }
  const [wanted, found] = [await count(from), await count(to)]
  if (wanted !== found)
    throw new HubError('configuratie', { detail: `KEYS_DATABASE_URL: ${found} sleutels in plaats van ${wanted}.` })
  progress('data_key', found)
  return found
}
