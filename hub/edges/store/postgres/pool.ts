import { hostname } from 'node:os'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { HubError } from '../../../errors.ts'
import { isOfTheEngine, isRefusal } from './faults.ts'
import type { DatabaseSettings } from './settings.ts'
import { inPostgresWords } from './speech.ts'

/** Numbers of 64 bits come as text from the driver; ours all fit. */
const NUMBER_OIDS = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])
/** An answer that does not come at all: the server ends a statement sooner than this. */
const SILENCE_MS = 5000
const IDLE_MS = 30_000

export interface PoolOptions extends Omit<DatabaseSettings, 'url' | 'keysUrl'> {
  /** Who this is, for who looks at the sessions of the server. */
  command: string
}

/**
 * A database of PostgreSQL for Kysely. What says nothing of the request (the server is away, stops, is full, a limit passed) becomes
 * `tijdelijk-niet-beschikbaar`, a server that does not let the hub in `configuratie`; everything else stays what it is. Connections
 * that failed are made anew when they are next needed.
 */
export function openPostgres<T>(url: string, options: PoolOptions): Kysely<T> {
  const dialect = new PostgresDialect({ pool: poolOf(url, options) })
  return new Kysely<T>({ dialect, plugins: [inPostgresWords()] })
}

function poolOf(url: string, { pool_max, wait_ms, statement_ms, command }: PoolOptions): PostgresPool {
  const pool = new pg.Pool({
    ...sessionOptions(url, command),
    max: pool_max,
    connectionTimeoutMillis: wait_ms,
    ...limits(statement_ms),
  })
  // A connection that breaks while nobody uses it is dropped by the pool; one in use fails what it is used for.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return {
    options: pool.options,
    connect: () => pool.connect().then(guarded, (error) => Promise.reject(notConnected(error))),
    end: () => pool.end(),
  }
}

function limits(statement_ms: number) {
  return {
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: statement_ms,
    lock_timeout: statement_ms,
    // A hub that stands still must not keep all others waiting.
    idle_in_transaction_session_timeout: statement_ms,
    query_timeout: statement_ms + SILENCE_MS,
  }
}

/** How a session is begun; `name` is what others see of it. */
export function sessionOptions(url: string, command: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: `verwijsindex ${command} ${process.pid}@${hostname()}`.slice(0, 63),
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) => (NUMBER_OIDS.has(oid) ? Number : pg.types.getTypeParser(oid, format)),
    } as pg.CustomTypesConfig,
    // Whatever the server's own setting is: a receipt means stored.
    options: '-c synchronous_commit=on -c standard_conforming_strings=on',
  }
}

function guarded(client: pg.PoolClient): PostgresPoolClient {
  let isSound = true
  const query = async (text: string, values: unknown[]) => {
    try {
      return await client.query(text, values)
    } catch (error) {
      // After a silence the answer can still come, as that of the next question.
      if (isOfTheEngine(error)) isSound = false
      throw translated(error)
    }
  }
  return { query, release: (destroy?: boolean) => client.release(destroy || !isSound) } as unknown as PostgresPoolClient
}

const AWAY = 'De database is nu niet te bereiken of niet te gebruiken; probeer het opnieuw.'
const REFUSED = 'PostgreSQL laat de verwijsindex niet toe; kloppen DATABASE_URL en KEYS_DATABASE_URL?'

/** What to say of a connection that could not be made. */
export function notConnected(cause: unknown): unknown {
  return isRefusal(cause)
    ? new HubError('configuratie', { detail: `${REFUSED} (${(cause as Error).message})`, cause })
    : translated(cause)
}

/** Whether PostgreSQL as such could not be had, and not what was asked of it. */
export function isStoreAway(error: unknown): boolean {
  return error instanceof HubError && error.detail === AWAY
}

function translated(cause: unknown): unknown {
  return isOfTheEngine(cause) ? new HubError('tijdelijk-niet-beschikbaar', { detail: AWAY, cause }) : cause
}
