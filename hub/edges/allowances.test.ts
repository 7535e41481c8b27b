import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { REDIS_URLS } from '../../deploy/engines/redis-cluster.ts'
import type { Allowances } from '../ports/shared.ts'
import { clientOf } from '../testing/redis-client.ts'
import { localAllowances } from './allowances.ts'
import { allowancesWithFallback, redisAllowances } from './redis/allowances.ts'
import type { RedisClient } from './redis/client.ts'

const AWAY = 'redis://127.0.0.1:1'

/** What everyone who counts must hold. `open` gives another hub's sight of the same counts. */
function holdsContract(open: () => Allowances): void {
  const slow = { perSecond: 4, burst: 8 }

  it('gives a full bucket at first, then says how much is lacking', async () => {
    const counts = open()
    const name = randomUUID()
    const never = { perSecond: 0.001, burst: 3 }
    const answers = [await counts.take(name, never), await counts.take(name, never), await counts.take(name, never)]
    expect(answers.map(Math.round)).to.eql([2, 1, 0])
    expect(await counts.take(name, never)).to.be.within(-1, -0.9)
    expect(await counts.take(`${name} other`, never)).to.be.within(1.9, 2.1)
  })

  it('tells what is left, and takes nothing by telling', async () => {
    const counts = open()
    const name = randomUUID()
    const never = { perSecond: 0.001, burst: 2 }
    for (let i = 0; i < 5; i++) expect(await counts.left(name, never)).to.equal(2)
    await counts.take(name, never)
    await counts.take(name, never)
    for (let i = 0; i < 5; i++) expect(await counts.left(name, never)).to.be.within(0, 0.1)
  })

  it('gives back so many a second, never more than the bucket holds', async () => {
    const counts = open()
    const name = randomUUID()
    for (let taken = 0; taken < 8; taken++) await counts.take(name, slow)
    expect(await counts.take(name, slow)).to.be.below(0)
    await wait(600)
    expect(await counts.take(name, slow)).to.be.within(1, 3)
  })

  it('counts different things, each once, until the period is over', async () => {
    const counts = open()
    const name = randomUUID()
    const limit = { max: 2, period_ms: 1000 }
    const count = (thing: string) => counts.countOnce(name, thing, limit)
    expect([await count('a'), await count('b'), await count('a')]).to.eql([0, 0, 0])
    expect(await count('c')).to.be.within(1, 1000)
    expect(await count('b')).to.equal(0)
    expect(await counts.countOnce(`${name} other`, 'c', limit)).to.equal(0)
    await wait(1100)
    expect(await count('c')).to.equal(0)
  })
}

describe('allowances in process', () => {
  holdsContract(() => localAllowances())
  it('remember so many names and no more', async () => {
    const counts = localAllowances()
    const one = { perSecond: 0.001, burst: 1 }
    await counts.take('first', one)
    for (let i = 0; i < 10_000; i++) await counts.take(String(i), one)
    expect(await counts.take('first', one)).to.be.at.least(0)
  })
})

for (const [engine, urlOf] of Object.entries(REDIS_URLS))
  describe(`allowances in ${engine}`, () => {
    const clients: RedisClient[] = []
    before(async function () {
      const url = await urlOf(this)
      clients.push(await clientOf(url), await clientOf(url))
    })
    after(() => {
      for (const client of clients) client.close()
    })
    const at = (client: number) => redisAllowances(clients[client] as RedisClient, 'proef', (text) => text)

    holdsContract(() => allowancesWithFallback(at(0), localAllowances()))

    it('are those of all hubs together', async () => {
      const name = randomUUID()
      const never = { perSecond: 0.001, burst: 10 }
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => at(i % 2).take(name, never)))
      expect(answers.filter((answer) => answer >= 0)).to.have.length(10)
    })
  })

describe('allowances with Redis away', () => {
  let client: RedisClient
  before(async () => {
    client = await clientOf(AWAY, { answer_ms: 200 })
  })
  after(() => client.close())
  holdsContract(() =>
    allowancesWithFallback(
      redisAllowances(client, 'proef', (text) => text),
      localAllowances(),
    ),
  )
})
