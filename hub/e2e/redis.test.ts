import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { redis } from '../../deploy/engines/redis.ts'
import { runningAddress, signalEngine, startEngine } from '../../deploy/engines/running.ts'
import { chanceOf } from '../bench/linking/random.ts'
import { inventedRegistrations } from '../bench/registrations.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { redisSettings } from '../testing/redis-client.ts'

const ROWS = 100

describe('a hub with Redis', function () {
  this.timeout(180_000)
  let url: string
  let hub: TestHub
  before(async function () {
    url = (await engineOrSkip(this, redis)).url as string
  })
  beforeEach(async () => {
    hub = await startTestHub({ redis: redisSettings(url) })
  })
  afterEach(() => hub.stop())

  it('says so, and fills the index', async () => {
    const { body } = await hub.ask('beheer', 'GET', '/status')
    const motors = new Map((body as { poorten: { poort: string; motor: string }[] }).poorten.map((p) => [p.poort, p.motor]))
    expect([motors.get('sleutelindex'), motors.get('begrenzing'), motors.get('opslag')]).to.eql(['redis', 'redis', hub.engine])
    await wholeIndex(hub)
    await send(hub, inventedRegistrations(50, { withBsn: true, seed: 2 }))
    expect(await wholeIndex(hub)).to.include({ registrations: 50, missing: 0, cut: 0 })
  })

  const faults: Record<string, (admin: Redis) => Promise<unknown>> = {
    'loses everything': (admin) => admin.flushall(),
    hangs: (admin) => admin.client('PAUSE', 700),
    'dies and comes back': async () => {
      signalEngine(redis, 'SIGKILL')
      // Until it is gone it holds its port, and another would be taken.
      while (runningAddress(redis)) await wait(5)
      expect((await startEngine(redis)).url).to.equal(url)
    },
  }
  for (const [name, fault] of Object.entries(faults))
    it(`links the same when Redis ${name} at any moment`, async () => {
      const coming = inventedRegistrations(ROWS, { withBsn: false, seed: 4 })
      const chance = chanceOf(5)
      const plain = await startTestHub()
      await send(plain, coming)
      const wanted = await outcomeOf(plain)
      await plain.stop()
      const admin = new Redis(url)
      admin.on('error', () => {})
      const over = { isOver: false }
      const disturbing = (async () => {
        for (let times = 0; times < 3 || !over.isOver; times++) {
          await fault(admin)
          await wait(chance.below(800))
        }
      })()
      await send(hub, coming)
      over.isOver = true
      await disturbing
      admin.disconnect()
      expect(await outcomeOf(hub)).to.eql(wanted)
      expect(await wholeIndex(hub)).to.include({ registrations: ROWS, missing: 0 })
    })

  it('answers, and links where it is the only hub, with a Redis that is not there, and one that never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    after(() => silent.close())
    for (const port of [1, (silent.address() as AddressInfo).port]) {
      const address = `redis://127.0.0.1:${port}`
      const alone = await startTestHub({ redis: redisSettings(address) })
      const coming = inventedRegistrations(20, { withBsn: true, seed: 3 })
      // Several hubs could miss what another added, so on PostgreSQL linking waits for Redis.
      if (alone.engine === 'postgresql') await sendAll(alone, coming)
      else await send(alone, coming)
      expect((await alone.ask('mee', 'GET', '/registraties')).status).to.equal(200)
      const waiting = await alone.hub.store.read((tx) => tx.registrations.waiting(100))
      expect(waiting).to.have.length(alone.engine === 'postgresql' ? 20 : 0)
      await alone.stop()
    }
  })
})

/** One by one: who came first is whom the next is compared with. */
async function send(to: TestHub, coming: ReturnType<typeof inventedRegistrations>): Promise<void> {
  await sendAll(to, coming)
  await to.untilProcessed()
}

async function sendAll(to: TestHub, coming: ReturnType<typeof inventedRegistrations>): Promise<void> {
  for (const { client, registration } of coming)
    expect((await to.ask(client, 'POST', '/registraties', { body: registration })).status).to.equal(201)
}

/** How many persons and links there are, of what came in in any order. */
async function outcomeOf({ hub }: TestHub): Promise<object> {
  return hub.store.read(async (tx) => ({
    persons: await tx.linking.countPersons(),
    registrations: await tx.registrations.count(),
  }))
}

/** What is in the index, once it is whole: a loss that no look-up came upon is found by the keeper, within a second or so. */
async function wholeIndex({ hub }: TestHub): Promise<object> {
  for (;;) {
    const report = await hub.indexUpkeep?.check().catch(() => null)
    if (report) return report
    await wait(50)
  }
}
