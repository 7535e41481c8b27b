import { type Expression, type Kysely, sql } from 'kysely'
import type { StoredKeys } from '../../ports/shared.ts'
import type { Registrations } from '../../ports.ts'
import type { Bearing, NewRegistration, SealedRegistration } from '../../rows.ts'
import type { Database } from './database.ts'
import { type Finder, oneOf } from './finders.ts'
import { lifeChanges } from './life-events.ts'
import { alsoIs, among, amongBytes, insertReturning, insertRows, isPostgres } from './sets.ts'

/** All but the reference and the blocking keys, for which only who looks for them asks. */
export const COLUMNS = [
  ...(['seq', 'id', 'client', 'organisation', 'version', 'state', 'person', 'roleInFamily'] as const),
  ...(['status', 'startedOn', 'endedOn', 'municipality', 'signals', 'receivedAt'] as const),
  ...(['renewedOn', 'archivedOn', 'frozen', 'traceId', 'residence', 'residenceSince', 'facts', 'keyEpochs'] as const),
] as const

const BEARING = ['seq', 'id', 'version', 'status', 'person', 'facts'] as const

/** Said as it stands in the partial indexes of what waits: with a value to fill in, SQLite reads the whole table. */
const WAITING = 'ontvangen'
const WAITS = sql<boolean>`state = ${sql.lit(WAITING)}`

/** With a finder a row is looked for by its number; without one, by an index of the engine. */
export function registrationsRoom(db: Kysely<Database>, references?: Finder): Registrations {
  const all = () => db.selectFrom('registration').select(COLUMNS)
  return {
    byReferences: (organisation, wanted) => byReferences(db, organisation, wanted, references),
    bySeqs: (seqs) => among(seqs, (list) => all().where('seq', 'in', list).execute()),
    bearings: (seqs) => bearings(db, seqs),
    byIds: (ids) => among(ids, (list) => all().where('id', 'in', list).execute()),
    own: (organisation, id) => all().where('id', '=', id).where('organisation', '=', organisation).executeTakeFirst(),
    byPersons: (persons) => among(persons, (list) => all().where('person', 'in', list).orderBy('seq').execute()),
    personsOf: (seqs) => among(seqs, (list) => personsOf(db, list)),
    ownByPersons: (organisation, persons) =>
      among(persons, (list) =>
        all().where('person', 'in', list).where(alsoIs('organisation', organisation)).orderBy('seq').execute(),
      ),
    insert: (registrations) => insertRegistrations(db, registrations, references),
    envelopes: (seqs) => sealedIn(db, 'envelope', seqs),
    profiles: (seqs) => sealedIn(db, 'profile', seqs),
    replace: (registration) => replace(db, registration),
    waiting: (limit) => all().where(WAITS).orderBy('seq').limit(limit).execute(),
    async setPersons(entries) {
      if (entries.length > 0) await setPersons(db, entries)
    },
    async setState(seqs, state) {
      await among(seqs, (list) => db.updateTable('registration').set({ state }).where('seq', 'in', list).execute())
    },
    async placeOf(organisation, id) {
      const own = await all().where('id', '=', id).where('organisation', '=', organisation).executeTakeFirst()
      return own?.seq ?? lastBefore(db, organisation, id)
    },
    listOwn: (organisation, state, after, limit) =>
      all()
        .where('organisation', '=', organisation)
        .where('seq', '>', after)
        .$if(state !== null, (query) => query.where(state === WAITING ? WAITS : sql<boolean>`state = ${state}`))
        .orderBy('seq')
        .limit(limit)
        .execute(),
    ...pagesOf(db),
    async count() {
      const row = await db
        .selectFrom('registration')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return row.n
    },
    async setArchived(seqs, archivedOn) {
      await among(seqs, (list) => db.updateTable('registration').set({ archivedOn }).where('seq', 'in', list).execute())
    },
    async setFrozen(seqs, frozen) {
      await among(seqs, (list) => db.updateTable('registration').set({ frozen }).where('seq', 'in', list).execute())
    },
    ...lifeChanges(db),
    erase: (seqs, day) => eraseRegistrations(db, seqs, day),
  }
}

/** SQLite is told by which index, as wide as what is asked: it would rather read each row, on a page with four others. */
async function bearings(db: Kysely<Database>, seqs: number[]): Promise<Bearing[]> {
  return among(seqs, async (list) => {
    if (isPostgres(db)) return db.selectFrom('registration').select(BEARING).where('seq', 'in', list).execute()
    const index = sql`registration indexed by registration_bearing`
    return (await sql<Bearing>`select ${sql.join(BEARING.map(sql.ref))} from ${index} where seq in ${list}`.execute(db)).rows
  })
}

async function byReferences(db: Kysely<Database>, organisation: string, wanted: Uint8Array[], references?: Finder) {
  const own = db.selectFrom('registration').select([...COLUMNS, 'reference'])
  if (!references)
    return amongBytes(wanted, (list) => own.where('organisation', '=', organisation).where('reference', 'in', list).execute())
  const { rows: seqs } = await references.find(db, wanted)
  const rows = await among(seqs, (list) => own.where('seq', 'in', list).execute())
  const isWanted = oneOf(wanted)
  return rows.filter((row) => row.organisation === organisation && isWanted(row.reference))
}

async function setPersons(db: Kysely<Database>, entries: { seq: number; person: string }[]): Promise<void> {
  if (isPostgres(db)) {
    const [seqs, persons] = [entries.map(({ seq }) => seq), entries.map(({ person }) => person)]
    await sql`update registration set person = given.person from unnest(${seqs}::bigint[], ${persons}::text[]) as given (seq, person)
      where registration.seq = given.seq`.execute(db)
    return
  }
  const given = JSON.stringify(entries.map(({ seq, person }) => [seq, person]))
  await sql`update registration set person = given.value ->> 1 from json_each(${given}) as given
    where registration.seq = given.value ->> 0`.execute(db)
}

const HANGING = [
  'consent',
  'override',
  'turn',
  'calendar_mark',
  'family_key',
  'match_side',
  'review',
  'dossier',
  'envelope',
  'profile',
  'follower',
] as const

async function lastBefore(db: Kysely<Database>, organisation: string, id: string): Promise<number> {
  const row = await db
    .selectFrom('registration')
    .select((e) => e.fn.max('seq').as('seq'))
    .where('organisation', '=', organisation)
    .where('id', '<', id)
    .executeTakeFirst()
  return Number(row?.seq ?? 0)
}

async function eraseRegistrations(db: Kysely<Database>, seqs: number[], day: string): Promise<void> {
  await among(seqs, async (list) => {
    if (isPostgres(db)) await tellOtherHubs(db, list, day)
    for (const table of HANGING) await db.deleteFrom(table).where('registration', 'in', list).execute()
    await db.deleteFrom('review').where('candidate', 'in', list).execute()
    await db
      .deleteFrom('edge')
      .where((e) => e.or([e('a', 'in', list), e('b', 'in', list)]))
      .execute()
    await db.deleteFrom('registration').where('seq', 'in', list).execute()
    return []
  })
}

async function tellOtherHubs(db: Kysely<Database>, list: Expression<number>, day: string): Promise<void> {
  const going = db.selectFrom('registration').select('id').where('seq', 'in', list).orderBy('seq')
  await insertRows(
    db,
    'erasure',
    (await going.execute()).map(({ id }) => ({ id, day })),
  )
}

const LINKED = 'verwerkt'

/** All registrations, a page at a time. */
function pagesOf(db: Kysely<Database>): Pick<Registrations, 'listAll' | 'keysAfter' | 'keysOf'> {
  const keys = () => db.selectFrom('registration').select(['seq', 'state', 'blockingKeys'])
  const storedKeys = ({ seq, state, blockingKeys }: { seq: number; state: string; blockingKeys: string }): StoredKeys => ({
    seq,
    keys: blockingKeys.split(' ').filter(Boolean),
    linked: state === LINKED,
  })
  return {
    listAll: (after, limit) =>
      db.selectFrom('registration').select(COLUMNS).where('seq', '>', after).orderBy('seq').limit(limit).execute(),
    keysAfter: async (after, limit) =>
      (await keys().where('seq', '>', after).orderBy('seq').limit(limit).execute()).map(storedKeys),
    keysOf: async (seqs) => (await among(seqs, (list) => keys().where('seq', 'in', list).execute())).map(storedKeys),
  }
}

async function insertRegistrations(
  db: Kysely<Database>,
  registrations: NewRegistration[],
  references?: Finder,
): Promise<Map<string, number>> {
  const rows = registrations.map(({ envelope: _, profile: __, blockingKeys, ...row }) => ({
    ...row,
    blockingKeys: blockingKeys.join(' '),
  }))
  const made = await insertReturning(db, 'registration', rows, ['id', 'seq'])
  const seqs = new Map(made.map(({ id, seq }) => [id, seq]))
  for (const { id, reference } of registrations) references?.note(reference, seqs.get(id) as number)
  const sealed = (part: 'envelope' | 'profile') =>
    registrations.map((row) => ({ registration: seqs.get(row.id) as number, sealed: row[part] }))
  await insertRows(db, 'envelope', sealed('envelope'))
  await insertRows(db, 'profile', sealed('profile'))
  return seqs
}

async function personsOf(db: Kysely<Database>, list: Expression<number>): Promise<string[]> {
  const named = db.selectFrom('registration').select('person').distinct().where('seq', 'in', list)
  return (await named.where('person', 'is not', null).execute()).map((row) => row.person as string)
}

async function replace(
  db: Kysely<Database>,
  { seq, envelope, profile, blockingKeys, ...row }: SealedRegistration,
): Promise<void> {
  const changed = { ...row, blockingKeys: blockingKeys.join(' ') }
  await db.updateTable('registration').set(changed).where('seq', '=', seq).execute()
  for (const [table, sealed] of Object.entries({ envelope, profile }) as ['envelope' | 'profile', Uint8Array][]) {
    const content = db.insertInto(table).values({ registration: seq, sealed })
    await content.onConflict((conflict) => conflict.column('registration').doUpdateSet({ sealed })).execute()
  }
}

async function sealedIn(db: Kysely<Database>, table: 'envelope' | 'profile', seqs: number[]): Promise<Map<number, Uint8Array>> {
  const rows = await among(seqs, (list) => db.selectFrom(table).selectAll().where('registration', 'in', list).execute())
  return new Map(rows.map(({ registration, sealed }) => [registration, sealed]))
}
