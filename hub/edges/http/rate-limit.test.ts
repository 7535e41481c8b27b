import { expect } from 'chai'
import type { HubError } from '../../errors.ts'
import { rateLimit } from './rate-limit.ts'

describe('rateLimit', () => {
  const limits = { perSecond: 200, burst: 400 }

  function limitedAt() {
    const clock = { now_ms: 0 }
    const limit = rateLimit(limits, () => clock.now_ms)
    const taken = (client: string, count: number) => {
      for (let i = 0; i < count; i++) if (refusal(() => limit(client))) return i
      return count
    }
    return { clock, limit, taken }
  }

  function refusal(ask: () => void): HubError | undefined {
    try {
      ask()
    } catch (error) {
      return error as HubError
    }
  }

  it('lets a burst through, then refuses and says for how long', () => {
    const { limit, taken } = limitedAt()
    expect(taken('mee', 1000)).to.equal(400)
    expect(refusal(() => limit('mee'))).to.include({ code: 'te-veel-verzoeken', retryAfter_s: 1 })
  })

  it('gives back so many a second, never more than the burst', () => {
    const { clock, taken } = limitedAt()
    taken('mee', 400)
    clock.now_ms = 500
    expect(taken('mee', 1000)).to.equal(100)
    clock.now_ms = 60_000
    expect(taken('mee', 1000)).to.equal(400)
  })

  it('lets the promised rate through for as long as it lasts', () => {
    const { clock, taken } = limitedAt()
    for (let tenth = 0; tenth < 600; tenth++) {
      clock.now_ms = tenth * 100
      expect(taken('mee', 20)).to.equal(20)
    }
  })

  it('counts each client by itself', () => {
    const { taken } = limitedAt()
    taken('mee', 400)
    expect(taken('rubicon', 400)).to.equal(400)
  })
})
