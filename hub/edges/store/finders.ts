import type { Kysely } from 'kysely'
import type { Database } from './database.ts'
import { type KeyTable, keyTable } from './key-table.ts'

/**
 * Where rows lie that are looked for by a keyed hash, in memory: hashes come in no order, so a tree of them costs a page for every row that is
 * written. For the one process that has a SQLite file; read from the rows themselves when it is first asked.
 */
export interface Finder {
  /** The rows that may carry one of these, and those of which more carry one than are kept: who reads a row sees whether it does. */
  find(db: Kysely<Database>, hashes: readonly Hash[]): Promise<{ rows: number[]; cut: Set<string> }>
  /** Said before the commit, and never taken back: what is rolled back or deleted is found and not there. */
  note(hash: Hash, row: number): void
}

export interface Finders {
  messages: Finder
  references: Finder
  anchors: Finder
}

type Hash = string | Uint8Array
type Page = (db: Kysely<Database>, from: number) => Promise<{ hash: Hash; row: number }[]>

/** Above twice what counts as a family, so that what is no longer there takes no place of what is. */
const KEPT_MAX = 400
const PAGE = 5_000
/** Of a hash of 32 bytes so many tell it from others. */
const TELLING = 12

export function finders(): Finders {
  return {
    messages: finder((db, from) => {
      const page = db.selectFrom('inbox').select(['message as hash', 'id as row']).where('id', '>=', from)
      return page.orderBy('id').limit(PAGE).execute()
    }),
    references: finder((db, from) => {
      const page = db.selectFrom('registration').select(['reference as hash', 'seq as row']).where('seq', '>=', from)
      return page.orderBy('seq').limit(PAGE).execute()
    }),
    anchors: finder((db, from) => {
      const page = db.selectFrom('family_key').select(['key as hash', 'registration as row']).where('registration', '>=', from)
      return page.orderBy('registration').limit(PAGE).execute()
    }),
  }
}

function finder(page: Page): Finder {
  let known: KeyTable | undefined
  return {
    async find(db, hashes) {
      if (hashes.length === 0) return { rows: [], cut: new Set() }
      known ??= await readAll(db, page)
      const rows = new Set<number>()
      const cut = new Set<string>()
      for (const name of new Set(hashes.map(nameOf))) {
        const found = known.find(name)
        for (const row of found.seqs) rows.add(row)
        if (found.cut) cut.add(name)
      }
      return { rows: [...rows], cut }
    },
    // Before it was first asked, what is in the store is enough.
    note: (hash, row) => known?.add(nameOf(hash), row),
  }
}

/** The last row of a page is read again with the next one: it may have more than one hash. */
async function readAll(db: Kysely<Database>, page: Page): Promise<KeyTable> {
  const table = keyTable(KEPT_MAX)
  for (let from = 0; ; ) {
    const rows = await page(db, from)
    for (const { hash, row } of rows) table.add(nameOf(hash), row)
    if (rows.length < PAGE) return table
    from = rows.at(-1)?.row ?? from
  }
}

function nameOf(hash: Hash): string {
  return typeof hash === 'string'
    ? hash
    : Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('latin1', 0, TELLING)
}

/** Whether a hash is one of these, byte for byte. */
export function oneOf(wanted: readonly Uint8Array[]): (hash: Uint8Array) => boolean {
  const textOf = (hash: Uint8Array) => Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('base64')
  const all = new Set(wanted.map(textOf))
  return (hash) => all.has(textOf(hash))
}
