import type { Kysely } from 'kysely'
import type { LifeEvents } from '../../ports/life-events.ts'
import type { Registrations } from '../../ports.ts'
import type { Database } from './database.ts'
import { among, insertRows } from './sets.ts'

export function lifeEventsRoom(db: Kysely<Database>): LifeEvents {
  return {
    insert: (events) => insertRows(db, 'life_event', events),
    oldest: (limit) => db.selectFrom('life_event').selectAll().orderBy('id').limit(limit).execute(),
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom('life_event').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

type LifeChanges = Pick<Registrations, 'setResidence' | 'setFacts' | 'close' | 'identifyAnew'>

/** What an event changes beside the content of a registration. */
export function lifeChanges(db: Kysely<Database>): LifeChanges {
  return {
    async setResidence(seqs, residence, residenceSince) {
      const set = { residence, residenceSince }
      await among(seqs, (list) => db.updateTable('registration').set(set).where('seq', 'in', list).execute())
    },
    async setFacts(entries) {
      for (const { seq, facts } of entries) await db.updateTable('registration').set({ facts }).where('seq', '=', seq).execute()
    },
    async close(seqs, endedOn) {
      const set = { status: 'afgesloten', endedOn }
      await among(seqs, (list) => db.updateTable('registration').set(set).where('seq', 'in', list).execute())
    },
    async identifyAnew(entries) {
      for (const { seq, profile, blockingKeys, keyEpochs } of entries) {
        const set = { blockingKeys: blockingKeys.join(' '), keyEpochs, person: null, state: 'ontvangen' }
        await db.updateTable('registration').set(set).where('seq', '=', seq).execute()
        await db.updateTable('profile').set({ sealed: profile }).where('registration', '=', seq).execute()
      }
    },
  }
}
