import { type Kysely, sql } from 'kysely'
import type { Figures, MatchFact } from '../../ports/figures.ts'
import type { Database } from './database.ts'
import { among } from './sets.ts'

type Db = Kysely<Database>

export function figuresRoom(db: Db): Figures {
  return {
    startedBy: (category) =>
      db
        .selectFrom('registration')
        .select((e) => ['municipality', 'startedOn as day', `${category} as category`, e.fn.countAll<number>().as('count')])
        .groupBy(['municipality', 'startedOn', category])
        .execute()
        .then(asCounted),
    courses: () =>
      db
        .selectFrom('registration')
        .leftJoin('closing', 'closing.registration', 'registration.seq')
        .select((e) => [
          'municipality',
          'startedOn as from',
          'closing.day as until',
          'reason',
          e.fn.countAll<number>().as('count'),
        ])
        .groupBy(['municipality', 'startedOn', 'closing.day', 'reason'])
        .execute()
        .then(asCounted),
    matches: (receiver) => matches(db, receiver),
    firstContacts: () => firstContacts(db),
    requestsBy: (category) =>
      db
        .selectFrom('request')
        .select((e) => [
          'municipality',
          sql<string>`substr(${e.ref('createdAt')}, 1, 10)`.as('day'),
          `${category} as category`,
          e.fn.countAll<number>().as('count'),
        ])
        .groupBy(['municipality', sql`substr("createdAt", 1, 10)`, category])
        .execute()
        .then(asCounted),
    ...ofCases(db),
    async organisationsOf(seqs) {
      const rows = await among(seqs, (list) =>
        db.selectFrom('registration').select(['seq', 'organisation']).where('seq', 'in', list).execute(),
      )
      return new Map(rows.map(({ seq, organisation }) => [seq, organisation]))
    },
  }
}

function ofCases(db: Db) {
  return {
    cases: () => db.selectFrom('coordination_case').select(['municipality', 'openedAt', 'closedAt', 'variant']).execute(),
    acts: (kinds) =>
      among(kinds, (list) =>
        db
          .selectFrom('case_entry')
          .innerJoin('coordination_case', 'coordination_case.id', 'case_entry.caseId')
          .select(['case_entry.id', 'kind', 'municipality', 'createdAt', 'content'])
          .where('kind', 'in', list)
          .execute(),
      ),
    handovers: () =>
      db
        .selectFrom('handover')
        .leftJoin('registration', 'registration.seq', 'handover.registration')
        .select((e) => [e.fn.coalesce('municipality', e.val('')).as('municipality'), 'offeredAt', 'toOrganisation'])
        .execute(),
    counts: (list) =>
      db
        .selectFrom('count_record')
        .select((e) => ['municipality', 'day', 'code as category', e.fn.sum<number>('count').as('count')])
        .where('list', '=', list)
        .groupBy(['municipality', 'day', 'code'])
        .execute()
        .then(asCounted),
  } satisfies Partial<Figures>
}

/** PostgreSQL counts in text. */
function asCounted<T extends { count: number }>(rows: T[]): T[] {
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

async function matches(db: Db, receiver: string | null): Promise<MatchFact[]> {
  const rows = await db
    .selectFrom('disclosure')
    .select(['id', 'openedAt', 'closedAt', 'municipality', 'followed', 'own', 'others'])
    .where('state', 'in', ['open', 'gesloten'])
    .$if(receiver !== null, (q) => q.where('receiver', '=', String(receiver)))
    .orderBy('openedAt')
    .execute()
  return [...Map.groupBy(rows, (row) => row.id)].map(([match, told]) => {
    const first = told[0] as (typeof rows)[number]
    const closed = told.every((row) => row.closedAt !== null)
    return {
      match,
      openedAt: first.openedAt,
      closedAt: closed
        ? (told
            .map((row) => row.closedAt ?? '')
            .sort()
            .at(-1) ?? null)
        : null,
      municipality: first.municipality,
      followed: Math.max(...told.map((row) => row.followed)),
      told: told.map((row) => JSON.stringify([...JSON.parse(row.own), ...JSON.parse(row.others)])),
    }
  })
}

async function firstContacts(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('follow_up')
    .innerJoin('follow_up_told', 'follow_up_told.followUp', 'follow_up.id')
    .select(['disclosure', 'createdAt', 'content'])
    .where('kind', '=', 'contact')
    .orderBy('createdAt', 'desc')
    .execute()
  const spoken = rows.filter(({ content }) => JSON.parse(content).gesproken === true)
  return new Map(spoken.map(({ disclosure, createdAt }) => [disclosure, createdAt]))
}
