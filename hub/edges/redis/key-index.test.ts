import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import { REDIS_URLS } from '../../../deploy/engines/redis-cluster.ts'
import { chanceOf } from '../../bench/linking/random.ts'
import { HubError } from '../../errors.ts'
import { processWaiting } from '../../pipeline.ts'
import type { KeyIndex, StoredKeys } from '../../ports/shared.ts'
import { clientOf } from '../../testing/redis-client.ts'
import { openRegion, type Region } from '../../testing/stored-region.ts'
import { createLog } from '../log.ts'
import type { RedisClient } from './client.ts'
import { indexKeeper } from './index-keeper.ts'
import { stateBook } from './index-state.ts'
import { type IndexTable, indexTable } from './index-table.ts'
import { sharedKeyIndex } from './key-index.ts'

const FLUSHES = 15
const ARRIVALS = 5
const log = createLog('silent')
const running = new AbortController().signal

for (const [engine, urlOf] of Object.entries(REDIS_URLS))
  describe(`the shared key index in ${engine} that loses everything`, function () {
    this.timeout(120_000)
    let url: string
    let region: Region
    const clients: RedisClient[] = []
    before(async function () {
      url = await urlOf(this)
      region = await openRegion(4000)
    })
    after(async () => {
      for (const client of clients) client.close()
      await region?.close()
    })

    /** A hub's part: its index, its upkeep, and how often Redis itself answered. */
    async function hub(prefix: string, openStored: (() => KeyIndex) | null) {
      const client = await clientOf(url, { answer_ms: 2000 })
      clients.push(client)
      const table = counted(indexTable(client, prefix, 200))
      const { store } = region.hub
      const book = stateBook(store, openStored !== null)
      const index = sharedKeyIndex({ store, book, table, openStored, log, patience_ms: 200 })
      return { index, table, upkeep: indexKeeper({ store, book, table, log }) }
    }

    for (const [name, hasOwn] of [
      ['goes by the store', true],
      ['waits', false],
    ] as const)
      it(`misses nothing, at any moment; meanwhile it ${name}`, async () => {
        const prefix = `proef:${randomUUID()}`
        const own = hasOwn ? region.openStored : null
        const first = await hub(prefix, own)
        // The store's own index is one process's.
        const hubs = [first, hasOwn ? first : await hub(prefix, null)] as const
        const chance = chanceOf(3)
        const added: StoredKeys[] = []
        const missed: string[] = []
        const state = { flushes: 0, isOver: false }
        const answers = () => hubs.reduce((sum, { table }) => sum + table.answers, 0)
        const flushing = flushAtRandom(url, state, async () => {
          if (chance.happens(0.4)) return wait(chance.below(40))
          const before = answers()
          for (let tries = 0; tries < 200 && answers() === before; tries++) await wait(20)
          await wait(chance.below(60))
        })
        const upkept = { isOver: false }
        const keeping = [...new Set(hubs)].map(({ upkeep }) => untilOver(upkept, () => upkeep.step(running)))
        const working = hubs.map(({ index }) =>
          untilOver(state, async () => {
            const rows = await region.arrive(ARRIVALS)
            if (rows.length === 0) await wait(5)
            await retry(() => index.add(rows))
            added.push(...rows)
            const looked = added.length > 50 ? [...rows, chance.pick(added), chance.pick(added)] : rows
            const { blocks, cut } = await retry(() => index.find(looked.flatMap(({ keys }) => keys)))
            for (const { seq, keys } of looked)
              for (const key of keys) if (!cut.has(key) && !blocks.get(key)?.includes(seq)) missed.push(`${seq} ${key}`)
          }),
        )
        await flushing
        await Promise.all(working)
        upkept.isOver = true
        await Promise.all(keeping)
        expect(missed).to.eql([])
        expect(state.flushes).to.be.at.least(FLUSHES)
        expect(added.length).to.be.greaterThan(20)
        expect(answers()).to.be.greaterThan(5)
      })

    it('knows that entries are missing, and puts them back', async () => {
      await region.arrive(50)
      while ((await processWaiting(region.hub, 500)) > 0);
      const { table, upkeep } = await hub(`proef:${randomUUID()}`, null)
      await upkeep.rebuild()
      const whole = await upkeep.check()
      expect(whole?.missing).to.equal(0)
      expect(whole?.registrations).to.be.at.least(50)
      const generation = (await region.hub.store.read((tx) => tx.state.get('sleutelindex')))?.split(' ')[1] as string
      const [row] = await region.hub.store.read((tx) => tx.registrations.keysAfter(0, 1))
      await table.remove(generation, [row as StoredKeys])
      expect((await upkeep.check())?.missing).to.equal(row?.keys.length)
      await upkeep.step(running)
      expect(await upkeep.check()).to.equal(null)
      await upkeep.step(running)
      expect((await upkeep.check())?.missing).to.equal(0)
    })
  })

type Counted = IndexTable & { answers: number }

function counted(table: IndexTable): Counted {
  const own: Counted = {
    ...table,
    answers: 0,
    async find(generation, keys) {
      const found = await table.find(generation, keys)
      if (found !== null) own.answers++
      return found
    },
  }
  return own
}

/** FLUSHALL, on one node after another, some time apart. */
async function flushAtRandom(url: string, state: { flushes: number; isOver: boolean }, rest: () => Promise<void>): Promise<void> {
  const nodes = url.split(',').map((address) => new Redis(address))
  while (state.flushes < FLUSHES) {
    await rest()
    await nodes[state.flushes % nodes.length]?.flushall()
    state.flushes++
  }
  state.isOver = true
  for (const node of nodes) node.disconnect()
}

async function untilOver(state: { isOver: boolean }, step: () => Promise<unknown>): Promise<void> {
  while (!state.isOver) {
    await step()
    await wait(0)
  }
}

/** As a worker does with what is temporary. */
async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof HubError && error.code === 'tijdelijk-niet-beschikbaar')) throw error
      await wait(5)
    }
}
