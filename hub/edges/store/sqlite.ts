import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { HubError } from '../../errors.ts'

/** SQLite below this version can corrupt a database in WAL mode (sqlite.org/wal.html, "WAL-reset bug"). */
const OLDEST_SAFE = [3, 51, 3] as const

export interface SqliteOptions {
  readOnly?: boolean
  /** Page cache in MiB. */
  cache_mib?: number
}

/**
 * Opens a SQLite file for Kysely: WAL, every commit synced to disk, deleted bytes overwritten.
 * Throws `configuratie` when the settings do not take or the library is too old.
 */
export function openSqlite<T>(path: string, options: SqliteOptions = {}): { db: Kysely<T>; raw: DatabaseSync } {
  const raw = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 5000 })
  refuseOldLibrary(raw)
  if (!options.readOnly) harden(raw)
  raw.exec(`PRAGMA cache_size = -${(options.cache_mib ?? 64) * 1024}; PRAGMA temp_store = MEMORY`)
  return { db: new Kysely<T>({ dialect: new SqliteDialect({ database: asDialectDatabase(raw) }) }), raw }
}

function harden(raw: DatabaseSync): void {
  // Pages that change often are copied from the WAL once in 32 MiB, not once in 4.
  raw.exec('PRAGMA wal_autocheckpoint = 8000')
  raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON')
  const value = (name: string) => Object.values(raw.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  const settings = [value('journal_mode'), value('synchronous'), value('secure_delete')].join()
  if (settings !== 'wal,2,1' && value('journal_mode') !== 'memory')
    throw new HubError('configuratie', { detail: `SQLite neemt de veilige instellingen niet aan (${settings}).` })
}

function refuseOldLibrary(raw: DatabaseSync): void {
  const version = String(raw.prepare('SELECT sqlite_version() AS v').get()?.v)
  const parts = version.split('.').map(Number)
  const difference = OLDEST_SAFE.map((wanted, i) => (parts[i] ?? 0) - wanted).find((d) => d !== 0) ?? 0
  if (difference < 0)
    throw new HubError('configuratie', { detail: `SQLite ${version} is te oud; nodig is ${OLDEST_SAFE.join('.')}.` })
}

interface Prepared {
  statement: StatementSync
  /** Whether it answers rows. */
  isReader: boolean
  toRow: (values: unknown[]) => Record<string, unknown>
}

/** Kysely's SQLite dialect expects statements that take one array and know whether they answer rows. */
function asDialectDatabase(raw: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql)
    if (known) return known
    // After a change of the schema the same text may answer other columns.
    if (statements.size >= 500 || CHANGES_SCHEMA.test(sql)) statements.clear()
    const statement = orTemporary(() => raw.prepare(sql))
    const columns = statement.columns().map(({ name }) => name)
    statement.setReturnArrays(true)
    const prepared = { statement, isReader: columns.length > 0, toRow: rowMaker(columns) }
    if (!CHANGES_SCHEMA.test(sql)) statements.set(sql, prepared)
    return prepared
  }
  return {
    close: () => raw.close(),
    prepare(sql) {
      const { statement, isReader, toRow } = prepare(sql)
      type Values = Parameters<StatementSync['all']>
      const rowsOf = (answers: unknown) => (answers as unknown[][]).map(toRow)
      return {
        reader: isReader,
        all: (values) => rowsOf(orTemporary(() => statement.all(...(values as Values)))),
        run: (values) => {
          // After a full disk SQLite has rolled back by itself, and there is nothing left to roll back.
          if (sql === 'rollback' && !raw.isTransaction) return { changes: 0, lastInsertRowid: 0 }
          const { changes, lastInsertRowid } = orTemporary(() => statement.run(...(values as Values)))
          return { changes, lastInsertRowid }
        },
        iterate: (values) => (statement.iterate(...(values as Values)) as unknown as IteratorObject<unknown[]>).map(toRow),
      }
    },
  }
}

const CHANGES_SCHEMA = /^\s*(create|alter|drop)\b/i

/**
 * Rows as copies of one object with the same names in the same order. The objects that `node:sqlite` makes by itself are hash tables, which cost more to
 * make and, each time one is read or copied, far more to use.
 */
function rowMaker(columns: string[]): (values: unknown[]) => Record<string, unknown> {
  const shape: Record<string, unknown> = Object.fromEntries(columns.map((name) => [name, null]))
  return (values) => {
    const row = { ...shape }
    for (let at = 0; at < columns.length; at++) row[columns[at] as string] = values[at]
    return row
  }
}

/** Primary result codes of SQLite that say nothing about the content: BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN, PROTOCOL. */
const OF_THE_MOMENT = new Set([5, 6, 7, 10, 13, 14, 15])

export function isOfTheMoment(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode
  return typeof code === 'number' && OF_THE_MOMENT.has(code & 0xff)
}

/** A full disk, a lock or a failing device passes: whoever asked may ask again. Throws `tijdelijk-niet-beschikbaar` for those. */
function orTemporary<T>(run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (!isOfTheMoment(cause)) throw cause
    const detail = 'De opslag is nu niet te gebruiken (vol, bezet, geen geheugen of een schijffout); probeer het opnieuw.'
    throw new HubError('tijdelijk-niet-beschikbaar', { detail, cause })
  }
}
