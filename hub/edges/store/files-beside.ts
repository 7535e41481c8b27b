import { envelopeContents } from '../../flows/contents.ts'
import { type Files, loadFiles } from '../../flows/files.ts'
import type { RegistrationRow } from '../../rows.ts'
import { consentsRoom } from './consents.ts'
import { sqlDataKeys } from './data-keys.ts'
import { dossiersRoom } from './dossiers.ts'
import { type Places, readKeys, readStore } from './places.ts'
import { registrationsRoom } from './registrations.ts'

const PAGE = 500

/**
 * Every registration in pages, oldest first, with all that the policy is asked about it; read beside a running hub, or where none
 * runs, and changing no file.
 */
export async function* filesBeside(
  places: Places,
  wrappingKey: Uint8Array,
): AsyncGenerator<{ rows: RegistrationRow[]; files: Files }> {
  for (let after = 0; ; ) {
    const from = after
    const page = await readStore(places, (db) =>
      readKeys(places, async (keyDb) => {
        const rooms = { registrations: registrationsRoom(db), consents: consentsRoom(db), dossiers: dossiersRoom(db) }
        const rows = await rooms.registrations.listAll(from, PAGE)
        const contents = envelopeContents(sqlDataKeys(keyDb, wrappingKey), 0)
        return { rows, files: await loadFiles({ contents }, rooms, rows) }
      }),
    )
    const last = page.rows.at(-1)
    if (!last) return
    after = last.seq
    yield page
  }
}
