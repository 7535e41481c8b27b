import { expect } from 'chai'
import type { HubError } from '../../errors.ts'
import { localAllowances } from '../allowances.ts'
import { personsLimit } from './persons-limit.ts'

describe('personsLimit', () => {
  const clock = { now_ms: 0 }
  const refusal = (asked: Promise<void>): Promise<HubError | undefined> =>
    asked.then(
      () => undefined,
      (error: HubError) => error,
    )

  it('stops who asks for too many different ones, and says when the hour is over', async () => {
    const limit = personsLimit(
      3,
      localAllowances(() => clock.now_ms),
    )
    for (const id of ['m_1', 'm_2', 'm_3', 'm_1', 'm_2']) await limit('mee', id)
    clock.now_ms = 600_000
    expect(await refusal(limit('mee', 'm_4'))).to.include({ code: 'te-veel-personen', retryAfter_s: 3000 })
    expect(await refusal(limit('mee', 'm_3'))).to.equal(undefined)
    expect(await refusal(limit('rubicon', 'm_4'))).to.equal(undefined)
    clock.now_ms = 3_600_000
    expect(await refusal(limit('mee', 'm_4'))).to.equal(undefined)
  })
})
