import { expect } from 'chai'
import type { HubError } from '../../errors.ts'
import { personsLimit } from './persons-limit.ts'

describe('personsLimit', () => {
  const clock = { now_ms: 0 }
  const refusal = (ask: () => void): HubError | undefined => {
    try {
      ask()
    } catch (error) {
      return error as HubError
    }
  }

  it('stops who asks for too many different ones, and says when the hour is over', () => {
    const limit = personsLimit(3, () => clock.now_ms)
    for (const id of ['m_1', 'm_2', 'm_3', 'm_1', 'm_2']) limit('mee', id)
    clock.now_ms = 600_000
    expect(refusal(() => limit('mee', 'm_4'))).to.include({ code: 'te-veel-personen', retryAfter_s: 3000 })
    expect(refusal(() => limit('mee', 'm_3'))).to.equal(undefined)
    expect(refusal(() => limit('rubicon', 'm_4'))).to.equal(undefined)
    clock.now_ms = 3_600_000
    expect(refusal(() => limit('mee', 'm_4'))).to.equal(undefined)
  })
})
