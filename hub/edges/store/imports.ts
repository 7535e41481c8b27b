import type { Kysely } from 'kysely'
import type { Imports } from '../../ports/imports.ts'
import type { Database } from './database.ts'
import { among, amongBytes, insertRows } from './sets.ts'

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
    forget: (before, limit) => forget(db, before, limit),
    async insertReport(report) {
      await db.insertInto('import_report').values(report).execute()
    },
    report: (client, id) =>
      db.selectFrom('import_report').selectAll().where('id', '=', id).where('client', '=', client).executeTakeFirst(),
  }
}

type Before = Parameters<Imports['forget']>[0]

async function forget(db: Kysely<Database>, before: Before, limit: number): Promise<{ named: string[]; hashes: number }> {
  const refused = await db
    .selectFrom('quarantine')
    .select('id')
    .where('receivedAt', '<', before.quarantine)
    .limit(limit)
    .execute()
  const reports = await db.selectFrom('import_report').select('id').where('createdAt', '<', before.reports).limit(limit).execute()
  const messages = await db
    .selectFrom('inbox')
    .select(['source', 'message'])
    .where('receivedAt', '<', before.messages)
    .where('registration', 'not in', db.selectFrom('registration').select('id'))
    .limit(limit)
    .execute()
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
  await among(idsOf(refused), (list) => db.deleteFrom('quarantine').where('id', 'in', list).execute())
  await among(idsOf(reports), (list) => db.deleteFrom('import_report').where('id', 'in', list).execute())
  for (const [source, rows] of Map.groupBy(messages, (row) => row.source))
    await amongBytes(
      rows.map(({ message }) => message),
      (list) => db.deleteFrom('inbox').where('source', '=', source).where('message', 'in', list).execute(),
    )
  return { named: [...idsOf(refused), ...idsOf(reports)], hashes: messages.length }
}
