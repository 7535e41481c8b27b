import { startTestHub } from '../testing/hub.ts'
import { randomLinks } from '../testing/random-links.ts'

/** `LINK_RUNS=10000 npx mocha --no-config hub/e2e/random-links.test.ts` is the long run. */
const RUNS = Number(process.env.LINK_RUNS ?? 40)

describe('random sequences of links', () => {
  it('end as their links say when worked out anew', async function () {
    this.timeout(120_000 + RUNS * 1000)
    const test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    try {
      await randomLinks(test, RUNS, 5)
    } finally {
      await test.stop()
    }
  })
})
