import { type Kysely, sql } from 'kysely'
import type { Bewijs } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { type LogKey, type LogKeys, signCheckpoint } from '../../../stages/audit/log-key.ts'
import type { StateEvidence } from '../../checkpoint-file.ts'
import { isPostgres } from '../sets.ts'
import { readBeside } from '../store-file.ts'
import { lastCheckpoint } from './checkpoints.ts'
import { keyAfter } from './key-after.ts'
import { inclusionProof, rootAt } from './proofs.ts'
import type { AccessLogTables } from './tables.ts'
import { findingOf, type Verdict, type VerifyOptions, verifyLog } from './verify.ts'

/** Reads a store beside whoever uses it; may read more than once. */
export type StoreReader = <T>(read: (db: Kysely<AccessLogTables>) => Promise<T>) => Promise<T>

/** Reads the store in a file of SQLite. */
export function storeIn(path: string): StoreReader {
  return (read) => readBeside(path, read)
}

/**
 * Verifies the log of a store, beside whatever hub uses it; changes nothing. `readState` gives the state folder's
 * checkpoints; they are read before the rows are, or a running hub's newest checkpoint would seem ahead of them.
 */
export async function verifyStoredLog(
  readStore: StoreReader,
  keys: LogKeys,
  readState: () => Promise<StateEvidence>,
  { progress, ...how }: Pick<VerifyOptions, 'progress' | 'endsUnder'> = {},
): Promise<Verdict> {
  try {
    return await readStore(async (db) => {
      const { note: stateNote, earlier } = await readState()
      const verdict = await verifyLog(db, {
        ...heldAgainst(keys),
        ...how,
        stateNote,
        earlier,
        ...(progress && { progress }),
      })
      return verdict.heel && !isPostgres(db) ? ((await otherKind(db, verdict.omvang)) ?? verdict) : verdict
    })
  } catch (error) {
    if (error instanceof HubError) throw error
    return { heel: false, eersteFout: findingOf(error, 1) }
  }
}

/** Under which of its keys, of which this is the newest, a log stands now. */
export function logKeyBeside(readStore: StoreReader, newest: LogKey): Promise<LogKey> {
  return readStore(async (db) => {
    const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
    return keyAfter(db, allKeys(newest), Number(size))
  })
}

/** What a log is held against: all its keys. It must have gone over to each but those from which none was retired yet. */
export function heldAgainst(keys: LogKeys): Pick<VerifyOptions, 'vkey' | 'sealKey' | 'keysBefore' | 'endsUnder'> {
  const all = allKeys(keys)
  const { vkey, sealKey } = all.at(-1) as LogKey
  return { vkey, sealKey, keysBefore: all.slice(0, -1), endsUnder: all.findIndex(({ privateKey }) => privateKey !== null) }
}

function allKeys({ now, next }: LogKeys): LogKey[] {
  const newest = next ?? now
  return [...newest.earlier, newest]
}

const NUMBERS = {
  access_log: ['number'],
  log_head: ['id', 'size'],
  log_node: ['level', 'position'],
  log_checkpoint: ['size'],
} as const

/** SQLite keeps what kind a value is with the value, not with the column: in a table that was rebuilt, 137 can be text or 137.0. */
async function otherKind(db: Kysely<AccessLogTables>, size: number): Promise<Verdict | undefined> {
  for (const [table, columns] of Object.entries(NUMBERS))
    for (const column of columns) {
      const other = sql`select min(${sql.ref(column)}) as first from ${sql.table(table)} where typeof(${sql.ref(column)}) <> 'integer'`
      const { first } = (await other.execute(db)).rows[0] as { first: unknown }
      const nummer = table === 'access_log' ? Number(first) : size
      if (first !== null) return { heel: false, eersteFout: { nummer, reden: `${table} bevat een getal van een andere soort` } }
    }
  return undefined
}

/**
 * The proof of one line of a store, under the newest checkpoint that covers it; where none does yet, under one that is
 * signed now and not kept. Throws `niet-gevonden`.
 */
export function proveStored(readStore: StoreReader, keys: LogKeys, number: number): Promise<Bewijs> {
  return readStore(async (db) => {
    const kept = await lastCheckpoint(db)
    if (kept && kept.size >= number) return inclusionProof(db, number, kept)
    const { size } = await db.selectFrom('log_head').select('size').where('id', '=', 1).executeTakeFirstOrThrow()
    const [root, key] = [await rootAt(db, Number(size)), await keyAfter(db, allKeys(keys), Number(size))]
    if (!root) throw new HubError('niet-gevonden')
    return inclusionProof(db, number, { size: Number(size), note: signCheckpoint(key, Number(size), root) })
  })
}
