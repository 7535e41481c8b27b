import { expect } from 'chai'
import { seal } from '../crypto/envelope.ts'
import type { RegistrationRow } from '../rows.ts'
import { type Profile, profileOf } from '../stages/link/profile.ts'
import { subjectFrom } from '../stages/link/subject.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' as const }]
const CHILD = { voornamen: 'Jasmijn', geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', postcode: '5981AB', huisnummer: 12 }

describe('tokens that an earlier release stored', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const register = async (by: string, kenmerk: string, voornamen: string, versie = 1) => {
    const { postcode, huisnummer, ...rest } = CHILD
    const persoon = { ...rest, voornamen, adres: { postcode, huisnummer } }
    await s.register({ by, kenmerk, versie, persoon, gezagsdragers: GUARDIAN })
    await s.consent(by, kenmerk, { gever: 'o1' })
  }

  /** Stores the JSON of a child's profile as the tokens of the only registration, and keeps nothing of it in memory. */
  async function storeFormer(voornamen: string): Promise<void> {
    const { store, keys, dataKeys, contents } = test.hub
    await store.write(async (tx) => {
      const [row] = (await tx.registrations.listAll(0, 10)) as [RegistrationRow]
      const key = (await dataKeys.get([row.id])).get(row.id) as Uint8Array
      const former: Profile = profileOf(subjectFrom({ ...CHILD, voornamen }), keys.link.now().current)
      const profile = seal(key, JSON.stringify(former), `${row.id}/profiel`)
      await tx.keyEpochs.setTokens([{ seq: row.seq, profile, blockingKeys: former.keys, keyEpochs: row.keyEpochs }])
      contents.forget([row.id])
    })
  }

  it('are what a newcomer is compared with', async () => {
    await register('mee', 'a', 'Ruben')
    await storeFormer('Jasmijn')
    await register('rubicon', 'b', 'Jasmijn')
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['persoon a: rubicon'])
  })

  it('leave a registration with its person when it comes again with the same identity', async () => {
    await register('mee', 'a', 'Jasmijn')
    const person = async () => (await test.hub.store.read((tx) => tx.registrations.listAll(0, 10)))[0]?.person
    const before = await person()
    await storeFormer('Jasmijn')
    await register('mee', 'a', 'Jasmijn', 2)
    expect(await person()).to.equal(before)
    await storeFormer('Ruben')
    await register('mee', 'a', 'Jasmijn', 3)
    expect(await person()).not.to.equal(before)
  })
})
