import type { Expression, Kysely } from 'kysely'
import type { DisclosureQuery, FollowUps, Matches } from '../../ports.ts'
import type { MatchRow } from '../../rows.ts'
import type { Database } from './database.ts'
import { among, insertRows, listOf } from './sets.ts'

export function matchesRoom(db: Kysely<Database>): Matches {
  return {
    openTouching: (subjects, seqs) => openTouching(db, subjects, seqs),
    insert: (matches) => insertRows(db, 'match', matches),
    async setSubject(id, subject) {
      await db.updateTable('match').set({ subject }).where('id', '=', id).execute()
    },
    async close(ids, at) {
      const closed = { state: 'gesloten', closedAt: at }
      await among(ids, (list) => db.updateTable('match').set(closed).where('id', 'in', list).execute())
    },
    async escalate(ids, escalatedAt) {
      await among(ids, (list) => db.updateTable('match').set({ escalatedAt }).where('id', 'in', list).execute())
    },
    sides: (ids) => among(ids, (list) => db.selectFrom('match_side').selectAll().where('match', 'in', list).execute()),
    insertSides: (sides) => insertRows(db, 'match_side', sides),
    async removeSides(sides) {
      for (const { match, registration } of sides)
        await db.deleteFrom('match_side').where('match', '=', match).where('registration', '=', registration).execute()
    },
    listOpen: (after, limit) =>
      db.selectFrom('match').selectAll().where('state', '=', 'open').where('id', '>', after).orderBy('id').limit(limit).execute(),
    ...disclosures(db),
    counts: (receiver) => counts(db, receiver),
  }
}

async function openTouching(db: Kysely<Database>, subjects: string[], seqs: number[]): Promise<MatchRow[]> {
  const ofSides = (list: Expression<number>) => db.selectFrom('match_side').select('match').where('registration', 'in', list)
  if (subjects.length + seqs.length === 0) return []
  return db
    .selectFrom('match')
    .selectAll()
    .where('state', '=', 'open')
    .where((e) => e.or([e('subject', 'in', listOf(subjects)), e('id', 'in', ofSides(listOf(seqs)))]))
    .execute()
}

function disclosures(db: Kysely<Database>) {
  const all = () => db.selectFrom('disclosure').selectAll()
  return {
    disclosuresOf: (matches) => among(matches, (list) => all().where('match', 'in', list).execute()),
    disclosure: (receiver, id) => all().where('id', '=', id).where('receiver', '=', receiver).executeTakeFirst(),
    listDisclosures: (query) => listDisclosures(db, query),
    async nextNumber(receiver) {
      const last = await db
        .selectFrom('disclosure')
        .select((e) => e.fn.max('number').as('n'))
        .where('receiver', '=', receiver)
        .executeTakeFirst()
      return Number(last?.n ?? 0) + 1
    },
    async insertDisclosure(disclosure) {
      await db.insertInto('disclosure').values(disclosure).execute()
    },
    async updateDisclosure({ id, receiver, ...row }) {
      await db.updateTable('disclosure').set(row).where('id', '=', id).where('receiver', '=', receiver).execute()
    },
    overdue: (day, limit) =>
      all()
        .where('state', '=', 'open')
        .where('dueOn', '<', day)
        .where('followed', '=', 0)
        .where('overdueTold', '=', 0)
        .limit(limit)
        .execute(),
  } satisfies Partial<Matches>
}

function listDisclosures(db: Kysely<Database>, query: DisclosureQuery) {
  const filtered = db
    .selectFrom('disclosure')
    .selectAll()
    .where('receiver', '=', query.receiver)
    .where('state', 'in', query.state === null ? ['open', 'gesloten'] : [query.state])
    .$if(query.followed !== null, (q) => q.where('followed', '=', query.followed ? 1 : 0))
    .$if(query.municipalities !== null, (q) => q.where('municipality', 'in', [...(query.municipalities ?? []), '']))
    .limit(query.limit)
  return query.worklist
    ? filtered.orderBy('followed').orderBy('dueOn').orderBy('number').offset(query.after).execute()
    : filtered.where('number', '>', query.after).orderBy('number').execute()
}

async function counts(db: Kysely<Database>, receiver?: string): Promise<{ open: number; visible: number }> {
  const open = await db
    .selectFrom('match')
    .select((e) => e.fn.countAll().as('n'))
    .where('state', '=', 'open')
    .executeTakeFirst()
  const visible = await db
    .selectFrom('disclosure')
    .innerJoin('match', 'match.id', 'disclosure.match')
    .select((e) => e.fn.count('disclosure.match').distinct().as('n'))
    .where('disclosure.state', '=', 'open')
    .where('match.state', '=', 'open')
    .$if(receiver !== undefined, (q) => q.where('disclosure.receiver', '=', String(receiver)))
    .executeTakeFirst()
  return { open: Number(open?.n ?? 0), visible: Number(visible?.n ?? 0) }
}

export function followUpsRoom(db: Kysely<Database>): FollowUps {
  return {
    async insert(followUp, told) {
      await db.insertInto('follow_up').values(followUp).execute()
      await insertRows(db, 'follow_up_told', told)
    },
    toldIn: (receiver, disclosures) =>
      among(disclosures, (list) =>
        db
          .selectFrom('follow_up_told')
          .innerJoin('follow_up', 'follow_up.id', 'follow_up_told.followUp')
          .selectAll('follow_up')
          .select('follow_up_told.disclosure')
          .where('receiver', '=', receiver)
          .where('disclosure', 'in', list)
          .orderBy('follow_up.id')
          .execute(),
      ),
    async insertRequest(request) {
      await db.insertInto('request').values(request).execute()
    },
    requestById: (id) => db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst(),
    listRequests: ({ organisation, receiver, municipalities, state, after, limit }) =>
      db
        .selectFrom('request')
        .selectAll()
        .where('id', '>', after)
        .$if(state !== null, (q) => q.where('state', '=', String(state)))
        .$if(organisation !== null, (q) => q.where('organisation', '=', String(organisation)))
        .$if(receiver !== null, (q) => q.where('receiver', '=', String(receiver)))
        .$if(municipalities !== null, (q) => q.where('municipality', 'in', [...(municipalities ?? []), '']))
        .orderBy('id')
        .limit(limit)
        .execute(),
  }
}
