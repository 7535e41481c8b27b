import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { REDIS_URLS } from '../../deploy/engines/redis-cluster.ts'
import type { Wakeup } from '../ports.ts'
import { clientOf } from '../testing/redis-client.ts'
import type { RedisClient } from './redis/client.ts'
import { sharedWakeup } from './redis/wakeup.ts'
import { localWakeup } from './wakeup.ts'

/** How often a listener hears within a moment of what is done. */
async function heardBy(wakeup: Wakeup, act: () => void): Promise<number> {
  let count = 0
  const stop = wakeup.listen(() => count++)
  act()
  await wait(200)
  stop()
  return count
}

function holdsContract(open: () => Wakeup): void {
  it('is heard by every listener, once for many at a time, and no more after it stopped listening', async () => {
    const wakeup = open()
    const both = await Promise.all([heardBy(wakeup, () => wakeup.ring()), heardBy(wakeup, () => wakeup.ring())])
    expect(both).to.eql([1, 1])
    expect(await heardBy(wakeup, () => {})).to.equal(0)
  })
}

describe('wake-ups in process', () => holdsContract(localWakeup))

for (const [engine, urlOf] of Object.entries(REDIS_URLS))
  describe(`wake-ups over ${engine}`, () => {
    const clients: { talk: RedisClient; hear: RedisClient }[] = []
    before(async function () {
      const url = await urlOf(this)
      for (let hub = 0; hub < 2; hub++) clients.push({ talk: await clientOf(url), hear: await clientOf(url) })
    })
    after(() => {
      for (const { talk, hear } of clients) for (const client of [talk, hear]) client.close()
    })
    const at = (hub: number, channel: string) => {
      const { talk, hear } = clients[hub] as (typeof clients)[number]
      return sharedWakeup(localWakeup(), { ...talk, subscribe: hear.subscribe }, channel)
    }
    holdsContract(() => at(0, randomUUID()))

    it('are heard at the other hub, and not twice at the own', async () => {
      const channel = randomUUID()
      const [own, other] = [at(0, channel), at(1, channel)]
      await wait(200)
      const heard = await Promise.all([heardBy(own, () => own.ring()), heardBy(other, () => {})])
      expect(heard).to.eql([1, 1])
    })
  })
