import type { Kysely } from 'kysely'
import type { Imports } from '../../ports/imports.ts'
import type { Database } from './database.ts'
import { insertRows } from './sets.ts'

export function importsRoom(db: Kysely<Database>): Imports {
  return {
    quarantine: (rows) => insertRows(db, 'quarantine', rows),
    listQuarantine: (client, after, limit) =>
      db
        .selectFrom('quarantine')
        .selectAll()
        .where('id', '>', after)
        .$if(client !== null, (query) => query.where('client', '=', String(client)))
        .orderBy('id')
        .limit(limit)
        .execute(),
    async insertReport(report) {
      await db.insertInto('import_report').values(report).execute()
    },
    report: (client, id) =>
      db.selectFrom('import_report').selectAll().where('id', '=', id).where('client', '=', client).executeTakeFirst(),
  }
}
