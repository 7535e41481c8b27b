import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { HubError } from '../../../errors.ts'
import { lockKey } from './locks.ts'
import { notConnected, openPostgres, sessionOptions } from './pool.ts'
import type { DatabaseSettings } from './settings.ts'

const TRIES = 10
const TRY_AGAIN_MS = 150
const COME_BACK_MS = 500

/** With whom a process shares a store: with nobody, or with hubs that have their blind index where it has its own. */
export interface Sharing {
  isAlone: boolean
  hasOwnIndex: boolean
}

/** That this process is at work on a database: hubs may be several, a command that takes the store for itself is alone. */
export interface Presence {
  /** Throws `tijdelijk-niet-beschikbaar` while the server does not know of us. */
  assertHeld(): void
  release(): Promise<void>
}

/**
 * Makes this process known to a database, by a session that holds a lock: shared among hubs, or for one process alone. The server ends it with
 * the session, however the process ends. When the session breaks it is made again; until then nothing is written. Hubs that have their
 * blind index in the store and hubs that have it elsewhere would miss what the other added, so they are not at work together.
 * Throws `configuratie` naming who is in the way.
 */
export async function takePresence(settings: DatabaseSettings, command: string, how: Sharing): Promise<Presence> {
  let isEnding = false
  let session: pg.Client | undefined
  const begin = async () => {
    const client = await openSession(settings, command)
    client.on('end', () => {
      if (session !== client) return
      session = undefined
      void comeBack()
    })
    await take(client, settings, how).catch(async (error) => {
      await client.end()
      throw error
    })
    session = client
  }
  const comeBack = async () => {
    while (!isEnding && !session) {
      await begin().catch(() => {})
      if (!session) await wait(COME_BACK_MS, undefined, { ref: false })
    }
  }
  await begin()
  return {
    assertHeld() {
      if (!session)
        throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'De verbinding met de database is weg; probeer het opnieuw.' })
    },
    async release() {
      isEnding = true
      const ending = session
      session = undefined
      await ending?.end()
    },
  }
}

async function openSession({ url, wait_ms }: DatabaseSettings, command: string): Promise<pg.Client> {
  const client = new pg.Client({ ...sessionOptions(url, command), connectionTimeoutMillis: wait_ms })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    throw notConnected(error)
  }
}

/** A process that was killed a moment ago may stand in the way still, until the server has noticed. */
async function take(client: pg.Client, settings: DatabaseSettings, { isAlone, hasOwnIndex }: Sharing): Promise<void> {
  const [mine, other] = hasOwnIndex ? [OWN_INDEX, OTHER_INDEX] : [OTHER_INDEX, OWN_INDEX]
  if (await taken(client, `pg_try_advisory_lock${isAlone ? '' : '_shared'}(${PRESENCE})`)) {
    if (isAlone) return
    await taken(client, `pg_try_advisory_lock_shared(${mine})`)
    if (await taken(client, `pg_try_advisory_lock(${other})`)) {
      await taken(client, `pg_advisory_unlock(${other})`)
      return
    }
    throw new HubError('configuratie', {
      detail: `Er draaien hubs ${hasOwnIndex ? 'met' : 'zonder'} REDIS_URL op deze database. Geef die aan alle hubs, of aan geen.`,
    })
  }
  const holders = await namesOfHolders(settings)
  throw new HubError('configuratie', { detail: `De database is in gebruik door ${holders}. Stop dat eerst.` })
}

async function taken(client: pg.Client, lock: string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { rows } = await client.query(`select ${lock} as taken`).catch((error) => {
      throw notConnected(error)
    })
    if (rows[0]?.taken) return true
    await wait(TRY_AGAIN_MS)
  }
  return false
}

const PRESENCE = lockKey('presence').join(', ')
const OWN_INDEX = lockKey('ownIndex').join(', ')
const OTHER_INDEX = lockKey('otherIndex').join(', ')

async function namesOfHolders(settings: DatabaseSettings): Promise<string> {
  const db = openPostgres<never>(settings.url, { ...settings, command: 'slot' })
  try {
    const { rows } = await sql<{ name: string; since: Date }>`select a.application_name as name, a.backend_start as since
      from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
      and (l.classid, l.objid) = (${sql.raw(PRESENCE)}) order by a.backend_start`.execute(db)
    return rows.map(({ name, since }) => `${name} (sinds ${since.toISOString()})`).join(' en ') || 'een ander proces'
  } finally {
    await db.destroy()
  }
}
