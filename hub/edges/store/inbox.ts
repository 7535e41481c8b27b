import type { Kysely } from 'kysely'
import type { Inbox } from '../../ports.ts'
import type { InboxRow } from '../../rows.ts'
import type { Database } from './database.ts'
import { type Finder, oneOf } from './finders.ts'
import { among, amongBytes, insertReturning, insertRows } from './sets.ts'

/** All but its number, which is for the store alone. */
const COLUMNS = [
  ...(['source', 'message', 'bodyHash', 'registration', 'version', 'applied', 'created', 'receivedAt'] as const),
] as const

/** With a finder a message is looked for by its number; without one, by an index of the engine. */
export function inboxRoom(db: Kysely<Database>, messages?: Finder): Inbox {
  return {
    find: (source, wanted) => find(db, source, wanted, messages),
    async insert(receipts) {
      if (!messages) return insertRows(db, 'inbox', receipts)
      for (const { id, message } of await insertReturning(db, 'inbox', receipts, ['id', 'message'])) messages.note(message, id)
    },
  }
}

async function find(db: Kysely<Database>, source: string, wanted: Uint8Array[], messages?: Finder): Promise<InboxRow[]> {
  const own = db.selectFrom('inbox').select(COLUMNS)
  if (!messages) return amongBytes(wanted, (list) => own.where('source', '=', source).where('message', 'in', list).execute())
  const { rows: ids } = await messages.find(db, wanted)
  const rows = await among(ids, (list) => own.where('id', 'in', list).execute())
  const isWanted = oneOf(wanted)
  return rows.filter((row) => row.source === source && isWanted(row.message))
}
