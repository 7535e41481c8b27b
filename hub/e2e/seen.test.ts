import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { tellSeen } from '../flows/tell-seen.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const TYPE = 'nl.verwijsindex.registratie.ingezien.v1'

describe('telling who looked', () => {
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  const bsn = aBsn(61)
  before(async () => {
    test = await startTestHub()
    s = scenarioOn(test)
    for (const by of ['mee', 'rubicon', 'vorkmeer'])
      await s.register({ by, kenmerk: 'k', persoon: { bsn, geboortedatum: '2009-04-01' } })
    const yes = (by: string, organisaties: string[]) => s.consent(by, 'k', { gever: 'jeugdige', bereik: { organisaties } })
    // mee and rubicon see each other; vorkmeer sees mee, and mee does not see vorkmeer.
    await yes('mee', ['rubicon', 'vorkmeer'])
    await yes('rubicon', ['mee'])
    await subscribe('mee', [TYPE])
    await subscribe('rubicon', ['nl.verwijsindex.match.gesloten.v1'])
    await tellSeen(test.hub)
  })
  after(() => test.stop())

  const subscribe = (by: string, typen: string[]) => s.must(by, 'POST', '/abonnementen', { url: 'http://127.0.0.1:9/x', typen })
  const told = async (by: string) => {
    while ((await tellSeen(test.hub)) > 0) await wait(1)
    const { types, paths } = await s.events(by)
    return paths.filter((_, i) => types[i] === 'registratie.ingezien')
  }
  const seen = async (by: string) => (await s.must(by, 'GET', `/registraties/${s.idOf(by, 'k')}/inzagen`)).body.inzagen

  it('tells nothing of a look by one that the organisation does not see in the match', async () => {
    expect(await s.matches('vorkmeer')).to.have.length(1)
    expect(await told('mee')).to.deep.equal([])
    expect(await seen('mee')).to.deep.equal([])
  })

  it('tells who asked, once a day, and lists who it was', async () => {
    await s.matches('rubicon')
    await s.matches('rubicon')
    expect(await told('mee')).to.deep.equal([`/v1/registraties/${s.idOf('mee', 'k')}/inzagen`])
    const [one, ...more] = await seen('mee')
    expect(more).to.deep.equal([])
    expect(one).to.deep.include({ aantal: 2 }).and.to.have.nested.property('organisatie.id', 'rubicon')
    await s.matches('rubicon')
    expect(await told('mee')).to.have.length(1)
  })

  it('tells who did not ask nothing, and shows it when it looks', async () => {
    await s.matches('mee')
    expect(await told('rubicon')).to.deep.equal([])
    expect(await seen('rubicon')).to.have.nested.property('[0].organisatie.id', 'mee')
    const strange = await test.ask('vorkmeer', 'GET', `/registraties/${s.idOf('mee', 'k')}/inzagen`)
    expect(strange.status).to.equal(404)
  })

  it('gives the person all of it, through the privacy officer', async () => {
    const { persoon } = (await s.must('privacy-functionaris', 'POST', '/personen/_zoek', { reden: 'inzageverzoek', bsn })).body
    const { inzagen } = (await s.must('privacy-functionaris', 'POST', '/personen/_inzagen', { persoon })).body
    const readers = inzagen.filter((one: { actie: string }) => one.actie === 'lezen')
    expect(readers.map((one: { organisatie: { id: string } }) => one.organisatie.id)).to.include.members([
      'mee',
      'rubicon',
      'vorkmeer',
    ])
    expect(readers[0].grond).to.have.property('reglement').that.includes('@')
    expect((await s.must('privacy-functionaris', 'POST', '/personen/_inzagen', { persoon: 'p_1' })).body.inzagen).to.deep.equal(
      [],
    )
    const before = { persoon, tot: '2020-01-01' }
    expect((await s.must('privacy-functionaris', 'POST', '/personen/_inzagen', before)).body.inzagen).to.deep.equal([])
  })
})
