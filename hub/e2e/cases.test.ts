import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }]
const POINT = 'coordinatiepunt'

type Json = Record<string, unknown>

describe('meldingen and cases over HTTP', function () {
  this.timeout(30_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let number = 100
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const moveTo = (instant: string) => {
    const shift = Date.parse(instant) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
  }
  const sweepAt = async (day: string) => {
    moveTo(`${day}T12:00:00+01:00`)
    await sweep(test.hub, test.hub.clock.domain())
  }
  const child = () => ({ bsn: aBsn(++number), geboortedatum: '2019-05-06' })
  const register = (by: string, kenmerk: string, persoon: Json, extra: object = {}) =>
    s.register({ by, kenmerk, persoon, gezagsdragers: GUARDIAN, ...extra })
  const yes = (by: string, kenmerk: string, bereik: object = {}) => s.consent(by, kenmerk, { gever: 'o1', bereik })
  const act = (id: string, body: object, by = POINT) => test.ask(by, 'POST', `/coordinatiecasussen/${id}/handelingen`, { body })
  const caseOf = async (id: string, by = POINT) => (await test.ask(by, 'GET', `/coordinatiecasussen/${id}`)).body
  const organisationsOf = (body: { betrokkenen: { organisatie: { id: string } }[] }) =>
    body.betrokkenen.map(({ organisatie }) => organisatie.id).sort()

  /** A child at mee and rubicon, both told to all; answers the case that the point opened from their match. */
  async function caseFromMatch(): Promise<{ id: string; match: string; persoon: Json }> {
    const persoon = child()
    for (const by of ['mee', 'rubicon']) {
      await register(by, 'd', persoon)
      await yes(by, 'd')
    }
    const match = (await s.matches(POINT)).at(-1)?.id as string
    const { body } = await s.must(POINT, 'POST', '/coordinatiecasussen', { match })
    return { id: body.id, match, persoon }
  }

  it('takes a melding through its states, answers who made it, and knows the same again', async () => {
    const registratie = await register('mee', 'd', child())
    const ask = (body: object) => test.ask('mee', 'POST', '/meldingen', { body: { registratie, ...body } })
    const first = await ask({ reden: 'coordinatie-nodig' })
    const again = await ask({ reden: 'coordinatie-nodig' })
    expect([first.status, again.status, again.body.id]).to.eql([201, 200, first.body.id])
    const other = await ask({ reden: 'afspraak-niet-nagekomen' })
    expect(other.status).to.equal(201)
    const { id } = first.body
    const judge = (oordeel: string, by = POINT) => test.ask(by, 'POST', `/meldingen/${id}/beoordelingen`, { body: { oordeel } })
    expect((await judge('getoetst', 'mee')).status).to.equal(404)
    expect((await judge('getoetst')).body).to.include({ status: 'getoetst', keren: 2 })
    expect((await judge('opgepakt')).body.casus).to.match(/^c_/)
    expect((await judge('afgewezen')).status).to.equal(409)
    const seen = (await test.ask('mee', 'GET', `/meldingen/${id}`)).body
    expect(seen).to.include({ status: 'opgepakt', registratie })
    expect((await s.events('mee')).types.filter((type) => type === 'melding.beoordeeld').length).to.equal(2)
    expect((await test.ask('rubicon', 'GET', `/meldingen/${id}`)).status).to.equal(404)
  })

  it('keeps from the point what a melding’s family shows of others, until that may be told', async () => {
    const persoon = child()
    const registratie = await register('mee', 'd', persoon)
    await register('rubicon', 'd', persoon)
    const melding = (await s.must('mee', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { melding })).body
    expect(organisationsOf(await caseOf(id))).to.eql([])
    await yes('rubicon', 'd')
    expect(organisationsOf(await caseOf(id))).to.eql([])
    await yes('mee', 'd')
    expect(organisationsOf(await caseOf(id))).to.eql(['mee', 'rubicon'])
    expect((await test.ask('rubicon', 'GET', `/coordinatiecasussen/${id}`)).status).to.equal(404)
    expect((await caseOf(id, 'mee')).status).to.equal('open')
  })

  it('opens one case a family, shows who may be told, and forgets a match that was withdrawn', async () => {
    const { id, match } = await caseFromMatch()
    expect((await test.ask(POINT, 'POST', '/coordinatiecasussen', { body: { match } })).status).to.equal(200)
    expect((await test.ask('mee', 'POST', '/coordinatiecasussen', { body: { match } })).status).to.equal(404)
    for (const body of [{}, { match, melding: 'v_1' }])
      expect((await test.ask(POINT, 'POST', '/coordinatiecasussen', { body })).status).to.equal(400)
    expect(await caseOf(id)).to.include({ match, melding: null, variant: null, status: 'open' })
    await s.consent('rubicon', 'd', { gever: 'o1', antwoord: 'nee' })
    const after = await caseOf(id)
    expect([after.match, organisationsOf(after)]).to.eql([null, ['mee']])
    expect((await act(id, { soort: 'rondetafel', uitgenodigd: ['rubicon'] })).status).to.equal(400)
    const list = (await test.ask(POINT, 'GET', '/coordinatiecasussen?status=open&volgorde=termijn')).body
    expect(list.coordinatiecasussen.map((each: Json) => [each.id, each.match])).to.eql([[id, null]])
  })

  it('records round table, variant, zorgcoördinator, plan and agreements, by whom may', async () => {
    const { id } = await caseFromMatch()
    expect((await act(id, { soort: 'variant', variant: 2 }, 'mee')).status).to.equal(404)
    expect((await act(id, { soort: 'rondetafel', uitgenodigd: ['mee', 'rubicon'], aanwezig: ['mee'] })).status).to.equal(201)
    expect((await s.events('mee')).types).to.include('casus.geopend')
    expect((await act(id, { soort: 'variant', variant: 2 }, 'mee')).status).to.equal(201)
    expect((await act(id, { soort: 'variant', variant: 3 }, 'mee')).status).to.equal(400)
    expect((await act(id, { soort: 'variant', variant: 5 })).status).to.equal(400)
    await act(id, { soort: 'plan', deelnemers: [{ soort: 'ouder' }, { soort: 'organisatie', organisatie: 'mee' }] })
    const voorwaarden = ['minderjarig', 'meer-hulpverleners', 'te-weinig-eigen-regie', 'gezin-aanvaardt', 'in-plan']
    expect((await act(id, { soort: 'variant', variant: 5, voorwaarden })).status).to.equal(201)
    await act(id, { soort: 'gezinscoach', organisatie: 'mee', functie: 'coach' })
    const warned = await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee', functie: 'coach' })
    expect(warned.body.waarschuwingen).to.eql(['zorgcoordinator-is-gezinscoach'])
    expect((await act(id, { soort: 'opleggen', mandaat: 'burgemeester', code: 'deelname' })).status).to.equal(400)
    expect((await act(id, { soort: 'afspraak', code: 'bellen' })).status).to.equal(400)
    expect((await act(id, { soort: 'gesprek', variant: 1 })).status).to.equal(400)
    const afspraak = (
      await act(id, {
        soort: 'afspraak',
        door: { soort: 'organisatie', organisatie: 'rubicon' },
        code: 'huisbezoek',
        uiterlijk: '2026-12-01',
      })
    ).body.id
    const shown = await caseOf(id)
    expect(shown.afspraken[0]).to.include({ id: afspraak, stand: 'gemaakt' })
    expect(shown.rondetafels[0].aanwezig.map((each: Json) => each.id)).to.eql(['mee'])
    expect(shown.zorgcoordinatoren[0]).to.include({ wie: 'professional', functie: 'coach' })
    expect(shown.variant).to.equal(5)
    expect((await act(id, { soort: 'afspraakresultaat', afspraak, nagekomen: true }, 'rubicon')).status).to.equal(201)
    expect((await act(id, { soort: 'afspraakresultaat', afspraak, nagekomen: false })).status).to.equal(400)
    await s.consent('rubicon', 'd', { gever: 'o1', antwoord: 'nee' })
    expect((await caseOf(id)).afspraken).to.eql([])
  })

  it('climbs the ladder of a broken agreement, each step on its own date, after forty days’ stand-still', async () => {
    const { id } = await caseFromMatch()
    const door = { soort: 'organisatie', organisatie: 'rubicon' }
    await act(id, { soort: 'afspraak', door, code: 'huisbezoek', uiterlijk: '2026-11-30' })
    await sweepAt('2027-01-09')
    await sweepAt('2027-01-09')
    const shown = await caseOf(id)
    expect(shown.afspraken[0].stand).to.equal('verlopen')
    expect(shown.ladders[0].stappen).to.eql([
      { stap: 'coordinatiepunt-spreekt-aan', op: '2026-12-09' },
      { stap: 'leiding-van-de-organisatie', op: '2026-12-24' },
      { stap: 'gemeente-of-stuurgroep', op: '2027-01-08' },
    ])
    expect((await s.events(POINT)).types.filter((type) => type === 'ladder.stap').length).to.equal(3)
    expect((await s.events('rubicon')).types.filter((type) => type === 'ladder.stap').length).to.equal(2)
  })

  it('asks when nobody is involved any more, closes by itself, opens again in time and not after it', async () => {
    const { id } = await caseFromMatch()
    await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee' })
    for (const by of ['mee', 'rubicon']) await s.end(by, 'd', 2, '2026-11-23')
    await sweepAt('2026-11-24')
    expect((await caseOf(id)).vraagtSinds).to.be.a('string')
    expect((await s.events(POINT)).types).to.include('casus.vraagt')
    expect((await act(id, { soort: 'bevestigen' })).status).to.equal(201)
    await sweepAt('2026-11-25')
    expect((await caseOf(id)).vraagtSinds).to.equal(undefined)
    await sweepAt('2027-02-25')
    await sweepAt('2027-05-28')
    expect(await caseOf(id)).to.nested.include({ status: 'gesloten', 'sluiting.reden': 'geen-betrokkenheid' })
    expect((await act(id, { soort: 'gesprek' })).status).to.equal(409)
    expect((await act(id, { soort: 'heropenen' })).status).to.equal(201)
    expect((await caseOf(id)).zorgcoordinatoren[0].organisatie.id).to.equal('mee')
    await act(id, { soort: 'sluiten', reden: 'doelen-bereikt', terugvalrisico: 'laag', vingerAanDePols: { soort: 'ouder' } })
    await sweepAt('2027-09-28')
    expect((await act(id, { soort: 'heropenen' })).status).to.equal(409)
  })

  it('goes on with its agreements and evaluations when it opens again, and sees what passed meanwhile', async () => {
    const { id } = await caseFromMatch()
    const agree = (uiterlijk: string) =>
      act(id, { soort: 'afspraak', code: 'bellen', door: { soort: 'organisatie', organisatie: 'mee' }, uiterlijk })
    for (const day of ['2026-12-01', '2026-12-20']) expect((await agree(day)).status).to.equal(201)
    await act(id, { soort: 'plan', deelnemers: [{ soort: 'ouder' }], evaluaties: ['2026-11-30', '2026-12-24'] })
    await act(id, { soort: 'sluiten', reden: 'doelen-bereikt' })
    moveTo('2026-12-10T09:00:00+01:00')
    await act(id, { soort: 'heropenen' })
    const running = (await caseOf(id)).termijnen
    expect(running).to.deep.include({ termijn: 'afspraak', voorbijOp: '2026-12-20T23:00:00.000Z' })
    expect(running.filter(({ termijn }: Json) => termijn === 'evaluatie')).to.eql([
      { termijn: 'evaluatie', voorbijOp: '2026-12-24T23:00:00.000Z' },
    ])
    await sweepAt('2026-12-11')
    expect((await caseOf(id)).afspraken.map(({ stand }: Json) => stand)).to.eql(['verlopen', 'gemaakt'])
    expect((await caseOf(id)).ladders[0]).to.include({ ladder: 'stagnatie', begonnenOp: '2026-12-01T23:00:00.000Z' })
    await sweepAt('2026-12-21')
    expect((await caseOf(id)).afspraken.map(({ stand }: Json) => stand)).to.eql(['verlopen', 'verlopen'])
  })

  it('signals a new registration for a coordinated family to its zorgcoördinator, and only what may be told', async () => {
    const { id, persoon } = await caseFromMatch()
    await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee' })
    const before = await s.events('mee')
    await register('vorkmeer', 'd', persoon)
    expect((await s.events('mee', before.next)).types).not.to.include('casus.signaal')
    await yes('vorkmeer', 'd', { organisaties: ['mee'] })
    expect((await s.events('mee', before.next)).types).to.include('casus.signaal')
    expect((await s.events(POINT)).types).not.to.include('casus.signaal')
    expect(organisationsOf(await caseOf(id))).to.eql(['mee', 'rubicon'])
  })

  it('is corrected when the link that it rests on is undone: the other child goes, with its organisation and what comes of it', async () => {
    const person = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: { postcode: '5981AB', huisnummer: 12 } }
    const bsn = aBsn(++number)
    await register('mee', 'd', { ...person, voornamen: 'Jasmijn' })
    await register('rubicon', 'd', { ...person, voornamen: 'J', bsn })
    await yes('mee', 'd')
    await yes('rubicon', 'd')
    const { koppelvragen } = (await s.must('beheer', 'GET', '/koppelvragen?status=open')).body
    const answer = (antwoord: string) => s.must('beheer', 'POST', `/koppelvragen/${koppelvragen[0].id}/antwoorden`, { antwoord })
    await answer('dezelfde')
    const match = (await s.matches(POINT)).at(-1)?.id as string
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { match })).body
    await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'rubicon' })
    expect(organisationsOf(await caseOf(id))).to.eql(['mee', 'rubicon'])
    expect((await test.ask('rubicon', 'GET', `/coordinatiecasussen/${id}`)).status).to.equal(200)
    const [before, next] = [await s.events(POINT), (await s.events('rubicon')).next]
    await answer('verschillend')
    expect(organisationsOf(await caseOf(id))).to.eql(['mee'])
    expect((await caseOf(id)).match).to.equal(null)
    expect((await test.ask('rubicon', 'GET', `/coordinatiecasussen/${id}`)).status).to.equal(404)
    const told = (await s.events(POINT, before.next)).types
    expect(told).to.include.members(['casus.gewijzigd', 'koppeling.gecorrigeerd', 'match.ingetrokken'])
    expect((await s.events('rubicon', next)).types).to.include('casus.gewijzigd')
    const after = await s.events(POINT)
    await register('vorkmeer', 'd', { ...person, voornamen: 'Joost', bsn })
    await yes('vorkmeer', 'd')
    expect((await s.matches(POINT)).at(-1)?.betrokkenen).to.have.length(2)
    expect((await s.events(POINT, after.next)).types)
      .to.include('match.geopend')
      .and.not.to.include('casus.signaal')
    expect(organisationsOf(await caseOf(id))).to.eql(['mee'])
  })
})
