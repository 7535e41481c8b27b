import { setImmediate as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { KeyIndex } from '../../ports/shared.ts'
import type { Database } from './database.ts'
import { type KeyTable, keyTable } from './key-table.ts'

/** A block longer than this is cut: it says more about an institution or a fashion than about one person. */
const BLOCK_MAX = 200
const PAGE = 5_000

/**
 * The blind index of the one process that has the store: in memory, read from the registrations' own keys when it is first asked.
 * Those were committed with the registration, so nothing is lost with the memory.
 */
export function storedKeyIndex(db: Kysely<Database>): KeyIndex {
  const table = keyTable(BLOCK_MAX)
  let read: Promise<void> | undefined
  const ready = () => {
    read ??= readAll(db, table).catch((error) => {
      read = undefined
      throw error
    })
    return read
  }
  return {
    async add(entries) {
      await ready()
      for (const { seq, keys } of entries) for (const key of keys) table.add(key, seq)
    },
    async find(keys) {
      await ready()
      const blocks = new Map<string, number[]>()
      const cut = new Set<string>()
      for (const key of new Set(keys)) {
        const found = table.find(key)
        if (found.seqs.length > 0) blocks.set(key, found.seqs)
        if (found.cut) cut.add(key)
      }
      return { blocks, cut }
    },
    async remove(entries) {
      await ready()
      for (const { seq, keys } of entries) for (const key of keys) table.remove(key, seq)
    },
  }
}

async function readAll(db: Kysely<Database>, table: KeyTable): Promise<void> {
  for (let after = 0; ; ) {
    const page = db.selectFrom('registration').select(['seq', 'blockingKeys']).where('seq', '>', after).orderBy('seq')
    const rows = await page.limit(PAGE).execute()
    for (const { seq, blockingKeys } of rows) for (const key of blockingKeys.split(' ')) if (key !== '') table.add(key, seq)
    const last = rows.at(-1)
    if (!last) return
    after = last.seq
    await pause()
  }
}
