import { randomUUID } from 'node:crypto'
import { REDIS_URLS } from '../../deploy/engines/redis-cluster.ts'
import { clientOf } from '../testing/redis-client.ts'
import { openRegion } from '../testing/stored-region.ts'
import { createLog } from './log.ts'
import { indexKeeper } from './redis/index-keeper.ts'
import { stateBook } from './redis/index-state.ts'
import { indexTable } from './redis/index-table.ts'
import { sharedKeyIndex } from './redis/key-index.ts'
import { holdsKeyIndexContract } from './store/testing/keys-contract.ts'

for (const [engine, urlOf] of Object.entries(REDIS_URLS))
  describe(`key index in ${engine}`, () => {
    let url: string
    before(async function () {
      url = await urlOf(this)
    })
    holdsKeyIndexContract(async () => {
      const region = await openRegion(0)
      const { store } = region.hub
      const [prefix, log] = [`proef:${randomUUID()}`, createLog('silent')]
      const clients = [await clientOf(url), await clientOf(url)] as const
      const [one, other] = clients.map((client) => {
        const parts = { store, book: stateBook(store, false), table: indexTable(client, prefix, 200), log }
        return { index: sharedKeyIndex({ ...parts, openStored: null, patience_ms: 0 }), upkeep: indexKeeper(parts) }
      }) as [Hub, Hub]
      await one.upkeep.step(new AbortController().signal)
      return {
        workers: [one.index, other.index],
        async close() {
          for (const client of clients) client.close()
          await region.close()
        },
      }
    })
  })

interface Hub {
  index: ReturnType<typeof sharedKeyIndex>
  upkeep: ReturnType<typeof indexKeeper>
}
