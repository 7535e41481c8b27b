import { type Kysely, sql } from 'kysely'
import type { Imports } from '../../ports/imports.ts'
import type { Database } from './database.ts'
import { among, insertRows } from './sets.ts'

export function importsRoom(db: Kysely<Database>): Imports {
  return {
    quarantine: (rows) => insertRows(db, 'quarantine', rows),
    listQuarantine: (after, limit) =>
      db.selectFrom('quarantine').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute(),
    listUntold: (client, after, limit) =>
      db
        .selectFrom('quarantine')
        .selectAll()
        .where('id', '>', after)
        .where('client', '=', client)
        .where('source', 'like', 'kafka-%')
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('hub_state').select('name').where('name', '=', sql<string>`${TOLD} || quarantine.id`))),
        )
        .orderBy('id')
        .limit(limit)
        .execute(),
    setTold: (ids) =>
      insertRows(
        db,
        'hub_state',
        ids.map((id) => ({ name: toldMark(id), value: '' })),
        { ifAbsent: true },
      ),
    forget: (before, limit) => forget(db, before, limit),
    async insertReport(report) {
      await db.insertInto('import_report').values(report).execute()
    },
    report: (client, id) =>
      db.selectFrom('import_report').selectAll().where('id', '=', id).where('client', '=', client).executeTakeFirst(),
  }
}

const TOLD = sql.lit('kafka/verteld/')
const toldMark = (id: string) => `kafka/verteld/${id}`

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
    .select('id')
    .where('receivedAt', '<', before.messages)
    .where('registration', 'not in', db.selectFrom('registration').select('id'))
    .limit(limit)
    .execute()
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
  await among(idsOf(refused), (list) => db.deleteFrom('quarantine').where('id', 'in', list).execute())
  await among(idsOf(refused).map(toldMark), (list) => db.deleteFrom('hub_state').where('name', 'in', list).execute())
  await among(idsOf(reports), (list) => db.deleteFrom('import_report').where('id', 'in', list).execute())
  await among(
    messages.map(({ id }) => id),
    (list) => db.deleteFrom('inbox').where('id', 'in', list).execute(),
  )
  return { named: [...idsOf(refused), ...idsOf(reports)], hashes: messages.length }
}
