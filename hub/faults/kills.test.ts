import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { killWhileSending } from './kills.ts'

describe('kill -9 while requests are in flight', function () {
  this.timeout(120_000)
  it('loses nothing acknowledged, keeps nothing unsent, gives the same ids again', async () => {
    const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    const report = await killWhileSending(root, { kills: 3, seed: 7 })
    rmSync(root, { recursive: true, force: true })
    const { lost, unexpected, twice, otherId, refused, changedIds, isLogWhole, acknowledged, recoveries_ms } = report
    expect({ lost, unexpected, twice, otherId, refused, changedIds, isLogWhole }).to.deep.equal({
      ...{ lost: [], unexpected: [], twice: [], otherId: [], refused: [] },
      changedIds: 0,
      isLogWhole: true,
    })
    expect(acknowledged).to.be.greaterThan(0)
    expect(recoveries_ms).to.have.length(3)
  })
})
