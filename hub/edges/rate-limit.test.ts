import { expect } from 'chai'
import type { HubError } from '../errors.ts'
import { localAllowances } from './allowances.ts'
import { rateLimit, refillsOf } from './rate-limit.ts'

const SETTINGS = { requestsPerSecond: 200, loginsPerMinute: 300, pagesPerMinute: 120 }

describe('rateLimit', () => {
  function limitedAt() {
    const clock = { now_ms: 0 }
    const now_ms = () => clock.now_ms
    const limit = rateLimit(refillsOf(SETTINGS), localAllowances(now_ms), now_ms)
    const taken = async (client: string, count: number) => {
      for (let i = 0; i < count; i++) if (await refusal(limit.count(client, 'lezen'))) return i
      return count
    }
    return { clock, limit, taken }
  }

  function refusal(asked: Promise<unknown>): Promise<HubError | undefined> {
    return asked.then(
      () => undefined,
      (error: HubError) => error,
    )
  }

  it('lets a burst through, then refuses and says for how long', async () => {
    const { limit, taken } = limitedAt()
    expect(await taken('mee', 1000)).to.equal(400)
    expect(await refusal(limit.count('mee', 'lezen'))).to.include({ code: 'te-veel-verzoeken', retryAfter_s: 1 })
  })

  it('gives back so many a second, never more than the burst', async () => {
    const { clock, taken } = limitedAt()
    await taken('mee', 400)
    clock.now_ms = 500
    expect(await taken('mee', 1000)).to.equal(100)
    clock.now_ms = 60_000
    expect(await taken('mee', 1000)).to.equal(400)
  })

  it('lets the promised rate through for as long as it lasts', async () => {
    const { clock, taken } = limitedAt()
    for (let tenth = 0; tenth < 600; tenth++) {
      clock.now_ms = tenth * 100
      expect(await taken('mee', 20)).to.equal(20)
    }
  })

  it('counts each client by itself', async () => {
    const { taken } = limitedAt()
    await taken('mee', 400)
    expect(await taken('rubicon', 400)).to.equal(400)
  })

  it('counts each kind by itself, and says how much is left in steps', async () => {
    const { limit, taken } = limitedAt()
    await limit.count('mee', 'lezen')
    expect(limit.headers('mee', 'lezen')).to.eql({ 'RateLimit-Policy': '"lezen";q=400;w=2', RateLimit: '"lezen";r=400;t=0' })
    await taken('mee', 399)
    expect(limit.headers('mee', 'lezen').RateLimit).to.equal('"lezen";r=0;t=1')
    expect(await refusal(limit.count('mee', 'zoeken'))).to.equal(undefined)
  })

  it('remembers so many askers and no more', async () => {
    const { limit, taken } = limitedAt()
    await taken('mee', 400)
    for (let i = 0; i < 10_000; i++) await limit.count(String(i), 'onbekend')
    expect(await taken('mee', 400)).to.equal(400)
  })

  it('gives a minute’s worth at once where it counts per minute, and then one by one', async () => {
    const { clock, limit } = limitedAt()
    for (let i = 0; i < 120; i++) expect(await limit.count('s', 'scherm'), String(i)).to.equal(i === 119)
    expect(await refusal(limit.count('s', 'scherm'))).to.include({ code: 'te-veel-verzoeken', retryAfter_s: 1 })
    expect(limit.headers('s', 'scherm')).to.eql({ 'RateLimit-Policy': '"scherm";q=120;w=60', RateLimit: '"scherm";r=0;t=1' })
    clock.now_ms = 500
    expect(await refusal(limit.count('s', 'scherm'))).to.equal(undefined)
    expect(await refusal(limit.count('s', 'scherm'))).to.include({ retryAfter_s: 1 })
  })

  it('looks without counting', async () => {
    const { clock, limit } = limitedAt()
    for (let i = 0; i < 100; i++) await limit.check('m', 'mislukt')
    for (let i = 0; i < 60; i++) expect(await limit.count('m', 'mislukt'), String(i)).to.equal(i === 59)
    for (let i = 0; i < 3; i++) expect(await refusal(limit.check('m', 'mislukt'))).to.include({ retryAfter_s: 2 })
    clock.now_ms = 2000
    expect(await refusal(limit.check('m', 'mislukt'))).to.equal(undefined)
  })
})
