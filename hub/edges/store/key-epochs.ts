import { type Kysely, sql } from 'kysely'
import type { KeyEpochs } from '../../ports/link-keys.ts'
import type { Database } from './database.ts'
import type { Finder } from './finders.ts'
import { COLUMNS } from './registrations.ts'
import { among, insertRows } from './sets.ts'

type Db = Kysely<Database>

/** Which epoch of the linking keys families are found by; the first where nothing is said. */
export const FOUND_BY = 'koppeltijdvak'
const FIRST = '1'

export function keyEpochsRoom(db: Db, anchors?: Finder): KeyEpochs {
  return {
    async count() {
      const counts = db.selectFrom('registration').select(['keyEpochs', (e) => e.fn.countAll().as('n')])
      return new Map((await counts.groupBy('keyEpochs').execute()).map(({ keyEpochs, n }) => [keyEpochs, Number(n)]))
    },
    async others(than, limit) {
      const before = await beside(db, '<', than, limit)
      return before.length < limit ? [...before, ...(await beside(db, '>', than, limit - before.length))] : before
    },
    async blockingKeys(seqs) {
      const rows = await among(seqs, (list) =>
        db.selectFrom('registration').select(['seq', 'blockingKeys']).where('seq', 'in', list).execute(),
      )
      return new Map(rows.map(({ seq, blockingKeys }) => [seq, blockingKeys.split(' ').filter((key) => key !== '')]))
    },
    async setTokens(rows) {
      for (const { seq, profile, blockingKeys, keyEpochs } of rows) {
        const changed = { blockingKeys: blockingKeys.join(' '), keyEpochs }
        await db.updateTable('registration').set(changed).where('seq', '=', seq).execute()
        if (profile) await db.updateTable('profile').set({ sealed: profile }).where('registration', '=', seq).execute()
      }
    },
    async anchors(seqs) {
      const rows = await among(seqs, (list) =>
        db.selectFrom('family_key').selectAll().where('registration', 'in', list).orderBy('epoch').orderBy('place').execute(),
      )
      return Map.groupBy(rows, (row) => row.registration)
    },
    async setAnchors(entries) {
      const seqs = entries.map(({ seq }) => seq)
      await among(seqs, (list) => db.deleteFrom('family_key').where('registration', 'in', list).execute())
      const rows = entries.flatMap(({ seq, anchors: own }) =>
        own.map(({ key, epoch, place }) => ({ key, registration: seq, epoch, place })),
      )
      await insertRows(db, 'family_key', rows)
      for (const { key, registration } of rows) anchors?.note(key, registration)
    },
    foundBy: () => familiesFoundBy(db),
    findFamiliesBy: (epoch) => findFamiliesBy(db, epoch),
  }
}

/** The epoch by which families are found, for a statement that asks for anchors of that one only. */
export const foundBy = sql<string>`coalesce((select value from hub_state where name = ${sql.lit(FOUND_BY)}), ${sql.lit(FIRST)})`

/** Either side of a value by the index; "unlike" would read the whole table. */
function beside(db: Db, side: '<' | '>', value: string, limit: number) {
  const found = db.selectFrom('registration').select(COLUMNS).where('keyEpochs', side, value).where('state', '!=', 'ontvangen')
  return found.orderBy('keyEpochs').orderBy('seq').limit(limit).execute()
}

async function familiesFoundBy(db: Db): Promise<string> {
  const row = await db.selectFrom('hub_state').select('value').where('name', '=', FOUND_BY).executeTakeFirst()
  return row?.value ?? FIRST
}

async function findFamiliesBy(db: Db, epoch: string): Promise<string> {
  const before = await familiesFoundBy(db)
  if (before === epoch) return before
  const same = sql`family_key as one join family_key as other on other.registration = one.registration
    and other.place = one.place and other.epoch = ${epoch} where one.epoch = ${before}`
  const isOld = (key: string) => sql<boolean>`${sql.ref(key)} in (select key from family_key where epoch = ${before})`
  await sql`insert into case_key (key, "caseId") select distinct other.key, known."caseId" from case_key as known, ${same}
    and one.key = known.key on conflict do nothing`.execute(db)
  await db.deleteFrom('case_key').where(isOld('case_key.key')).execute()
  await sql`update match set subject = given.now from (select one.key as was, min(other.key) as now from ${same} group by one.key) as given
    where match.state = 'open' and match.subject = given.was`.execute(db)
  const found = db.insertInto('hub_state').values({ name: FOUND_BY, value: epoch })
  await found.onConflict((conflict) => conflict.column('name').doUpdateSet({ value: epoch })).execute()
  return before
}
