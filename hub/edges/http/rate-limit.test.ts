import { expect } from 'chai'
import type { HubError } from '../../errors.ts'
import { localAllowances } from '../allowances.ts'
import { rateLimit } from './rate-limit.ts'

describe('rateLimit', () => {
  function limitedAt() {
    const clock = { now_ms: 0 }
    const now_ms = () => clock.now_ms
    const limit = rateLimit(200, localAllowances(now_ms), now_ms)
    const taken = async (client: string, count: number) => {
      for (let i = 0; i < count; i++) if (await refusal(limit.count(client, 'lezen'))) return i
      return count
    }
    return { clock, limit, taken }
  }

  function refusal(asked: Promise<void>): Promise<HubError | undefined> {
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
})
