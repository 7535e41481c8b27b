import { expect } from 'chai'
import type { Hub } from '../context.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { scenarioOn } from '../testing/scenario.ts'
import { takeTerms } from './take-terms.ts'

describe('the term of an ended registration', function () {
  this.timeout(60_000)
  let test: TestHub
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
  })
  after(() => test.stop())

  it('archives no newer version that came in between looking and archiving', async () => {
    const s = scenarioOn(test)
    const persoon = { voornamen: 'Noor', geslachtsnaam: 'Berg', geboortedatum: '2019-05-06' }
    for (const kenmerk of ['d', 'e']) {
      await s.register({ by: 'mee', kenmerk, persoon })
      await s.end('mee', kenmerk, 2, '2026-11-23')
    }
    const rowsOf = () => test.hub.store.read((tx) => tx.registrations.listOwn('mee', null, 0, 10))
    expect((await rowsOf()).map(({ archivedOn }) => archivedOn)).to.eql([null, null])
    const { store } = test.hub
    const later: Hub = {
      ...test.hub,
      clock: { ...test.hub.clock, domain: () => new Date('2026-11-24T09:00:00+01:00') },
      store: {
        ...store,
        async write(work) {
          await s.register({ by: 'mee', kenmerk: 'd', versie: 3, persoon })
          return store.write(work)
        },
      },
    }
    const seqs = (await rowsOf()).map(({ seq }) => seq)
    expect(await takeTerms(later, seqs)).to.eql({ archived: 1, erased: 0 })
    expect((await rowsOf()).map(({ version, archivedOn }) => [version, archivedOn])).to.eql([
      [3, null],
      [2, '2026-11-24'],
    ])
  })
})
