import { expect } from 'chai'
import { eraseRegistrations } from '../flows/erase.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const OLD = { postcode: '5981AB', huisnummer: 12 }
const NEW = { postcode: '2513AA', huisnummer: 7 }
const FLEUR = { voornamen: 'Fleur', geslachtsnaam: 'Zandstra', geboortedatum: '2017-04-21' }
const BRAM = { voornamen: 'Bram', geslachtsnaam: 'Zandstra', geboortedatum: '2019-09-02' }
const EVA = { voornamen: 'Eva', geslachtsnaam: 'Roos', partnernaam: 'Zandstra', geboortedatum: '1986-02-17' }
const GUARDIAN = { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }

describe('a household that moved to another part of the country', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const at = async (by: string, kenmerk: string, persoon: object, adres: object) => {
    await s.register({ by, kenmerk, persoon: { ...persoon, adres }, gezagsdragers: [GUARDIAN] })
    await s.consent(by, kenmerk, { gever: GUARDIAN.kenmerk })
  }
  const asked = async () => (await s.must('beheer', 'GET', '/koppelvragen?status=open')).body.koppelvragen
  const areOne = async (...registrations: [by: string, kenmerk: string][]) => {
    const ids = registrations.map(([by, kenmerk]) => s.idOf(by, kenmerk))
    const rows = await test.hub.store.read((tx) => tx.registrations.byIds(ids))
    return new Set(rows.map(({ person }) => person)).size === 1
  }

  it('is known by two who stand at both houses: nobody is asked, and who was asked about first is linked as well', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('mee', 'bram', BRAM, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    expect(await asked()).to.have.length(1)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(false)
    await at('rubicon', 'bram', BRAM, NEW)
    expect(await asked()).to.have.length(0)
    expect(await areOne(['mee', 'bram'], ['rubicon', 'bram'])).to.equal(true)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(true)
    expect(await areOne(['mee', 'fleur'], ['mee', 'bram'])).to.equal(false)
    expect(summaryOf(await s.matches('mee'))).to.eql(['persoon bram: rubicon', 'persoon fleur: rubicon'])
  })

  it('is known by one with a number, and by a parent of another surname', async () => {
    const eva = { ...EVA, bsn: aBsn(1) }
    await at('mee', 'eva', eva, OLD)
    await at('mee', 'fleur', FLEUR, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    expect(await asked()).to.have.length(1)
    await at('vorkmeer', 'eva', eva, NEW)
    expect(await asked()).to.have.length(0)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(true)
  })

  it('is known when the one who shows it is registered at the old house last', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    await at('rubicon', 'bram', BRAM, NEW)
    expect(await asked()).to.have.length(1)
    await at('vorkmeer', 'bram', BRAM, OLD)
    expect(await asked()).to.have.length(0)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(true)
  })

  it('is not taken for a namesake’s: who lives with either is somebody else', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('mee', 'bram', BRAM, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    await at('rubicon', 'ander', { ...BRAM, geboortedatum: '2019-10-03' }, NEW)
    await at('vorkmeer', 'bram', BRAM, { ...NEW, huisnummer: 9 })
    const pairs = (await asked()).map(({ gegevens }: { gegevens: { persoon: { voornamen: string } }[] }) =>
      gegevens.map(({ persoon }) => persoon.voornamen).join(),
    )
    expect(pairs).to.include('Fleur,Fleur')
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(false)
  })

  it('is not shown by one’s own registrations, nor by a twin’s', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('mee', 'twin', { ...FLEUR, voornamen: 'Wouter' }, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    await at('rubicon', 'twin', { ...FLEUR, voornamen: 'Wouter' }, NEW)
    await at('vorkmeer', 'fleur', FLEUR, NEW)
    expect(await asked()).to.have.length(2)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(false)
    expect(await areOne(['rubicon', 'fleur'], ['vorkmeer', 'fleur'])).to.equal(true)
  })

  it('leaves to people what somebody answered, if only that nobody knows', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('mee', 'bram', BRAM, OLD)
    await at('rubicon', 'fleur', FLEUR, NEW)
    const [{ id }] = await asked()
    await s.must('beheer', 'POST', `/koppelvragen/${id}/antwoorden`, { antwoord: 'weet-niet' })
    await at('rubicon', 'bram', BRAM, NEW)
    expect((await asked()).map((each: { id: string }) => each.id)).to.eql([id])
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(false)
    await s.must('beheer', 'POST', `/koppelvragen/${id}/antwoorden`, { antwoord: 'verschillend' })
    await at('vorkmeer', 'bram', BRAM, NEW)
    expect(await areOne(['mee', 'fleur'], ['rubicon', 'fleur'])).to.equal(false)
  })

  it('is no longer shown by who is destroyed', async () => {
    await at('mee', 'fleur', FLEUR, OLD)
    await at('mee', 'bram', BRAM, OLD)
    const id = s.idOf('mee', 'bram')
    const keys = await test.hub.store.read(async (tx) => {
      const rows = await tx.registrations.byIds([id])
      return [...(await tx.keyEpochs.blockingKeys(rows.map(({ seq }) => seq))).values()].flat()
    })
    const inIndex = async () => [...(await test.hub.index.find(keys)).blocks.values()].flat().length
    expect(await inIndex()).to.be.above(keys.length)
    await eraseRegistrations(test.hub, [{ id, ground: 'verzoek' }])
    expect(await inIndex()).to.equal(1)
    await at('rubicon', 'fleur', FLEUR, NEW)
    await at('rubicon', 'bram', BRAM, NEW)
    expect(await asked()).to.have.length(1)
  })
})
