import type { Kysely } from 'kysely'
import type { CaseQuery, Cases, Coordination, Deadlines, Followers, Handovers } from '../../ports/coordination.ts'
import type { CaseRow } from '../../rows/coordination.ts'
import type { Database } from './database.ts'
import { alsoIs, among, insertRows } from './sets.ts'

type Db = Kysely<Database>

export function coordinationRoom(db: Db): Coordination {
  return {
    cases: casesRoom(db),
    deadlines: deadlinesRoom(db),
    handovers: handoversRoom(db),
    followers: followersRoom(db),
    requests: {
      async update({ id, ...row }) {
        await db.updateTable('request').set(row).where('id', '=', id).execute()
      },
      byRegistrations: (seqs) =>
        among(seqs, (list) => db.selectFrom('request').selectAll().where('registration', 'in', list).orderBy('id').execute()),
    },
    closings: {
      async set(closings) {
        const seqs = closings.map(({ registration }) => registration)
        await among(seqs, (list) => db.deleteFrom('closing').where('registration', 'in', list).execute())
        await insertRows(db, 'closing', closings)
      },
    },
    counts: { insert: (counts) => insertRows(db, 'count_record', counts) },
  }
}

function casesRoom(db: Db): Cases {
  const all = () => db.selectFrom('coordination_case').selectAll('coordination_case')
  return {
    insert: (row) => insertRows(db, 'coordination_case', [row]),
    async update({ id, ...row }) {
      await db.updateTable('coordination_case').set(row).where('id', '=', id).execute()
    },
    byId: (id) => all().where('id', '=', id).executeTakeFirst(),
    list: (query) => listCases(db, query),
    listOpen: (after, limit) =>
      all().where('state', 'in', ['open', 'vraagt']).where('id', '>', after).orderBy('id').limit(limit).execute(),
    async byKeys(keys) {
      return onceEach(
        await among(keys, (list) =>
          all()
            .where('id', 'in', db.selectFrom('case_key').select('caseId').where('key', 'in', list))
            .execute(),
        ),
      )
    },
    async begunWith(seqs) {
      const begun = db.selectFrom('case_registration').select('caseId').where('begin', '=', 1)
      return onceEach(
        await among(seqs, (list) =>
          all()
            .where('id', 'in', begun.where('registration', 'in', list))
            .execute(),
        ),
      )
    },
    addKeys: (entries) => insertRows(db, 'case_key', entries, { ifAbsent: true }),
    forget: (before) => forget(db, before),
    ...casePartsOf(db),
    async caseload(organisation) {
      const open = await db
        .selectFrom('coordination_case')
        .select((e) => e.fn.countAll().as('n'))
        .where('coordinator', '=', organisation)
        .where('state', '!=', 'gesloten')
        .executeTakeFirst()
      return Number(open?.n ?? 0)
    },
  }
}

function onceEach(cases: CaseRow[]): CaseRow[] {
  return [...new Map(cases.map((row) => [row.id, row])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function casePartsOf(db: Db) {
  return {
    addRegistrations: (entries) => insertRows(db, 'case_registration', entries, { ifAbsent: true }),
    registrationsOf: (cases) =>
      among(cases, (list) => db.selectFrom('case_registration').selectAll().where('caseId', 'in', list).execute()),
    addParties: (parties) => insertRows(db, 'case_party', parties, { ifAbsent: true }),
    partiesOf: (cases) => among(cases, (list) => db.selectFrom('case_party').selectAll().where('caseId', 'in', list).execute()),
    async letGo(caseId, { registrations, keys, parties }) {
      const begun = db.updateTable('case_registration').set({ begin: 0 }).where('caseId', '=', caseId)
      await among(registrations, (list) => begun.where('registration', 'in', list).execute())
      await among(keys, (list) => db.deleteFrom('case_key').where('caseId', '=', caseId).where('key', 'in', list).execute())
      await among(parties, (list) =>
        db.deleteFrom('case_party').where('caseId', '=', caseId).where('organisation', 'in', list).execute(),
      )
    },
    addEntry: (entry) => insertRows(db, 'case_entry', [entry]),
    entriesOf: (cases) =>
      among(cases, (list) => db.selectFrom('case_entry').selectAll().where('caseId', 'in', list).orderBy('id').execute()),
  } satisfies Partial<Cases>
}

function listCases(db: Db, { point, municipalities, party, state, worklist, after, limit }: CaseQuery) {
  const states = state === null ? ['open', 'vraagt', 'gesloten'] : state === 'open' ? ['open', 'vraagt'] : ['gesloten']
  const filtered = db
    .selectFrom('coordination_case')
    .selectAll('coordination_case')
    .$if(point !== null, (q) => q.where('point', '=', String(point)))
    .$if(municipalities !== null, (q) => q.where('municipality', 'in', [...(municipalities ?? []), '']))
    .$if(party !== null, (q) =>
      q.where('id', 'in', db.selectFrom('case_party').select('caseId').where('organisation', '=', String(party))),
    )
    .limit(limit)
  if (!worklist) return filtered.where('state', 'in', states).where('id', '>', after.id).orderBy('id').execute()
  return filtered
    .where('state', 'in', states)
    .where((e) =>
      e.or([e('nextAt', '>', after.nextAt), e.and([e('nextAt', '=', after.nextAt), e('coordination_case.id', '>', after.id)])]),
    )
    .orderBy('nextAt')
    .orderBy('id')
    .execute()
}

async function forget(db: Db, before: string): Promise<number> {
  const ended = await db.selectFrom('coordination_case').select('id').where('keepUntil', '<', before).limit(500).execute()
  const ids = ended.map(({ id }) => id)
  if (ids.length === 0) return 0
  await db.deleteFrom('case_key').where('caseId', 'in', ids).execute()
  await db.deleteFrom('case_registration').where('caseId', 'in', ids).execute()
  await db.updateTable('coordination_case').set({ keepUntil: null }).where('id', 'in', ids).execute()
  return ids.length
}

function deadlinesRoom(db: Db): Deadlines {
  const all = () => db.selectFrom('deadline').selectAll()
  const running = () => all().where('state', '=', 'loopt')
  return {
    insert: (deadlines) => insertRows(db, 'deadline', deadlines),
    running: (subjects) =>
      among(subjects, (list) => all().where('subject', 'in', list).where(alsoIs('state', 'loopt')).orderBy('id').execute()),
    async settle(ids, state) {
      await among(ids, (list) => db.updateTable('deadline').set({ state }).where('id', 'in', list).execute())
    },
    due: (until, limit) => running().where('passesAt', '<=', until).orderBy('passesAt').orderBy('id').limit(limit).execute(),
    insertClimb: (climb) => insertRows(db, 'climb', [climb]),
    async updateClimb({ id, ...row }) {
      await db.updateTable('climb').set(row).where('id', '=', id).execute()
    },
    climbsOf: (cases) =>
      among(cases, (list) => db.selectFrom('climb').selectAll().where('caseId', 'in', list).orderBy('id').execute()),
    dueClimbs: (until, limit) =>
      db.selectFrom('climb').selectAll().where('nextAt', '<=', until).orderBy('nextAt').orderBy('id').limit(limit).execute(),
    insertSteps: (steps) => insertRows(db, 'climb_step', steps),
    stepsOf: (climbs) =>
      among(climbs, (list) => db.selectFrom('climb_step').selectAll().where('climb', 'in', list).orderBy('step').execute()),
  }
}

function handoversRoom(db: Db): Handovers {
  const all = () => db.selectFrom('handover').selectAll()
  return {
    insert: (row) => insertRows(db, 'handover', [row]),
    async update({ id, ...row }) {
      await db.updateTable('handover').set(row).where('id', '=', id).execute()
    },
    byId: (id) => all().where('id', '=', id).executeTakeFirst(),
    standing: (registrations, day) =>
      among(registrations, (list) =>
        all()
          .where('registration', 'in', list)
          .where('state', 'in', ['aangeboden', 'aanvaard'])
          .where('until', '>=', day)
          .orderBy('id')
          .execute(),
      ),
    list: (organisation, after, limit) =>
      all()
        .where((e) => e.or([e('fromOrganisation', '=', organisation), e('toOrganisation', '=', organisation)]))
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute(),
    ended: (day, limit) => all().where('settled', '=', 0).where('until', '<', day).orderBy('until').limit(limit).execute(),
  }
}

function followersRoom(db: Db): Followers {
  const all = () => db.selectFrom('follower').selectAll()
  return {
    insert: (row) => insertRows(db, 'follower', [row]),
    async setState(id, state) {
      await db.updateTable('follower').set({ state }).where('id', '=', id).execute()
    },
    async setReference(id, sealed) {
      await db.updateTable('follower').set({ sealed }).where('id', '=', id).execute()
    },
    async remove(ids) {
      await among(ids, (list) => db.deleteFrom('follower').where('id', 'in', list).execute())
    },
    byId: (id) => all().where('id', '=', id).executeTakeFirst(),
    byRegistrations: (seqs) => among(seqs, (list) => all().where('registration', 'in', list).orderBy('id').execute()),
    toldTo: (organisation, after, limit) =>
      all()
        .where('organisation', '=', organisation)
        .where('state', '=', 'verteld')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute(),
    list: (after, limit) => all().where('id', '>', after).orderBy('id').limit(limit).execute(),
  }
}
