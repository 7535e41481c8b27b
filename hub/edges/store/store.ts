import type { Kysely } from 'kysely'
import type { Shares } from '../../ports/shares.ts'
import type { Store, Tx } from '../../ports.ts'
import type { CalendarMarkRow } from '../../rows/consents.ts'
import { consentsRoom } from './consents.ts'
import { coordinationRoom } from './coordination.ts'
import type { Database } from './database.ts'
import { dossiersRoom } from './dossiers.ts'
import { eventsRoom, webhooksRoom } from './events.ts'
import { figuresRoom } from './figures.ts'
import { type Finders, finders } from './finders.ts'
import { importsRoom } from './imports.ts'
import { inboxRoom } from './inbox.ts'
import { emptyJournal } from './journal.ts'
import { keyEpochsRoom } from './key-epochs.ts'
import { lifeEventsRoom } from './life-events.ts'
import { linkingRoom } from './linking.ts'
import { followUpsRoom, matchesRoom } from './matches.ts'
import { oversightRoom } from './oversight.ts'
import { registrationsRoom } from './registrations.ts'
import { repliesRoom } from './replies.ts'
import { amongBytes, insertRows } from './sets.ts'

type LogRoom = Tx['log']

/** The rooms of one transaction; `alone` is the engine's own, and so is whether what has a keyed hash is found in memory. */
export function roomsOf(logRoom: (tx: Kysely<Database>) => LogRoom, found?: Finders) {
  return (tx: Kysely<Database>, alone: Tx['alone']): Tx => ({
    alone,
    registrations: registrationsRoom(tx, found?.references),
    inbox: inboxRoom(tx, found?.messages),
    linking: linkingRoom(tx, found?.anchors),
    lifeEvents: lifeEventsRoom(tx),
    keyEpochs: keyEpochsRoom(tx, found?.anchors),
    consents: consentsRoom(tx),
    matches: matchesRoom(tx),
    followUps: followUpsRoom(tx),
    events: eventsRoom(tx),
    webhooks: webhooksRoom(tx),
    imports: importsRoom(tx),
    marks: marksRoom(tx),
    replies: repliesRoom(tx),
    oversight: oversightRoom(tx),
    dossiers: dossiersRoom(tx),
    coordination: coordinationRoom(tx),
    figures: figuresRoom(tx),
    log: logRoom(tx),
    state: stateRoom(tx),
  })
}

/** The store over a migrated SQLite database, of which every writer is alone; `logRoom` appends access-log lines within a transaction. */
export function sqliteStore(db: Kysely<Database>, logRoom: (tx: Kysely<Database>) => LogRoom): Store {
  const rooms = roomsOf(logRoom, finders())
  const wasAlone = async () => false
  const write: Store['write'] = (work) => db.transaction().execute((tx) => work(rooms(tx, wasAlone)))
  return {
    write,
    writeBeside: write,
    read: (work) => db.connection().execute((connection) => work(rooms(connection, wasAlone))),
    scrub: () => emptyJournal(db),
  }
}

/** One hub has all of it. */
export function soleShare(store: Store): Shares {
  return {
    takeWaiting: (limit) => store.read((tx) => tx.registrations.waiting(limit)),
    asOnly: (_, work) => work(store),
    agreeOnKeys: async () => {},
    knowsEpoch: async () => {},
    allKnowEpoch: async () => true,
    erasedAfter: async () => [],
  }
}

function marksRoom(db: Kysely<Database>): Tx['marks'] {
  return {
    async addNew(marks) {
      const known = await amongBytes(
        marks.map(({ mark }) => mark),
        (list) => db.selectFrom('calendar_mark').selectAll().where('mark', 'in', list).execute(),
      )
      const nameOf = ({ mark, registration }: CalendarMarkRow) => `${registration} ${Buffer.from(mark).toString('hex')}`
      const there = new Set(known.map(nameOf))
      const fresh = marks.filter((mark) => !there.has(nameOf(mark)))
      await insertRows(db, 'calendar_mark', fresh)
      return fresh
    },
  }
}

function stateRoom(db: Kysely<Database>): Tx['state'] {
  return {
    async get(name) {
      return (await db.selectFrom('hub_state').select('value').where('name', '=', name).executeTakeFirst())?.value
    },
    async set(name, value) {
      const row = db.insertInto('hub_state').values({ name, value })
      await row.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute()
    },
    async advance(name, from, value) {
      if (from === undefined) {
        const row = db.insertInto('hub_state').values({ name, value })
        return Number((await row.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows) > 0
      }
      const change = db.updateTable('hub_state').set({ value }).where('name', '=', name).where('value', '=', from)
      return Number((await change.executeTakeFirst()).numUpdatedRows) > 0
    },
  }
}
