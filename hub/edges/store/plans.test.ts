import type { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import type { Kysely } from 'kysely'
import { coordinationRoom } from './coordination.ts'
import type { Database } from './database.ts'
import { eventsRoom } from './events.ts'
import { type Finders, finders } from './finders.ts'
import { inboxRoom } from './inbox.ts'
import { keyEpochsRoom } from './key-epochs.ts'
import { linkingRoom } from './linking.ts'
import { matchesRoom } from './matches.ts'
import { migrate } from './migrate.ts'
import { registrationsRoom } from './registrations.ts'
import { openSqlite } from './sqlite.ts'

type Ask = (db: Kysely<Database>) => Promise<unknown>

const NAME = new Uint8Array(16)

/** What is asked for every batch, and the index by which each has to be found. */
const QUESTIONS: Record<string, [ask: Ask, index: RegExp]> = {
  'what waits': [(db) => registrationsRoom(db).waiting(200), /USING (COVERING )?INDEX registration_waiting/],
  'what waits of one': [(db) => registrationsRoom(db).listOwn('a', 'ontvangen', 0, 20), /registration_waiting_own/],
  'a page of one’s own': [(db) => registrationsRoom(db).listOwn('a', null, 0, 20), /registration_by_organisation_seq/],
  'one’s own of some persons': [(db) => registrationsRoom(db).ownByPersons('a', ['p', 'q']), /registration_by_person/],
  'those of some persons': [(db) => registrationsRoom(db).byPersons(['p', 'q']), /registration_by_person/],
  'whose those of some keys are': [
    (db) => registrationsRoom(db).bearings([1, 2]),
    /COVERING INDEX registration_bearing \(seq=\?\)/,
  ],
  'by reference': [
    async (db) => registrationsRoom(db, await noted(db, 'references', NAME)).byReferences('a', [NAME]),
    /registration USING INTEGER PRIMARY KEY/,
  ],
  'an earlier message': [
    async (db) => inboxRoom(db, await noted(db, 'messages', NAME)).find('a', [NAME]),
    /inbox USING INTEGER PRIMARY KEY \(rowid=\?\)/,
  ],
  'who points at a person': [(db) => linkingRoom(db).redirect('p', 'q'), /person_by_redirect/],
  'links of some': [(db) => linkingRoom(db).edgesTouching([1, 2]), /edge_by_a.*edge_by_b/s],
  'holders of an anchor': [
    async (db) => linkingRoom(db, await noted(db, 'anchors', 'k')).holdersOfFamilyKeys(['k'], 200),
    /family_key USING PRIMARY KEY \(registration=\?\)/,
  ],
  'what a rotation has left to do': [(db) => keyEpochsRoom(db).others('1', 100), /registration_by_key_epochs \(keyEpochs</],
  'open matches near': [(db) => matchesRoom(db).openTouching(['p'], [1]), /match_by_subject.*match_side_by_registration/s],
  'terms that run': [(db) => coordinationRoom(db).deadlines.running(['m']), /deadline_by_subject/],
  'the last number of a feed': [
    (db) =>
      eventsRoom(db).append([{ receiver: 'a', id: 'g', type: 't', time: '', dataref: '', municipality: null, traceId: null }]),
    /event_receiver_number \(receiver=\?\)/,
  ],
}

describe('questions of every batch', () => {
  for (const [name, [ask, index]] of Object.entries(QUESTIONS))
    it(`find ${name} by an index, whatever the size of the store`, async () => {
      const { db, raw } = openSqlite<Database>(':memory:')
      await migrate(db)
      const asked = listenTo(raw)
      await ask(db)
      const plan = asked().flatMap((sql) => planOf(raw, sql))
      expect(plan.join('\n')).to.match(index)
      expect(
        plan.filter((line) => /^SCAN (?!json_each|given|subscription|.*INDEX registration_waiting)/.test(line)),
      ).to.deep.equal([])
      await db.destroy()
    })
})

/** A finder that knows of a row with this hash. */
async function noted(db: Kysely<Database>, kind: keyof Finders, hash: string | Uint8Array) {
  const finder = finders()[kind]
  await finder.find(db, [hash])
  finder.note(hash, 1)
  return finder
}

/** The statements that are prepared from now on. */
function listenTo(raw: DatabaseSync): () => string[] {
  const asked: string[] = []
  const prepare = raw.prepare.bind(raw)
  raw.prepare = (sql: string) => {
    asked.push(sql)
    return prepare(sql)
  }
  return () => {
    raw.prepare = prepare
    return asked.filter((sql) => /^(select|update|delete)/i.test(sql))
  }
}

function planOf(raw: DatabaseSync, sql: string): string[] {
  return raw
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row.detail))
}
