import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const MOTHER = { relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }
const FATHER = { relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Bos', geboortedatum: '1984-07-09' }
const OTHER = { relatie: 'ouder', gezag: 'ja', voornamen: 'Wilma', geslachtsnaam: 'Kuiper', geboortedatum: '1986-11-30' }

describe('family matches', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let drawn = 500
  const child = (geboortedatum = '2019-05-06') => ({ bsn: aBsn(drawn++), geboortedatum, geslachtsnaam: `Kind${drawn}` })
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const open = async (by: string, kenmerk: string, persoon: object, parents: object[], extra: object = {}) => {
    const gezagsdragers = parents.map((parent, i) => ({ kenmerk: `o${i + 1}`, ...parent }))
    await s.register({ by, kenmerk, persoon: persoon as Record<string, unknown>, gezagsdragers, ...extra })
    for (const { kenmerk: gever } of gezagsdragers) await s.consent(by, kenmerk, { gever })
  }

  it('tie brothers and sisters by a guardian with a birth date', async () => {
    await open('mee', 'a', child(), [MOTHER])
    await open('rubicon', 'b', child(), [{ ...MOTHER, voornamen: 'Petra Maria' }])
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a: rubicon'])
    expect(summaryOf(await s.matches('rubicon'))).to.deep.equal(['gezin b: mee'])
    expect(summaryOf(await s.matches('coordinatiepunt'))).to.deep.equal(['gezin -: mee,rubicon'])
  })

  it('need more than the guardian’s name', async () => {
    const { geboortedatum: _, ...named } = MOTHER
    await open('mee', 'a', child(), [named])
    await open('rubicon', 'b', child(), [named])
    expect(await s.matches('mee')).to.deep.equal([])
  })

  it('tie a registered parent to the children who name that parent', async () => {
    await open('mee', 'a', child(), [MOTHER])
    const persoon = { voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03', rolInGezin: 'ouder' }
    await s.register({ by: 'vorkmeer', kenmerk: 'p', persoon })
    await s.consent('vorkmeer', 'p', { gever: 'jeugdige' })
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a: vorkmeer'])
    expect(summaryOf(await s.matches('vorkmeer'))).to.deep.equal(['gezin p: mee'])
  })

  it('tie by a family reference within one organisation, and carry that tie to who shares a person', async () => {
    const [a, b] = [child(), child()]
    const guardian = [{ relatie: 'ouder', gezag: 'ja' }]
    await open('mee', 'a', a, guardian, { gezin: { kenmerk: 'G-1' } })
    await open('mee', 'b', b, guardian, { gezin: { kenmerk: 'G-1' } })
    expect(await s.matches('mee')).to.deep.equal([])
    await open('rubicon', 'rb', b, guardian, { gezin: { kenmerk: 'G-1' } })
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a+b: rubicon', 'persoon b: rubicon'])
    expect(summaryOf(await s.matches('rubicon'))).to.deep.equal(['gezin rb: mee,mee', 'persoon rb: mee'])
  })

  it('never take two partner steps', async () => {
    await open('mee', 'first', child(), [MOTHER, FATHER])
    await open('rubicon', 'half', child(), [FATHER, OTHER])
    await open('vorkmeer', 'stranger', child(), [OTHER])
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin first: rubicon'])
    expect(summaryOf(await s.matches('vorkmeer'))).to.deep.equal(['gezin stranger: rubicon'])
    expect(summaryOf(await s.matches('rubicon'))).to.deep.equal(['gezin half: mee', 'gezin half: vorkmeer'])
  })

  it('stand beside the match of a person, and stay as they are when a relative of their members changes', async () => {
    const [a, b, twin, c] = [child(), child(), child(), child()]
    await open('mee', 'a', a, [MOTHER])
    await open('rubicon', 'b', b, [MOTHER, FATHER])
    await open('bureau-jeugdzorg', 'twin', twin, [MOTHER, FATHER])
    await open('vorkmeer', 'c', c, [FATHER, OTHER])
    await open('vorkmeer', 'va', a, [MOTHER])
    const all = ['mee', 'rubicon', 'vorkmeer', 'bureau-jeugdzorg', 'coordinatiepunt']
    const before = await Promise.all(all.map((by) => s.matches(by)))
    const { next } = await s.events('vorkmeer')
    await open('mee', 'a', a, [MOTHER], { versie: 2 })
    expect(await Promise.all(all.map((by) => s.matches(by)))).to.deep.equal(before)
    expect((await s.events('vorkmeer', next)).types).to.deep.equal([])
    expect(summaryOf(before[0] ?? [])).to.deep.equal(['gezin a: bureau-jeugdzorg,rubicon,vorkmeer', 'persoon a: vorkmeer'])
    const vorkmeer = ['gezin c: bureau-jeugdzorg,rubicon', 'gezin va: bureau-jeugdzorg,mee,rubicon', 'persoon va: mee']
    expect(summaryOf(before[2] ?? [])).to.deep.equal(vorkmeer)
  })

  it('name of the own registrations only those tied to a visible other', async () => {
    const [a, c, d] = [child(), child(), child()]
    await open('mee', 'a', a, [MOTHER])
    await open('mee', 'c', c, [FATHER])
    await open('rubicon', 'b', child(), [MOTHER])
    await s.register({
      by: 'vorkmeer',
      kenmerk: 'd',
      persoon: d,
      gezagsdragers: [
        { kenmerk: 'o1', ...MOTHER },
        { kenmerk: 'o2', ...FATHER },
      ],
    })
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a: rubicon'])
    for (const gever of ['o1', 'o2']) await s.consent('vorkmeer', 'd', { gever })
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a: rubicon,vorkmeer', 'gezin c: vorkmeer'])
  })

  it('end as a correction when the tie turns out to be wrong, and as a closing when a side ends', async () => {
    await open('mee', 'a', child(), [MOTHER])
    const b = child()
    await open('rubicon', 'b', b, [MOTHER])
    const [match] = await s.matches('mee')
    const { next } = await s.events('mee')
    await s.register({ by: 'rubicon', kenmerk: 'b', versie: 2, persoon: b, gezagsdragers: [{ kenmerk: 'o1', ...OTHER }] })
    const told = await s.events('mee', next)
    expect(told.types).to.deep.equal(['koppeling.gecorrigeerd', 'match.ingetrokken'])
    expect((await test.ask('mee', 'GET', `/matches/${match?.id}`)).status).to.equal(404)
    await s.register({ by: 'rubicon', kenmerk: 'b', versie: 3, persoon: b, gezagsdragers: [{ kenmerk: 'o1', ...MOTHER }] })
    const [again] = await s.matches('mee')
    expect(again?.id).to.not.equal(match?.id)
    await s.end('rubicon', 'b', 4, '2026-11-22')
    expect((await s.events('mee', told.next)).types).to.deep.equal(['match.geopend', 'match.gesloten'])
    expect((await s.matches('mee', '?status=gesloten')).map((each) => each.id)).to.deep.equal([again?.id])
  })
})
