import type { Kysely } from 'kysely'
import type { Dossiers } from '../../ports/consents.ts'
import type { Database } from './database.ts'
import { among } from './sets.ts'

export function dossiersRoom(db: Kysely<Database>): Dossiers {
  const all = () => db.selectFrom('dossier').selectAll()
  return {
    async insert(entry) {
      await db.insertInto('dossier').values(entry).execute()
    },
    byId: (id) => all().where('id', '=', id).executeTakeFirst(),
    byRegistrations: (seqs) => among(seqs, (list) => all().where('registration', 'in', list).orderBy('id').execute()),
    list: ({ kinds, state, after, limit }) =>
      all()
        .where('kind', 'in', [...kinds])
        .where('id', '>', after)
        .$if(state !== null, (query) => query.where('state', '=', String(state)))
        .orderBy('id')
        .limit(limit)
        .execute(),
    async update({ id, ...row }) {
      await db.updateTable('dossier').set(row).where('id', '=', id).execute()
    },
  }
}
