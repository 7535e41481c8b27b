import type { Kysely } from 'kysely'
import type { Database } from './database.ts'
import { keyEpochsRoom } from './key-epochs.ts'
import { storeExists } from './open.ts'
import { readBeside, storeFile } from './store-file.ts'

/** How many registrations have each value of `keyEpochs`, read beside a running hub or where none runs; none without a store. */
export async function countKeyEpochs(dataDir: string): Promise<Map<string, number>> {
  if (!storeExists(dataDir)) return new Map()
  return readBeside(storeFile(dataDir), (db: Kysely<Database>) => keyEpochsRoom(db).count())
}
