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

  const persoon = { voornamen: 'Noor', geslachtsnaam: 'Berg', geboortedatum: '2019-05-06' }
  /** Registered, and ended from tomorrow on. */
  const given = async (s: ReturnType<typeof scenarioOn>, kenmerk: string, afsluitreden: string, by = 'mee') => {
    await s.register({ by, kenmerk, persoon })
    const ending = { versie: 2, einddatum: '2026-11-23', afsluitreden }
    await s.must(by, 'POST', `/registraties/${s.idOf(by, kenmerk)}/beeindigingen`, ending)
    await test.untilProcessed()
  }
  /** The hub two days later; something comes in before it first writes. */
  const laterAfter = (comes: () => Promise<unknown>): Hub => {
    const { store } = test.hub
    const write: Hub['store']['write'] = async (work) => {
      await comes()
      return store.write(work)
    }
    const clock = { ...test.hub.clock, domain: () => new Date('2026-11-24T09:00:00+01:00') }
    return { ...test.hub, clock, store: { ...store, write } }
  }

  it('archives no newer version that came in between looking and archiving', async () => {
    const s = scenarioOn(test)
    await given(s, 'd', 'doelen-bereikt')
    await given(s, 'e', 'doelen-bereikt')
    const rowsOf = () => test.hub.store.read((tx) => tx.registrations.listOwn('mee', null, 0, 10))
    expect((await rowsOf()).map(({ archivedOn }) => archivedOn)).to.eql([null, null])
    const seqs = (await rowsOf()).map(({ seq }) => seq)
    expect(
      await takeTerms(
        laterAfter(() => s.register({ by: 'mee', kenmerk: 'd', versie: 3, persoon })),
        seqs,
      ),
    ).to.eql({ archived: 1, erased: 0 })
    expect((await rowsOf()).map(({ version, archivedOn }) => [version, archivedOn])).to.eql([
      [3, null],
      [2, '2026-11-24'],
    ])
  })

  it('destroys no newer version that came in between looking and destroying, now or at a next start', async () => {
    const s = scenarioOn(test)
    await given(s, 'f', 'onterecht', 'rubicon')
    await given(s, 'g', 'onterecht', 'rubicon')
    const rowsOf = () => test.hub.store.read((tx) => tx.registrations.listOwn('rubicon', null, 0, 10))
    const seqs = (await rowsOf()).map(({ seq }) => seq)
    const later = laterAfter(() => s.register({ by: 'rubicon', kenmerk: 'f', versie: 3, persoon }))
    expect(await takeTerms(later, seqs)).to.eql({ archived: 0, erased: 1 })
    expect((await rowsOf()).map(({ version }) => version)).to.eql([3])
    await test.restart()
    expect((await rowsOf()).map(({ version }) => version)).to.eql([3])
    expect((await test.ask('rubicon', 'GET', `/registraties/${s.idOf('rubicon', 'f')}`)).body.persoon.voornamen).to.equal('Noor')
  })
})
