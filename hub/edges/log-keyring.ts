import { type LogKey, type LogKeyring, logKeys, logNameOf } from '../stages/audit/log-key.ts'
import type { RegionKeys } from './keys/region-keys.ts'

/** The keys of a region's access log, as they lie in the file now: oldest first. */
export function logKeysOf(region: string, { logKeys: kept }: Pick<RegionKeys, 'logKeys'>): () => readonly LogKey[] {
  return () => logKeys(logNameOf(region), kept())
}

/** The newest of them; it knows those before it. */
export function newestLogKey(region: string, keys: Pick<RegionKeys, 'logKeys'>): LogKey {
  return logKeysOf(region, keys)().at(-1) as LogKey
}

/** A ring over what `read` answers, oldest first; begins at the newest. */
export function logKeyring(read: () => readonly LogKey[]): LogKeyring {
  let all = read()
  let now = all.at(-1) as LogKey
  const placeOf = (key: LogKey, keys: readonly LogKey[]) => keys.findIndex(({ vkey }) => vkey === key.vkey)
  return {
    get all() {
      return all
    },
    get now() {
      return now
    },
    get next() {
      return all[placeOf(now, all) + 1] ?? null
    },
    place(key) {
      now = key
    },
    refresh() {
      const fresh = read()
      const own = fresh[placeOf(now, fresh)]
      // A file that does not know the key in force is another's, or is being put in place.
      if (own) [all, now] = [fresh, own]
      return this.next !== null
    },
  }
}
