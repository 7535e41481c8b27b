import { expect } from 'chai'
import { walkCoordination } from '../testing/walks/walks.ts'

/** `npm run walks -- --walks 10000` is the long run. */
const WALKS = 25

describe('coordination: random acts of random roles over passing days', function () {
  this.timeout(180_000)

  it('break no invariant, and leave figures that equal a recount from the log', async () => {
    const seed = Math.floor(Date.now() / 1000) % 1_000_000
    const report = await walkCoordination(WALKS, seed)
    expect(report.walks, `seed ${seed}`).to.equal(WALKS)
    expect(report.cases, `seed ${seed}`).to.be.at.least(5)
  })
})
