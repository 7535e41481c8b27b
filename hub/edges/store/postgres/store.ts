import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { HubError } from '../../../errors.ts'
import type { Store, Tx } from '../../../ports.ts'
import type { Database } from '../database.ts'
import { roomsOf } from '../store.ts'
import { isConflict, isTakenAlready } from './faults.ts'
import { lockFor } from './locks.ts'

const ATTEMPTS = 8
const PAUSE_MS = 20

/** What has to hold before anything is written, and within each transaction that decides. */
export interface Guards {
  /** Throws when this hub may not write now. */
  before(): void
  within?(tx: Kysely<Database>): Promise<void>
}

/**
 * The store in PostgreSQL, for several hubs at once. Who decides holds a lock of the database from the first statement to the commit, and
 * reads at READ COMMITTED, so it sees all that those before it did; who only adds does not wait for it. Reading sees one moment.
 * A conflict is tried again from the start. A commit of which the answer got lost is `tijdelijk-niet-beschikbaar` and is not: it may
 * have been done, and whoever comes again is known by what it brought.
 */
export function postgresStore(db: Kysely<Database>, logRoom: (tx: Kysely<Database>) => Tx['log'], guards: Guards): Store {
  const rooms = roomsOf(logRoom)
  const inTurn = queue()
  const transaction = <T>(work: (tx: Transaction<Database>) => Promise<T>) => {
    guards.before()
    return db.transaction().setIsolationLevel('read committed').execute(work)
  }
  const takeTurn = async (tx: Kysely<Database>) => {
    await lockFor(tx, 'writer')
    await guards.within?.(tx)
  }
  return {
    write: (work) =>
      inTurn(() =>
        again(isConflict, () =>
          transaction(async (tx) => {
            await takeTurn(tx)
            return work(rooms(tx, async () => false))
          }),
        ),
      ),
    writeBeside: (work) =>
      // Two that add the same at once: the later one finds it the next time.
      again(
        (error) => isConflict(error) || isTakenAlready(error),
        () =>
          transaction((tx) =>
            work(
              rooms(
                tx,
                once(() => takeTurn(tx)),
              ),
            ),
          ),
      ),
    read: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((tx) => work(rooms(tx, async () => false))),
    // What is deleted is gone from the tables; from the files when the server cleans up (docs/operating.md).
    scrub: async () => true,
  }
}

/** Answers whether it was done now. */
function once(run: () => Promise<void>): () => Promise<boolean> {
  let done = false
  return async () => {
    if (done) return false
    await run()
    done = true
    return true
  }
}

/** One at a time within this hub, in order: who waits for the database's lock needs no connection for it. */
function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run)
    last = next.catch(() => {})
    return next
  }
}

async function again<T>(isWorthIt: (error: unknown) => boolean, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await run()
    } catch (cause) {
      if (!isWorthIt(cause)) throw cause
      if (attempt === ATTEMPTS) throw new HubError('tijdelijk-niet-beschikbaar', { cause })
      await wait(Math.random() * PAUSE_MS * attempt)
    }
}
