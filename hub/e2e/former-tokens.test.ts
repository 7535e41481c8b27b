import { expect } from 'chai'
import { seal } from '../crypto/envelope.ts'
import type { RegistrationRow } from '../rows.ts'
import { type Profile, profileOf } from '../stages/link/profile.ts'
import { subjectFrom } from '../stages/link/subject.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' as const }]
const CHILD = { voornamen: 'Jasmijn', geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', postcode: '5981AB', huisnummer: 12 }

/** The first release's JSON, and the lines of text that came after it. */
const FORMS: Record<string, (profile: Profile) => string> = {
  JSON: (profile) => JSON.stringify(profile),
  lines: ({ epoch }) => `${JSON.stringify({ e: epoch, b: null, g: [] })}\n[]`,
}

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

  /** Stores a profile as an earlier release did as the tokens of the only registration, and keeps nothing of it in memory. */
  async function storeFormer(textOf: (profile: Profile) => string): Promise<void> {
    const { store, keys, dataKeys, contents } = test.hub
    await store.write(async (tx) => {
      const [row] = (await tx.registrations.listAll(0, 10)) as [RegistrationRow]
      const key = (await dataKeys.get([row.id])).get(row.id) as Uint8Array
      // Of another name: what was stored is not what is compared.
      const former: Profile = profileOf(subjectFrom({ ...CHILD, voornamen: 'Ruben' }), keys.link.now().current)
      const profile = seal(key, textOf(former), `${row.id}/profiel`)
      const blockingKeys = (await tx.keyEpochs.blockingKeys([row.seq])).get(row.seq) ?? []
      await tx.keyEpochs.setTokens([{ seq: row.seq, profile, blockingKeys, keyEpochs: row.keyEpochs }])
      contents.forget([row.id])
    })
  }

  for (const [form, textOf] of Object.entries(FORMS)) {
    it(`are made anew from what the registration says, for who is compared with it: ${form}`, async () => {
      await register('mee', 'a', 'Jasmijn')
      await storeFormer(textOf)
      await register('rubicon', 'b', 'Jasmijn')
      expect(summaryOf(await s.matches('mee'))).to.deep.equal(['persoon a: rubicon'])
    })

    it(`leave a registration with its person when it comes again with the same identity, and with no other: ${form}`, async () => {
      await register('mee', 'a', 'Jasmijn')
      const person = async () => (await test.hub.store.read((tx) => tx.registrations.listAll(0, 10)))[0]?.person
      const before = await person()
      await storeFormer(textOf)
      await register('mee', 'a', 'Jasmijn', 2)
      expect(await person()).to.equal(before)
      await storeFormer(textOf)
      await register('mee', 'a', 'Ruben', 3)
      expect(await person()).not.to.equal(before)
    })
  }
})
