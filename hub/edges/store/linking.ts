import type { Kysely } from 'kysely'
import type { KeyIndex, Linking } from '../../ports.ts'
import { inPieces, insertRows } from './chunks.ts'
import type { Database } from './database.ts'

/** A block longer than this is cut: it says more about an institution or a fashion than about one person. */
const BLOCK_MAX = 200

export function linkingRoom(db: Kysely<Database>): Linking {
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
      inPieces(seqs, (piece) =>
        db
          .selectFrom('edge')
          .selectAll()
          .where((e) => e.or([e('a', 'in', piece), e('b', 'in', piece)]))
          .orderBy('id')
          .execute(),
      ),
    async removeEdges(ids) {
      await inPieces(ids, (piece) => db.deleteFrom('edge').where('id', 'in', piece).execute())
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
    ...familyKeys(db),
  }
}

async function aliases(db: Kysely<Database>, persons: string[]): Promise<string[]> {
  const heads = await inPieces(persons, (piece) =>
    db.selectFrom('person').select(['id', 'redirect']).where('id', 'in', piece).execute(),
  )
  const targets = [...new Set(heads.flatMap((row) => [row.id, row.redirect ?? row.id]))]
  const others = await inPieces(targets, (piece) => db.selectFrom('person').select('id').where('redirect', 'in', piece).execute())
  return [...new Set([...targets, ...others.map((row) => row.id)])]
}

function reviews(db: Kysely<Database>) {
  return {
    insertReviews: (rows) => insertRows(db, 'review', rows),
    reviewById: (id) => db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirst(),
    reviewsTouching: (seqs) =>
      inPieces(seqs, (piece) =>
        db
          .selectFrom('review')
          .selectAll()
          .where((e) => e.or([e('registration', 'in', piece), e('candidate', 'in', piece)]))
          .execute(),
      ),
    async updateReview({ id, ...row }) {
      await db.updateTable('review').set(row).where('id', '=', id).execute()
    },
    async removeReviews(ids) {
      await inPieces(ids, (piece) => db.deleteFrom('review').where('id', 'in', piece).execute())
    },
    listReviews: (state, after, limit) =>
      db
        .selectFrom('review')
        .selectAll()
        .where('id', '>', after)
        .$if(state !== null, (query) => query.where('state', state === 'open' ? '=' : '!=', 'open'))
        .orderBy('id')
        .limit(limit)
        .execute(),
    async countReviews(state) {
      const count = db.selectFrom('review').select((e) => e.fn.countAll().as('n'))
      return Number((await count.where('state', '=', state).executeTakeFirst())?.n ?? 0)
    },
  } satisfies Partial<Linking>
}

function familyKeys(db: Kysely<Database>) {
  return {
    async setFamilyKeys(entries) {
      const seqs = entries.map(({ seq }) => seq)
      await inPieces(seqs, (piece) => db.deleteFrom('family_key').where('registration', 'in', piece).execute())
      const rows = entries.flatMap(({ seq, keys }) => [...new Set(keys)].map((key) => ({ key, registration: seq })))
      await insertRows(db, 'family_key', rows)
    },
    async familyKeysOf(seqs) {
      const found = new Map<number, string[]>(seqs.map((seq) => [seq, []]))
      const rows = await inPieces(seqs, (piece) =>
        db.selectFrom('family_key').selectAll().where('registration', 'in', piece).execute(),
      )
      for (const { key, registration } of rows) found.get(registration)?.push(key)
      return found
    },
    async holdersOfFamilyKeys(keys, max) {
      const rows = await inPieces([...new Set(keys)], (piece) => {
        const counted = db.selectFrom('family_key').select('key').where('key', 'in', piece).groupBy('key')
        const families = counted.having((e) => e.fn.countAll(), '<=', max)
        return db.selectFrom('family_key').selectAll().where('key', 'in', families).execute()
      })
      const holders = Map.groupBy(rows, (row) => row.key)
      return new Map([...holders].map(([key, own]) => [key, own.map((row) => row.registration)]))
    },
  } satisfies Partial<Linking>
}

/** The blind index in the store itself. */
export function sqlKeyIndex(db: Kysely<Database>): KeyIndex {
  return {
    async add(entries) {
      const rows = entries.flatMap(({ seq, keys }) => [...new Set(keys)].map((key) => ({ key, registration: seq })))
      await db.transaction().execute((tx) => insertRows(tx, 'blocking_key', rows, { ifAbsent: true }))
    },
    async find(keys) {
      const rows = await inPieces([...new Set(keys)], (piece) =>
        db.selectFrom('blocking_key').selectAll().where('key', 'in', piece).execute(),
      )
      return cutBlocks(rows)
    },
    async remove(entries) {
      await db.transaction().execute(async (tx) => {
        for (const { seq, keys } of entries)
          await tx.deleteFrom('blocking_key').where('key', 'in', keys).where('registration', '=', seq).execute()
      })
    },
  }
}

function cutBlocks(rows: { key: string; registration: number }[]): { blocks: Map<string, number[]>; cut: Set<string> } {
  const blocks = new Map<string, number[]>()
  const cut = new Set<string>()
  for (const { key, registration } of rows) {
    const block = blocks.get(key)
    if (!block) blocks.set(key, [registration])
    else if (block.length < BLOCK_MAX) block.push(registration)
    else cut.add(key)
  }
  return { blocks, cut }
}
