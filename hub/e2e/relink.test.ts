import { expect } from 'chai'
import { sweep, turnCalendar } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn, summaryOf } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]
const ADDRESS = { postcode: '5981AB', huisnummer: 12 }
const PARENTS = [
  { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
  { kenmerk: 'o2', relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Zandstra', geboortedatum: '1984-07-09' },
]

describe('links that change', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const open = async (by: string, kenmerk: string, persoon: object, gezagsdragers: object[] = GUARDIAN, extra: object = {}) => {
    const sent = { by, kenmerk, persoon: persoon as Record<string, unknown>, gezagsdragers: gezagsdragers as [], ...extra }
    await s.register(sent)
    for (const { kenmerk: gever } of gezagsdragers as { kenmerk: string }[]) await s.consent(by, kenmerk, { gever })
  }
  const child = (number: number) => ({ bsn: aBsn(number), geboortedatum: '2019-05-06' })

  it('correct what was told when a new version is about another child, and leave the others together', async () => {
    await open('mee', 'a', child(1))
    await open('rubicon', 'b', child(1))
    await open('vorkmeer', 'c', child(1))
    const marks = { mee: await s.events('mee'), rubicon: await s.events('rubicon') }
    const [match] = await s.matches('mee')
    await s.register({ by: 'mee', kenmerk: 'a', versie: 2, persoon: child(2), gezagsdragers: GUARDIAN })
    expect((await s.events('mee', marks.mee.next)).types).to.deep.equal([
      'registratie.verwerkt',
      'koppeling.gecorrigeerd',
      'match.ingetrokken',
    ])
    expect((await s.events('rubicon', marks.rubicon.next)).types).to.deep.equal(['koppeling.gecorrigeerd', 'match.gewijzigd'])
    expect((await test.ask('mee', 'GET', `/matches/${match?.id}`)).status).to.equal(404)
    expect(summaryOf(await s.matches('rubicon'))).to.deep.equal(['persoon b: vorkmeer'])
    expect(summaryOf(await s.matches('coordinatiepunt'))).to.deep.equal(['persoon -: rubicon,vorkmeer'])
  })

  it('follow the answer to a koppelvraag, and its undoing', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: ADDRESS }
    await open('mee', 'a', { ...twin, voornamen: 'Jasmijn' }, PARENTS)
    await open('rubicon', 'b', { ...twin, voornamen: 'J' }, PARENTS)
    const { koppelvragen } = (await s.must('beheer', 'GET', '/koppelvragen?status=open')).body
    expect(koppelvragen).to.have.length(1)
    const answer = (antwoord: string) => s.must('beheer', 'POST', `/koppelvragen/${koppelvragen[0].id}/antwoorden`, { antwoord })
    const kinds = async () => (await s.matches('mee')).map((match) => match.soort).sort()
    expect(await kinds()).to.deep.equal(['gezin'])
    await answer('dezelfde')
    expect(await kinds()).to.deep.equal(['persoon'])
    const { next } = await s.events('mee')
    const [match] = await s.matches('mee')
    await answer('verschillend')
    expect((await s.events('mee', next)).types).to.include.members([
      'koppeling.gecorrigeerd',
      'match.ingetrokken',
      'match.geopend',
    ])
    expect((await test.ask('mee', 'GET', `/matches/${match?.id}`)).status).to.equal(404)
    expect(await kinds()).to.deep.equal(['gezin'])
    await answer('dezelfde')
    expect(await kinds()).to.deep.equal(['persoon'])
    await answer('weet-niet')
    expect(await kinds()).to.deep.equal(['gezin'])
  })

  it('take back a link made on initials when a brother or sister with the same ones turns up', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', geslacht: 'man', adres: ADDRESS }
    await open('mee', 'a', { ...twin, voornamen: 'Jan Maarten' }, PARENTS)
    await open('rubicon', 'b', { ...twin, voornamen: 'J.M.' }, PARENTS)
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['persoon a: rubicon'])
    const { next } = await s.events('mee')
    await open('vorkmeer', 'c', { ...twin, voornamen: 'Joris Mees' }, PARENTS)
    const { koppelvragen } = (await s.must('beheer', 'GET', '/koppelvragen?status=open')).body
    expect(koppelvragen).to.have.length(2)
    expect((await s.events('mee', next)).types.slice(0, 2)).to.deep.equal(['koppeling.gecorrigeerd', 'match.ingetrokken'])
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['gezin a: rubicon,vorkmeer'])
    await s.must('beheer', 'POST', `/koppelvragen/${koppelvragen[0].id}/antwoorden`, { antwoord: 'dezelfde' })
    expect(summaryOf(await s.matches('mee'))).to.include('persoon a: rubicon')
  })

  it('are taken apart when two spellings of one name turn out to be two names in use, and what fits both is asked', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', geslacht: 'man', adres: ADDRESS }
    await open('bureau-jeugdzorg', 'z', { ...twin, voornamen: 'Hazan' }, PARENTS)
    await open('mee', 'a', { ...twin, voornamen: 'Hasan' }, PARENTS)
    await open('rubicon', 'b', { ...twin, voornamen: 'Hassan' }, PARENTS)
    expect(summaryOf(await s.matches('mee'))).to.deep.equal(['persoon a: bureau-jeugdzorg,rubicon'])
    const { next } = await s.events('mee')
    await open('vorkmeer', 'c', { ...twin, voornamen: 'Hasan' }, PARENTS)
    await open('rubicon', 'd', { ...twin, voornamen: 'Hassan' }, PARENTS)
    expect((await s.events('mee', next)).types).to.include('koppeling.gecorrigeerd')
    expect(summaryOf(await s.matches('mee'))).to.include('persoon a: vorkmeer')
    const { koppelvragen } = (await s.must('beheer', 'GET', '/koppelvragen?status=open')).body
    const reasons = koppelvragen.map(({ reden }: { reden: string }) => reden).sort()
    expect(reasons).to.deep.equal(['meer-personen', 'meer-personen', 'mogelijke-tweeling'])
    await open('vorkmeer', 'e', { ...twin, voornamen: 'Hassan' }, PARENTS)
    expect(summaryOf(await s.matches('vorkmeer')).filter((line) => line.startsWith('persoon'))).to.have.length(2)
    expect((await s.must('beheer', 'GET', '/koppelvragen?status=open')).body.koppelvragen).to.have.length(3)
  })

  it('never stand against an answer: the weakest gives way', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: ADDRESS }
    await open('mee', 'a', { ...twin, voornamen: 'Jasmijn' }, PARENTS)
    await open('rubicon', 'b', { ...twin, voornamen: 'J' }, PARENTS)
    await open('vorkmeer', 'c', { ...twin, voornamen: 'Jo' }, PARENTS)
    const { koppelvragen } = (await s.must('beheer', 'GET', '/koppelvragen')).body
    for (const { id } of koppelvragen) await s.must('beheer', 'POST', `/koppelvragen/${id}/antwoorden`, { antwoord: 'dezelfde' })
    for (const { id } of koppelvragen)
      await s.must('beheer', 'POST', `/koppelvragen/${id}/antwoorden`, { antwoord: 'verschillend' })
    expect((await s.matches('mee')).map((match) => match.soort)).to.not.include('persoon')
  })

  it('are asked for again when they wait too long', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: ADDRESS }
    await open('mee', 'a', { ...twin, voornamen: 'Jasmijn' }, PARENTS)
    await open('rubicon', 'b', { ...twin, voornamen: 'J' }, PARENTS)
    const late = async () => (await s.must('privacy-functionaris', 'GET', '/cijfers')).body.koppelvragen
    expect(await late()).to.deep.equal({ open: 1, overTermijn: 0 })
    const clock = test.hub.clock.domain
    test.hub.clock.domain = () => new Date(clock().getTime() + 15 * 86_400_000)
    expect(await late()).to.deep.equal({ open: 1, overTermijn: 1 })
    expect((await s.must('beheer', 'GET', '/koppelvragen')).body.koppelvragen[0].overTermijn).to.equal(true)
  })

  it('escalate to the privacy officer, the operator and the calendar once they wait too long, until they are answered', async () => {
    const clock = test.hub.clock.domain
    const later = (days: number) => {
      test.hub.clock.domain = () => new Date(clock().getTime() + days * 86_400_000)
    }
    const doubtful = async (number: number) => {
      const twin = { geslachtsnaam: `Zand${'abc'[number]}stra`, geboortedatum: `2019-05-0${number + 1}`, adres: ADDRESS }
      await open('mee', `a${number}`, { ...twin, voornamen: 'Jasmijn' }, PARENTS)
      await open('rubicon', `b${number}`, { ...twin, voornamen: 'J' }, PARENTS)
    }
    const listed = async (query: string): Promise<string[]> =>
      (await s.must('beheer', 'GET', `/koppelvragen?${query}`)).body.koppelvragen.map(({ id }: { id: string }) => id)
    const signal = async () => {
      const { signalen } = (await s.must('privacy-functionaris', 'GET', '/toezicht/signalen')).body
      return signalen.find(({ soort }: { soort: string }) => soort === 'koppelvraag-over-termijn')
    }
    const told = async () => {
      const metrics = await (await fetch(`${test.baseUrl}/metrics`)).text()
      const gauge = Number(/^verwijsindex_koppelvragen_over_termijn (\d+)$/m.exec(metrics)?.[1])
      const swept = (await sweep(test.hub, test.hub.clock.domain())).koppelvragenOverTermijn
      return { signal: (await signal()).aantal, gauge, swept }
    }
    await doubtful(0)
    await doubtful(1)
    later(10)
    await doubtful(2)
    const [first, second, third] = await listed('')
    expect(await told()).to.eql({ signal: 0, gauge: 0, swept: 0 })
    later(15)
    expect(await told()).to.eql({ signal: 2, gauge: 2, swept: 2 })
    const warned: unknown[] = []
    const tomorrow = new Date(test.hub.clock.domain().getTime() + 86_400_000)
    const nextDay = { ...test.hub, clock: { ...test.hub.clock, domain: () => tomorrow } }
    await turnCalendar(nextDay, { warn: (facts: unknown) => warned.push(facts) })
    expect(warned).to.eql([{ aantal: 2 }])
    const { gevallen, drempel } = await signal()
    expect(drempel).to.equal(14)
    expect(gevallen.map(({ object }: { object: string }) => object)).to.eql([first, second])
    for (const one of gevallen) expect(one).to.have.all.keys('object', 'moment')
    expect(gevallen[0].moment).to.match(/^2026-11-22T/)
    expect(await listed('overTermijn=true')).to.eql([first, second])
    expect(await listed('overTermijn=false')).to.eql([third])
    await s.must('beheer', 'POST', `/koppelvragen/${first}/antwoorden`, { antwoord: 'verschillend' })
    expect(await told()).to.eql({ signal: 1, gauge: 1, swept: 1 })
    expect(await listed('overTermijn=true')).to.eql([second])
    expect(await listed('overTermijn=false')).to.eql([first, third])
    expect(await listed('overTermijn=true&status=beantwoord')).to.eql([])
  })
})
