import { keyEpochsRoom } from './key-epochs.ts'
import { hasStore, type Places, readStore } from './places.ts'

/** How many registrations have each value of `keyEpochs`, read beside a running hub or where none runs; none without a store. */
export async function countKeyEpochs(places: Places): Promise<Map<string, number>> {
  if (!(await hasStore(places))) return new Map()
  return readStore(places, (db) => keyEpochsRoom(db).count())
}
