import type { Logger } from 'pino'
import type { Allowances, IndexUpkeep, KeyIndex, ReplayCache } from '../../ports/shared.ts'
import type { Store, Wakeup } from '../../ports.ts'
import { allowancesWithFallback, redisAllowances } from './allowances.ts'
import { redisClient } from './client.ts'
import { indexKeeper } from './index-keeper.ts'
import { stateBook } from './index-state.ts'
import { indexTable } from './index-table.ts'
import { sharedKeyIndex } from './key-index.ts'
import { redisReplays, sharedReplays } from './replays.ts'
import type { RedisSettings } from './settings.ts'
import { sharedWakeup } from './wakeup.ts'

/** What Redis does for a hub. All of it may be lost at any moment. */
export interface RedisEdge {
  /** `openStored`: see `SharedIndexParts`. */
  index(store: Store, openStored: (() => KeyIndex) | null): Promise<{ index: KeyIndex; upkeep: IndexUpkeep }>
  allowances(own: Allowances): Allowances
  /** `isAlone`: no other hub has the same store. */
  replays(store: Store, own: ReplayCache, isAlone: boolean): Promise<ReplayCache>
  wakeup(local: Wakeup, name: string): Wakeup
  close(): void
}

/** A block longer than this is cut, as in the store's own index. */
const BLOCK_MAX = 200
/** A batch of keys takes Redis tens of milliseconds; who waits for a limit or a proof waits with a request in hand. */
const INDEX = { answer_ms: 2000, patience_ms: 5000 }
const QUICK = { answer_ms: 250 }
const BEGUN = 'herhalingsgeheugen'

/** `hash` is keyed with the region's secret: names in Redis are this region's, and nothing is to be read from them. */
export async function openRedis(settings: RedisSettings, log: Logger, hash: (text: string) => string): Promise<RedisEdge> {
  const prefix = `verwijsindex:${hash('redis')}`
  const [forIndex, quick, subscriber] = [INDEX, QUICK, QUICK].map((times) => redisClient(settings, log, times)) as [
    ReturnType<typeof redisClient>,
    ReturnType<typeof redisClient>,
    ReturnType<typeof redisClient>,
  ]
  await Promise.all([forIndex.connected, quick.connected, subscriber.connected])
  return {
    async index(store, openStored) {
      const book = stateBook(store, openStored !== null)
      await book.read()
      const table = indexTable(forIndex, prefix, BLOCK_MAX)
      const index = sharedKeyIndex({ store, book, table, openStored, log, patience_ms: INDEX.patience_ms })
      return { index, upkeep: indexKeeper({ store, book, table, log }) }
    },
    allowances: (own) => allowancesWithFallback(redisAllowances(quick, prefix, hash), own),
    async replays(store, own, isAlone) {
      const shared = redisReplays(quick, prefix)
      const isFirst = await store.write((tx) => tx.state.advance(BEGUN, undefined, '1'))
      if (isFirst) await shared.begin().catch(() => {})
      return sharedReplays(shared, own, isAlone)
    },
    wakeup(local, name) {
      return sharedWakeup(local, { ...quick, subscribe: subscriber.subscribe }, `${prefix}:wek:${name}`)
    },
    close() {
      for (const client of [forIndex, quick, subscriber]) client.close()
    },
  }
}
