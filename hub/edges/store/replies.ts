import type { Kysely } from 'kysely'
import type { Replies } from '../../ports/replies.ts'
import type { Database } from './database.ts'

export function repliesRoom(db: Kysely<Database>): Replies {
  return {
    async reserve(row, before) {
      await db.deleteFrom('reply').where('createdAt', '<', before).execute()
      const known = await db.selectFrom('reply').selectAll().where('name', '=', row.name).executeTakeFirst()
      if (known) return known
      await db.insertInto('reply').values(row).execute()
      return null
    },
    async setReply(name, reply) {
      await db.updateTable('reply').set({ reply }).where('name', '=', name).execute()
    },
    async release(name) {
      await db.deleteFrom('reply').where('name', '=', name).execute()
    },
  }
}
