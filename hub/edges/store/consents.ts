import type { Kysely } from 'kysely'
import type { Consents } from '../../ports/consents.ts'
import type { Database } from './database.ts'
import { among, insertRows } from './sets.ts'

export function consentsRoom(db: Kysely<Database>): Consents {
  return {
    insert: (consents) => insertRows(db, 'consent', consents),
    own: (organisation, id) =>
      db.selectFrom('consent').selectAll().where('id', '=', id).where('organisation', '=', organisation).executeTakeFirst(),
    byRegistrations: (seqs) =>
      among(seqs, (list) => db.selectFrom('consent').selectAll().where('registration', 'in', list).orderBy('id').execute()),
    async withdraw(id, at) {
      await db.updateTable('consent').set({ withdrawnAt: at }).where('id', '=', id).where('withdrawnAt', 'is', null).execute()
    },
    async insertOverride(override) {
      await db.insertInto('override').values(override).execute()
    },
    overrideById: (id) => db.selectFrom('override').selectAll().where('id', '=', id).executeTakeFirst(),
    overridesByRegistrations: (seqs) =>
      among(seqs, (list) => db.selectFrom('override').selectAll().where('registration', 'in', list).execute()),
    async insertTurns(turns) {
      await insertRows(db, 'turn', turns, { ifAbsent: true })
    },
    dueTurns: (until, limit) =>
      db.selectFrom('turn').selectAll().where('at', '<=', until).orderBy('at').orderBy('registration').limit(limit).execute(),
    async removeTurns(turns) {
      for (const { at, registration } of turns)
        await db.deleteFrom('turn').where('at', '=', at).where('registration', '=', registration).execute()
    },
    async endOverride(id, endsAt) {
      await db.updateTable('override').set({ endsAt }).where('id', '=', id).execute()
    },
    listOverrides: (reviewed, after, limit) =>
      db
        .selectFrom('override')
        .selectAll()
        .where('id', '>', after)
        .$if(reviewed !== null, (query) => query.where('reviewedAt', reviewed ? 'is not' : 'is', null))
        .orderBy('id')
        .limit(limit)
        .execute(),
    async reviewOverride(id, { by, verdict, at, sealed }) {
      const review = { reviewedBy: by, verdict, reviewedAt: at, reviewSealed: sealed }
      await db.updateTable('override').set(review).where('id', '=', id).execute()
    },
  }
}
