import type { Kysely } from 'kysely'
import { envelopeContents } from '../../flows/contents.ts'
import { type Files, loadFiles } from '../../flows/files.ts'
import type { RegistrationRow } from '../../rows.ts'
import { consentsRoom } from './consents.ts'
import { type KeyDatabase, keyFile, sqlDataKeys } from './data-keys.ts'
import type { Database } from './database.ts'
import { dossiersRoom } from './dossiers.ts'
import { registrationsRoom } from './registrations.ts'
import { readBeside, storeFile } from './store-file.ts'

const PAGE = 500

/**
 * Every registration in pages, oldest first, with all that the policy is asked about it; read beside a running hub, or where none
 * runs, and changing no file.
 */
export async function* filesBeside(
  dirs: { dataDir: string; keysDir: string },
  wrappingKey: Uint8Array,
): AsyncGenerator<{ rows: RegistrationRow[]; files: Files }> {
  for (let after = 0; ; ) {
    const from = after
    const page = await readBeside(storeFile(dirs.dataDir), (db: Kysely<Database>) =>
      readBeside(keyFile(dirs.keysDir), async (keyDb: Kysely<KeyDatabase>) => {
        const rooms = { registrations: registrationsRoom(db), consents: consentsRoom(db), dossiers: dossiersRoom(db) }
        const rows = await rooms.registrations.listAll(from, PAGE)
        const contents = envelopeContents(await sqlDataKeys(keyDb, wrappingKey), 0)
        return { rows, files: await loadFiles({ contents }, rooms, rows) }
      }),
    )
    const last = page.rows.at(-1)
    if (!last) return
    after = last.seq
    yield page
  }
}
