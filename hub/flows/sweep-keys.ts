import { decodeTime } from 'ulid'
import type { Hub } from '../context.ts'

const PAGE = 1000
/** A key is made before its registration commits; after this long the registration will not come any more. */
const GRACE_MS = 3_600_000

/**
 * Destroys data keys that no registration has: left by a crash between making the key and storing what it seals. Answers how many.
 */
export async function sweepKeys(hub: Hub): Promise<number> {
  let after = ''
  let destroyed = 0
  for (;;) {
    const ids = await hub.dataKeys.list(after, PAGE)
    const last = ids.at(-1)
    if (last === undefined) return destroyed
    const known = new Set((await hub.store.read((tx) => tx.registrations.byIds(ids))).map((row) => row.id))
    const orphans = ids.filter((id) => !known.has(id) && decodeTime(id.slice(2)) < hub.clock.real().getTime() - GRACE_MS)
    if (orphans.length > 0) await hub.dataKeys.destroy(orphans)
    destroyed += orphans.length
    after = last
  }
}
