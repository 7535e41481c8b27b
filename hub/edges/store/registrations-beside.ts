import type { Kysely } from 'kysely'
import type { Registratie } from '../../../schemas/types.ts'
import { envelopeOpener } from '../../flows/contents.ts'
import type { RegistrationRow } from '../../rows.ts'
import { sqlDataKeys } from './data-keys.ts'
import type { Database } from './database.ts'
import { type Places, readKeys, readStore } from './places.ts'
import { registrationsRoom } from './registrations.ts'

const PAGE = 2_000

export interface OpenedRegistration {
  row: RegistrationRow
  registration: Registratie
}

/**
 * Every registration whose key was not destroyed, in pages, oldest first, read beside a running hub or where none runs; changes no
 * file. A registration that comes in meanwhile is in a later page or not at all; what a hub acknowledged before the call is in it.
 */
export async function* registrationsBeside(places: Places, wrappingKey: Uint8Array): AsyncGenerator<OpenedRegistration[]> {
  for (let after = 0; ; ) {
    const from = after
    const { rows, envelopes } = await readStore(places, (db) => readPage(db, from))
    const last = rows.at(-1)
    if (!last) return
    after = last.seq
    // The keys come after the rows: each was on disk before its row was.
    yield await readKeys(places, async (db) => {
      const open = envelopeOpener(sqlDataKeys(db, wrappingKey))
      const contents = await open({ registrations: { envelopes: async () => envelopes } }, rows)
      return rows.flatMap((row) => {
        const content = contents.get(row.seq)
        return content ? [{ row, registration: content.registration }] : []
      })
    })
  }
}

/** In one snapshot: rows and envelopes of the same versions. */
function readPage(db: Kysely<Database>, after: number) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const room = registrationsRoom(tx)
      const rows = await room.listAll(after, PAGE)
      return { rows, envelopes: await room.envelopes(rows.map((row) => row.seq)) }
    })
}
