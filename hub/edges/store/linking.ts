import type { Kysely } from 'kysely'
import type { Linking } from '../../ports.ts'
import type { Database } from './database.ts'
import type { Finder } from './finders.ts'
import { foundBy } from './key-epochs.ts'
import { among, insertRows } from './sets.ts'

export function linkingRoom(db: Kysely<Database>, anchors?: Finder): Linking {
  return {
    insertPersons: (persons) => insertRows(db, 'person', persons),
    async redirect(from, to) {
      await db.updateTable('person').set({ redirect: to }).where('redirect', '=', from).execute()
      await db.updateTable('person').set({ redirect: to }).where('id', '=', from).execute()
      await db.updateTable('person').set({ redirect: null }).where('id', '=', to).execute()
    },
    aliases: (persons) => aliases(db, persons),
    insertEdges: (edges) => insertRows(db, 'edge', edges),
    edgesTouching: (seqs) =>
      among(seqs, (list) =>
        db
          .selectFrom('edge')
          .selectAll()
          .where((e) => e.or([e('a', 'in', list), e('b', 'in', list)]))
          .orderBy('id')
          .execute(),
      ),
    async removeEdges(ids) {
      await among(ids, (list) => db.deleteFrom('edge').where('id', 'in', list).execute())
    },
    ...reviews(db),
    async countPersons() {
      const named = db.selectFrom('registration').select('person').where('person', 'is not', null).distinct().as('p')
      return Number(
        (
          await db
            .selectFrom(named)
            .select((e) => e.fn.countAll().as('n'))
            .executeTakeFirst()
        )?.n ?? 0,
      )
    },
    ...familyKeys(db, anchors),
  }
}

async function aliases(db: Kysely<Database>, persons: string[]): Promise<string[]> {
  const heads = await among(persons, (list) =>
    db.selectFrom('person').select(['id', 'redirect']).where('id', 'in', list).execute(),
  )
  const targets = [...new Set(heads.flatMap((row) => [row.id, row.redirect ?? row.id]))]
  const others = await among(targets, (list) => db.selectFrom('person').select('id').where('redirect', 'in', list).execute())
  return [...new Set([...targets, ...others.map((row) => row.id)])]
}

function reviews(db: Kysely<Database>) {
  return {
    insertReviews: (rows) => insertRows(db, 'review', rows),
    reviewById: (id) => db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirst(),
    reviewsTouching: (seqs) =>
      among(seqs, (list) =>
        db
          .selectFrom('review')
          .selectAll()
          .where((e) => e.or([e('registration', 'in', list), e('candidate', 'in', list)]))
          .execute(),
      ),
    async updateReview({ id, ...row }) {
      await db.updateTable('review').set(row).where('id', '=', id).execute()
    },
    async removeReviews(ids) {
      await among(ids, (list) => db.deleteFrom('review').where('id', 'in', list).execute())
    },
    listReviews: ({ state, overdue }, after, limit) =>
      db
        .selectFrom('review')
        .selectAll()
        .where('id', '>', after)
        .$if(state !== null, (query) => query.where('state', state === 'open' ? '=' : '!=', 'open'))
        .$if(overdue !== null, (query) =>
          query.where((e) => {
            const late = e.and([e('state', '=', 'open'), e('createdAt', '<', overdue?.before ?? '')])
            return overdue?.is ? late : e.not(late)
          }),
        )
        .orderBy('id')
        .limit(limit)
        .execute(),
    async countReviews(state) {
      const count = db.selectFrom('review').select((e) => e.fn.countAll().as('n'))
      return Number((await count.where('state', '=', state).executeTakeFirst())?.n ?? 0)
    },
    async countOpenReviewsBefore(instant) {
      const count = db.selectFrom('review').select((e) => e.fn.countAll().as('n'))
      return Number((await count.where('state', '=', 'open').where('createdAt', '<', instant).executeTakeFirst())?.n ?? 0)
    },
  } satisfies Partial<Linking>
}

function familyKeys(db: Kysely<Database>, anchors?: Finder) {
  return {
    async familyKeysOf(seqs) {
      const found = new Map<number, string[]>(seqs.map((seq) => [seq, []]))
      const rows = await among(seqs, (list) =>
        db.selectFrom('family_key').selectAll().where('registration', 'in', list).where('epoch', '=', foundBy).execute(),
      )
      for (const { key, registration } of rows) found.get(registration)?.push(key)
      return found
    },
    async holdersOfFamilyKeys(keys, max) {
      const wanted = [...new Set(keys)]
      const rows = anchors ? await anchored(db, wanted, anchors) : await anchoredByIndex(db, wanted, max)
      const holders = Map.groupBy(rows, (row) => row.key)
      return new Map(
        [...holders].filter(([, own]) => own.length <= max).map(([key, own]) => [key, own.map((row) => row.registration)]),
      )
    },
  } satisfies Partial<Linking>
}

type Anchored = { key: string; registration: number }

/** Under an anchor that more have than are kept stands nobody: it is no family. */
async function anchored(db: Kysely<Database>, keys: string[], anchors: Finder): Promise<Anchored[]> {
  const { rows: seqs, cut } = await anchors.find(db, keys)
  const rows = await among(seqs, (list) =>
    db.selectFrom('family_key').select(['key', 'registration']).where('registration', 'in', list).execute(),
  )
  const wanted = new Set(keys).difference(cut)
  return rows.filter(({ key }) => wanted.has(key))
}

async function anchoredByIndex(db: Kysely<Database>, keys: string[], max: number): Promise<Anchored[]> {
  return among(keys, (list) => {
    const counted = db.selectFrom('family_key').select('key').where('key', 'in', list).groupBy('key')
    const families = counted.having((e) => e.fn.countAll(), '<=', max)
    return db.selectFrom('family_key').select(['key', 'registration']).where('key', 'in', families).execute()
  })
}
