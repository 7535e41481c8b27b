import { type Kysely, sql } from 'kysely'
import type { Inbox, NewRegistration, Registrations } from '../../ports.ts'
import { inPieces, insertReturning, insertRows } from './chunks.ts'
import type { Database } from './database.ts'

/** All but the envelope, which is larger than the rest together. */
const COLUMNS = [
  ...(['seq', 'id', 'client', 'organisation', 'reference', 'version', 'state', 'person', 'roleInFamily'] as const),
  ...(['status', 'startedOn', 'endedOn', 'municipality', 'signals', 'receivedAt'] as const),
  ...(['renewedOn', 'archivedOn', 'frozen', 'traceId'] as const),
] as const

export function registrationsRoom(db: Kysely<Database>): Registrations {
  const all = () => db.selectFrom('registration').select(COLUMNS)
  return {
    byReferences: (organisation, references) =>
      inPieces(references, (piece) => all().where('organisation', '=', organisation).where('reference', 'in', piece).execute()),
    bySeqs: (seqs) => inPieces(seqs, (piece) => all().where('seq', 'in', piece).execute()),
    byIds: (ids) => inPieces(ids, (piece) => all().where('id', 'in', piece).execute()),
    byPersons: (persons) => inPieces(persons, (piece) => all().where('person', 'in', piece).orderBy('seq').execute()),
    ownByPersons: (organisation, persons) =>
      inPieces(persons, (piece) =>
        all().where('person', 'in', piece).where('organisation', '=', organisation).orderBy('seq').execute(),
      ),
    insert: (registrations) => insertRegistrations(db, registrations),
    async envelopes(seqs) {
      const rows = await inPieces(seqs, (piece) =>
        db.selectFrom('registration').select(['seq', 'envelope']).where('seq', 'in', piece).execute(),
      )
      return new Map(rows.map(({ seq, envelope }) => [seq, envelope]))
    },
    async replace({ seq, ...row }) {
      await db.updateTable('registration').set(row).where('seq', '=', seq).execute()
    },
    waiting: (limit) => all().where('state', '=', 'ontvangen').orderBy('seq').limit(limit).execute(),
    async setPersons(entries) {
      await inPieces(entries, (piece) => {
        const values = sql.join(piece.map(({ seq, person }) => sql`(cast(${seq} as integer), cast(${person} as text))`))
        const given = sql`(select column1 as seq, column2 as person from (values ${values}) as given)`
        return sql`update registration set person = given.person from ${given} as given where registration.seq = given.seq`
          .execute(db)
          .then(({ rows }) => rows)
      })
    },
    async setState(seqs, state) {
      await inPieces(seqs, (piece) => db.updateTable('registration').set({ state }).where('seq', 'in', piece).execute())
    },
    listOwn: (organisation, state, after, limit) =>
      all()
        .where('organisation', '=', organisation)
        .where('seq', '>', after)
        .$if(state !== null, (query) => query.where('state', '=', String(state)))
        .orderBy('seq')
        .limit(limit)
        .execute(),
    listAll: (after, limit) => all().where('seq', '>', after).orderBy('seq').limit(limit).execute(),
    async count() {
      const row = await db
        .selectFrom('registration')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return row.n
    },
    async setArchived(seqs, archivedOn) {
      await inPieces(seqs, (piece) => db.updateTable('registration').set({ archivedOn }).where('seq', 'in', piece).execute())
    },
    async setFrozen(seqs, frozen) {
      await inPieces(seqs, (piece) => db.updateTable('registration').set({ frozen }).where('seq', 'in', piece).execute())
    },
    erase: (seqs) => eraseRegistrations(db, seqs),
  }
}

const HANGING = [
  'consent',
  'override',
  'turn',
  'calendar_mark',
  'family_key',
  'blocking_key',
  'match_side',
  'review',
  'dossier',
] as const

async function eraseRegistrations(db: Kysely<Database>, seqs: number[]): Promise<void> {
  await inPieces(seqs, async (piece) => {
    for (const table of HANGING) await db.deleteFrom(table).where('registration', 'in', piece).execute()
    await db.deleteFrom('review').where('candidate', 'in', piece).execute()
    await db
      .deleteFrom('edge')
      .where((e) => e.or([e('a', 'in', piece), e('b', 'in', piece)]))
      .execute()
    await db.deleteFrom('registration').where('seq', 'in', piece).execute()
    return []
  })
}

async function insertRegistrations(db: Kysely<Database>, registrations: NewRegistration[]): Promise<Map<string, number>> {
  const made = await insertReturning(db, 'registration', registrations, ['id', 'seq'])
  return new Map(made.map(({ id, seq }) => [id, seq]))
}

export function inboxRoom(db: Kysely<Database>): Inbox {
  return {
    find: (source, messages) =>
      inPieces(messages, (piece) =>
        db.selectFrom('inbox').selectAll().where('source', '=', source).where('message', 'in', piece).execute(),
      ),
    insert: (receipts) => insertRows(db, 'inbox', receipts),
  }
}
