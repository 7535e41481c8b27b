import type { Hub } from '../context.ts'

const PAGE = 500

/**
 * Keeps up with what other hubs of the region erase: each id goes onto this hub's own erasure list, so that any hub's list makes a
 * restored copy right, and out of its memory. Answers a step for a worker, which answers how many there were.
 */
export function erasureFollower(hub: Hub): () => Promise<number> {
  let seen = 0
  let listed: Set<string> | undefined
  return async () => {
    const erased = await hub.shares.erasedAfter(seen, PAGE)
    if (erased.length === 0) return 0
    listed ??= new Set(await hub.erased.list())
    const known = listed
    for (const [day, own] of Map.groupBy(erased, (each) => each.day)) {
      const fresh = own.map(({ id }) => id).filter((id) => !known.has(id))
      await hub.erased.add(fresh, day)
      for (const id of fresh) known.add(id)
    }
    hub.contents.forget(erased.map(({ id }) => id))
    seen = erased.at(-1)?.number ?? seen
    return erased.length
  }
}
