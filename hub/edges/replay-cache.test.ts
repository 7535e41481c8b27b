import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { REDIS_URLS } from '../../deploy/engines/redis-cluster.ts'
import type { HubError } from '../errors.ts'
import type { ReplayCache } from '../ports/shared.ts'
import { clientOf } from '../testing/redis-client.ts'
import { createReplayCache } from './auth/replay-cache.ts'
import type { RedisClient } from './redis/client.ts'
import { redisReplays, sharedReplays } from './redis/replays.ts'

const AWAY = 'redis://127.0.0.1:1'
const now_s = Math.floor(Date.now() / 1000)
const times = { made_s: now_s - 10, until_s: now_s + 60, now_s }

function holdsContract(open: (size: { ids_max: number }) => ReplayCache | Promise<ReplayCache>): void {
  it('takes an id once, and another too', async () => {
    const cache = await open({ ids_max: 1000 })
    const [one, other] = [randomUUID(), randomUUID()]
    expect(await cache.use(one, times)).to.equal(true)
    expect(await cache.use(one, times)).to.equal(false)
    expect(await cache.use(other, times)).to.equal(true)
    expect(await cache.use(one, { ...times, now_s: now_s + 59 })).to.equal(false)
  })

  it('takes an id once, of many at a time', async () => {
    const cache = await open({ ids_max: 1000 })
    const id = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.use(id, times)))
    expect(answers.filter(Boolean)).to.have.length(1)
  })

  it('refuses rather than forgets when it is full, and makes room when ids have expired', async () => {
    const cache = await open({ ids_max: 2 })
    const at = (seconds: number, now = 0) => ({ made_s: now_s, until_s: now_s + seconds, now_s: now_s + now })
    expect(await cache.use('a', at(10))).to.equal(true)
    expect(await cache.use('b', at(500))).to.equal(true)
    expect(await cache.use('c', at(500))).to.equal(false)
    expect(await cache.use('c', at(500, 200))).to.equal(true)
    expect(await cache.use('b', at(500, 200))).to.equal(false)
  })
}

describe('replay cache in process', () => holdsContract(({ ids_max }) => createReplayCache(ids_max)))

for (const [engine, urlOf] of Object.entries(REDIS_URLS))
  describe(`replay cache in ${engine}`, () => {
    let client: RedisClient
    before(async function () {
      client = await clientOf(await urlOf(this))
    })
    after(() => client?.close())
    const shared = (prefix: string, ids_max = 1000) => redisReplays(client, prefix, { buckets: 1, ids_max })
    const open = async (size: { ids_max: number }) => {
      const replays = shared(`proef:${randomUUID()}`, size.ids_max)
      await replays.begin()
      return sharedReplays(replays, createReplayCache(), false)
    }
    holdsContract(open)

    it('knows what was used at another hub', async () => {
      const prefix = `proef:${randomUUID()}`
      await shared(prefix).begin()
      const hubs = [0, 1].map(() => sharedReplays(shared(prefix), createReplayCache(), false)) as [ReplayCache, ReplayCache]
      expect([await hubs[0].use('x', times), await hubs[1].use('x', times)]).to.eql([true, false])
    })

    it('takes nothing from before what Redis lost, of several hubs, and what was made since', async () => {
      const prefix = `proef:${randomUUID()}`
      const hub = sharedReplays(shared(prefix), createReplayCache(), false)
      expect(await codeOf(hub.use('x', times))).to.equal('tijdelijk-niet-beschikbaar')
      expect(await hub.use('y', { ...times, made_s: now_s + 5 })).to.equal(true)
    })

    it('goes by its own memory where there is one hub only', async () => {
      const hub = sharedReplays(shared(`proef:${randomUUID()}`), createReplayCache(), true)
      expect([await hub.use('x', times), await hub.use('x', times)]).to.eql([true, false])
    })
  })

describe('replay cache with Redis away', () => {
  let client: RedisClient
  before(async () => {
    client = await clientOf(AWAY, { answer_ms: 200 })
  })
  after(() => client.close())
  const hub = (isAlone: boolean) => sharedReplays(redisReplays(client, 'proef'), createReplayCache(), isAlone)

  it('of several hubs takes nothing', async () =>
    expect(await codeOf(hub(false).use('x', times))).to.equal('tijdelijk-niet-beschikbaar'))
  it('of the only hub takes an id once', async () => {
    const own = hub(true)
    expect([await own.use('x', times), await own.use('x', times)]).to.eql([true, false])
  })
})

async function codeOf(use: Promise<boolean>): Promise<string> {
  return use.then(String, (error: unknown) => (error as HubError).code)
}
