import { expect } from 'chai'
import { runLife } from '../testing/life.ts'

describe('twenty-five years of a family', function () {
  this.timeout(900_000)

  it('are seen by each recipient as the oracle says, on every day on which anything turns', async () => {
    const seed = Math.floor(Date.now() / 1000) % 1_000_000
    const report = await runLife(seed, false, 0.3)
    expect(report.differences, `seed ${seed}`).to.deep.equal([])
    expect(report.transitions, `seed ${seed}`).to.be.at.least(60)
    expect(report.logWhole).to.equal(true)
  })
})
