import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { HubError } from '../../../errors.ts'
import { FOUND_BY } from '../key-epochs.ts'
import { KNOWN_EPOCH, lockKey } from './locks.ts'
import { notConnected, openPostgres, sessionOptions } from './pool.ts'
import type { DatabaseSettings } from './settings.ts'

const TRIES = 10
const TRY_AGAIN_MS = 150
const COME_BACK_MS = 500

/** With whom a process shares a store: with nobody, or with hubs that have their blind index where it has its own. */
export interface Sharing {
  isAlone: boolean
  hasOwnIndex: boolean
  /** The newest epoch of the linking keys that it knows. */
  epoch: number
}

/** That this process is at work on a database: hubs may be several, a command that takes the store for itself is alone. */
export interface Presence {
  /** Throws `tijdelijk-niet-beschikbaar` while the server does not know of us. */
  assertHeld(): void
  /** Lets the others know that this process knows an epoch of the linking keys. */
  knowsEpoch(epoch: number): Promise<void>
  /** Whether every process that is at work here knows an epoch; none may be missed, so false while the server does not know of us. */
  allKnowEpoch(epoch: number): Promise<boolean>
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
  let { epoch: known } = how
  let session: pg.Client | undefined
  const begin = async (isBack = false) => {
    const client = await openSession(settings, command)
    client.on('end', () => {
      if (session !== client) return
      session = undefined
      void comeBack()
    })
    try {
      await take(client, settings, how)
      await tellEpoch(client, known)
      if (isBack) await refuseBehind(client, known)
    } catch (error) {
      await client.end()
      throw error
    }
    session = client
  }
  const comeBack = async () => {
    while (!isEnding && !session) {
      await begin(true).catch(() => {})
      if (!session) await wait(COME_BACK_MS, undefined, { ref: false })
    }
  }
  await begin()
  return {
    assertHeld() {
      if (!session)
        throw new HubError('tijdelijk-niet-beschikbaar', { detail: 'De verbinding met de database is weg; probeer het opnieuw.' })
    },
    async knowsEpoch(epoch) {
      if (epoch === known) return
      if (session) await tellEpoch(session, epoch)
      known = epoch
    },
    allKnowEpoch: async (epoch) => session !== undefined && (await allKnowEpoch(session, epoch)),
    async release() {
      isEnding = true
      const ending = session
      session = undefined
      await ending?.end()
    },
  }
}

/** Beside what was told before; all of it goes with the session. */
async function tellEpoch(client: pg.Client, epoch: number): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, $2)', [KNOWN_EPOCH, epoch])
}

/**
 * While the session was away the others may have gone over to linking keys that this process does not know: what it registered would not be found. Who is going
 * over now has its turn to write and may have looked for us before, so its end is waited for.
 */
async function refuseBehind(client: pg.Client, epoch: number): Promise<void> {
  await client.query(`select pg_advisory_lock(${WRITER}), pg_advisory_unlock(${WRITER})`)
  const { rows } = await client.query(`select value from hub_state where name = '${FOUND_BY}'`)
  if (Number(rows[0]?.value ?? 1) > epoch) throw new HubError('tijdelijk-niet-beschikbaar')
}

async function allKnowEpoch(client: pg.Client, epoch: number): Promise<boolean> {
  const { rows } = await client.query(
    `select count(*)::int as behind from pg_locks as here where ${HERE} and (here.classid, here.objid) = (${PRESENCE}) and not exists
      (select 1 from pg_locks as told where told.pid = here.pid and told.locktype = 'advisory' and told.granted
        and told.classid = ${KNOWN_EPOCH} and told.objid::bigint >= $1)`,
    [epoch],
  )
  return rows[0]?.behind === 0
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

const HERE = `here.locktype = 'advisory' and here.granted
  and here.database = (select oid from pg_database where datname = current_database())`
const PRESENCE = lockKey('presence').join(', ')
const WRITER = lockKey('writer').join(', ')
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
