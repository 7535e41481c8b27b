import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { regionFile, withOrganisation, withPoint } from '../testing/region.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }]
const POINT = 'coordinatiepunt'
const OTHER_POINT = 'punt-noord'

const REGION = regionFile((region) => {
  const more = [
    ['gezinscoach', 'welzijn'],
    ['school', 'onderwijs'],
    ['huisarts', 'huisarts'],
    ['bureaudienst', 'jeugdzorg'],
    ['wegwijzer', 'welzijn'],
    ['cjg', 'jeugdgezondheid'],
  ] as const
  const complete = more.reduce((grown, [id, soort]) => withOrganisation(grown, id, soort), region)
  const point = {
    id: OTHER_POINT,
    naam: 'Punt Noord',
    gemeenten: ['0984'],
    aangesloten: ['1507'],
    vorm: 'meld-en-coordinatie',
  } as const
  return withPoint(complete, { ...point, gemeenten: [...point.gemeenten], aangesloten: [...point.aangesloten] })
})

type Json = Record<string, unknown>

describe('the documented ways, with their dates', function () {
  this.timeout(30_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let number = 500
  const start = async (clock: string, policy = 'peel-en-maas-1g1p') => {
    test = await startTestHub({ clock, region: REGION, policy })
    s = scenarioOn(test)
  }
  afterEach(() => test.stop())

  const moveTo = (instant: string) => {
    const shift = Date.parse(instant) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
  }
  const sweepAt = async (day: string) => {
    moveTo(`${day}T12:00:00+01:00`)
    await sweep(test.hub, test.hub.clock.domain())
  }
  const child = (rest: Json = {}) => ({ bsn: aBsn(++number), geboortedatum: '2018-05-06', ...rest })
  const register = (by: string, persoon: Json, status: string, begindatum: string, extra: object = {}) =>
    s.register({ by, kenmerk: 'd', persoon, gezagsdragers: GUARDIAN, betrokkenheid: { status, begindatum }, ...extra })
  const yes = (by: string, bereik: object = {}) => s.consent(by, 'd', { gever: 'o1', bereik })
  const passed = async (by: string) => (await s.events(by)).types.filter((type) => type === 'termijn.verlopen').length
  const act = (id: string, body: Json, by = POINT) => s.must(by, 'POST', `/coordinatiecasussen/${id}/handelingen`, body)
  const caseOf = async (id: string, by = POINT) => (await s.must(by, 'GET', `/coordinatiecasussen/${id}`)).body

  it('website sign-up: a registration that is signed up, never a melding; a home visit within a week', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const extra = { betrokkenheid: { status: 'aangemeld', begindatum: '2026-03-02', pet: 'gezinscoach' } }
    await register('gezinscoach', child(), 'aangemeld', '2026-03-02', extra)
    expect((await s.must('gezinscoach', 'GET', '/meldingen')).body.meldingen).to.eql([])
    await sweepAt('2026-03-09')
    expect(await passed('gezinscoach')).to.equal(0)
    await sweepAt('2026-03-10')
    expect(await passed('gezinscoach')).to.equal(1)
  })

  it('WegWijZer: handed over to the bureaudienst, with consent for it, without a match by overlap', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child()
    const registratie = await register('wegwijzer', persoon, 'actief', '2026-03-02')
    await yes('wegwijzer', { organisaties: ['mee'] })
    const offer = (await s.must('wegwijzer', 'POST', '/overdrachten', { registratie, naar: 'bureaudienst' })).body
    expect(offer).to.deep.include({
      status: 'aangeboden',
      uiterlijk: '2026-04-01',
      toestemming: { stand: 'onvoldoende', ontbreekt: ['o1'] },
    })
    expect((await test.ask('bureaudienst', 'GET', `/overdrachten/${offer.id}`)).status).to.equal(404)
    expect((await s.must('bureaudienst', 'GET', '/overdrachten')).body.overdrachten).to.eql([])
    await yes('wegwijzer', { organisaties: ['bureaudienst'] })
    expect((await s.events('bureaudienst')).types).to.include('overdracht.aangeboden')
    const answer = (by: string, antwoord: string) =>
      test.ask(by, 'POST', `/overdrachten/${offer.id}/antwoorden`, { body: { antwoord } })
    expect((await answer('wegwijzer', 'aanvaard')).status).to.equal(400)
    expect((await answer('bureaudienst', 'aanvaard')).body.status).to.equal('aanvaard')
    expect((await answer('bureaudienst', 'aanvaard')).status).to.equal(409)
    await register('bureaudienst', persoon, 'intake', '2026-03-03')
    await yes('bureaudienst')
    for (const by of ['wegwijzer', 'bureaudienst', POINT]) expect(await s.matches(by), by).to.eql([])
    await sweepAt('2026-04-02')
    expect((await s.matches('bureaudienst')).length).to.equal(1)
    expect((await s.events('wegwijzer')).types).to.include('overdracht.beantwoord')
  })

  it('BJZ to voluntary help: the third party keeps its match while the involvement passes to the provider', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child()
    for (const by of ['bureau-jeugdzorg', 'mee']) {
      await register(by, persoon, 'actief', '2026-03-01')
      await yes(by)
    }
    const registratie = s.idOf('bureau-jeugdzorg', 'd')
    const { id } = (await s.must('bureau-jeugdzorg', 'POST', '/overdrachten', { registratie, naar: 'rubicon' })).body
    await s.must('rubicon', 'POST', `/overdrachten/${id}/antwoorden`, { antwoord: 'aanvaard' })
    await register('rubicon', persoon, 'wachtlijst', '2026-03-03')
    await yes('rubicon')
    const parties = async (by: string) =>
      (await s.matches(by, '?status=open')).flatMap((match) =>
        (match.betrokkenen as { organisatie: { id: string } }[]).map((each) => each.organisatie.id).sort(),
      )
    expect(await parties('mee')).to.eql(['bureau-jeugdzorg', 'rubicon'])
    await s.end('bureau-jeugdzorg', 'd', 2, '2026-03-04')
    await sweepAt('2026-03-05')
    expect(await parties('mee')).to.eql(['rubicon'])
    expect(await parties('rubicon')).to.eql(['mee'])
    await sweepAt('2026-05-06')
    expect(await passed('rubicon')).to.equal(1)
  })

  it('gezinscoach back to the mother organisation, given back and offered again', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const registratie = await register('gezinscoach', child(), 'waakvlam', '2026-03-01')
    await yes('gezinscoach')
    const offer = () => s.must('gezinscoach', 'POST', '/overdrachten', { registratie, naar: 'vorkmeer' })
    const { id } = (await offer()).body
    expect((await offer()).body.id).to.equal(id)
    expect(
      (await s.must('vorkmeer', 'POST', `/overdrachten/${id}/antwoorden`, { antwoord: 'teruggegeven' })).body.status,
    ).to.equal('teruggegeven')
    const again = (await offer()).body.id
    expect(again).not.to.equal(id)
    await sweepAt('2026-04-02')
    expect((await s.must('gezinscoach', 'GET', `/overdrachten/${again}`)).body.status).to.equal('teruggegeven')
  })

  it('huisarts: told of an involvement unless there is a no, once those who must be were informed', async () => {
    await start('2026-03-02T09:00:00+01:00', 'venray')
    const persoon = child()
    const registratie = await register('gezinscoach', persoon, 'actief', '2026-03-02')
    const follow = (organisatie: string, kenmerk = {}) =>
      test.ask('gezinscoach', 'POST', `/registraties/${registratie}/volgers`, { body: { organisatie, ...kenmerk } })
    const [first, again] = [await follow('huisarts'), await follow('huisarts', { kenmerk: 'patient-2291' })]
    expect([first.status, again.status, again.body.id]).to.eql([201, 200, first.body.id])
    expect((await follow('school')).status).to.equal(201)
    const told = async (by = 'huisarts') => (await s.must(by, 'GET', '/betrokkenheden')).body.betrokkenheden
    expect(await told()).to.eql([])
    await register('gezinscoach', persoon, 'actief', '2026-03-02', { versie: 2, geinformeerd: [{ wie: 'o1', op: '2026-03-02' }] })
    const [shared] = await told()
    expect([shared.betrokkene.organisatie.id, shared.kenmerk]).to.eql(['gezinscoach', 'patient-2291'])
    expect((await s.must('huisarts', 'GET', `/betrokkenheden/${shared.id}`)).body.kenmerk).to.equal('patient-2291')
    expect((await s.events('huisarts')).types).to.eql(['betrokkenheid.gedeeld'])
    expect(await told('school')).to.eql([])
    await s.consent('gezinscoach', 'd', { gever: 'o1', antwoord: 'nee', bereik: { soorten: ['huisarts'] } })
    expect(await told()).to.eql([])
    expect((await test.ask('huisarts', 'GET', `/betrokkenheden/${shared.id}`)).status).to.equal(404)
    expect((await s.events('huisarts')).types).to.eql(['betrokkenheid.gedeeld', 'betrokkenheid.ingetrokken'])
  })

  it('school: a request without a match, turned down with a reason, and taken up the second time', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const registratie = await register('school', child(), 'actief', '2026-03-02')
    const ask = async () => (await s.must('school', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
    const first = await ask()
    await s.must(POINT, 'POST', `/meldingen/${first}/beoordelingen`, { oordeel: 'afgewezen', reden: 'geen-coordinatie-nodig' })
    expect((await s.must('school', 'GET', `/meldingen/${first}`)).body).to.include({
      status: 'afgewezen',
      antwoord: 'geen-coordinatie-nodig',
    })
    const second = await ask()
    expect(second).not.to.equal(first)
    const { casus } = (await s.must(POINT, 'POST', `/meldingen/${second}/beoordelingen`, { oordeel: 'opgepakt' })).body
    expect((await act(casus, { soort: 'rondetafel', datum: '2026-03-16', uitgenodigd: ['school'] })).status).to.equal(201)
    expect((await caseOf(casus, 'school')).rondetafels[0]).to.include({ datum: '2026-03-16' })
  })

  it('zorgmelding: picked up within a day, contact in five, done in six weeks; each that passes is told', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const registratie = await register('school', child(), 'actief', '2026-03-02')
    const body = { registratie, reden: 'coordinatie-nodig', urgentie: 'spoed' }
    const { id } = (await s.must('school', 'POST', '/meldingen', body)).body
    await sweepAt('2026-03-03')
    expect([await passed('school'), await passed(POINT)]).to.eql([0, 0])
    await sweepAt('2026-03-04')
    expect([await passed('school'), await passed(POINT)]).to.eql([1, 1])
    await sweepAt('2026-03-08')
    expect(await passed(POINT)).to.equal(2)
    await s.must(POINT, 'POST', `/meldingen/${id}/beoordelingen`, { oordeel: 'opgepakt' })
    await sweepAt('2026-04-20')
    expect((await s.events('school')).types.filter((type) => type === 'termijn.verlopen').length).to.equal(2)
  })

  it('Den Haag: a plan in six weeks, a call every two, closed after 90 days without anyone, the same coach within 90', async () => {
    await start('2026-01-05T09:00:00+01:00')
    const registratie = await register('cjg', child(), 'actief', '2026-01-05')
    await yes('cjg')
    const melding = (await s.must('cjg', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { melding })).body
    await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'cjg', functie: 'gezinscoach' })
    await sweepAt('2026-01-20')
    expect(await passed('cjg')).to.equal(1)
    for (const day of ['2026-01-21', '2026-02-02', '2026-02-10', '2026-02-12']) {
      moveTo(`${day}T10:00:00+01:00`)
      await act(id, { soort: 'gesprek' })
    }
    await act(id, { soort: 'gesprek' })
    expect((await act(id, { soort: 'gesprek' })).body.waarschuwingen).to.eql(['veel-gesprekken'])
    await act(id, { soort: 'plan', deelnemers: [{ soort: 'ouder' }], evaluaties: ['2026-04-01'] })
    await s.end('cjg', 'd', 2, '2026-02-12')
    await sweepAt('2026-02-13')
    expect((await caseOf(id)).vraagtSinds).to.match(/^2026-02-13/)
    await sweepAt('2026-05-14')
    expect((await caseOf(id)).status).to.equal('open')
    await sweepAt('2026-05-15')
    expect((await caseOf(id)).status).to.equal('gesloten')
    moveTo('2026-08-13T10:00:00+01:00')
    await act(id, { soort: 'heropenen' })
    expect((await caseOf(id)).zorgcoordinatoren.at(-1)).to.include({ functie: 'gezinscoach', tot: null })
  })

  it('a family that moves takes match and case along to the other point, and everyone concerned hears', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child({ gemeente: '1894' })
    for (const by of ['mee', 'rubicon']) {
      await register(by, persoon, 'actief', '2026-03-01')
      await yes(by)
    }
    const [match] = await s.matches(POINT)
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { match: match?.id })).body
    expect(await s.matches(OTHER_POINT)).to.eql([])
    for (const by of ['mee', 'rubicon'])
      await register(by, { ...persoon, gemeente: '1507' }, 'actief', '2026-03-01', { versie: 2 })
    expect((await s.matches(OTHER_POINT, '?status=open')).length).to.equal(1)
    expect(await s.matches(POINT, '?status=open')).to.eql([])
    expect((await caseOf(id, OTHER_POINT)).gemeente).to.equal('1507')
    expect((await test.ask(POINT, 'GET', `/coordinatiecasussen/${id}`)).status).to.equal(404)
    for (const by of [POINT, OTHER_POINT, 'mee', 'rubicon']) expect((await s.events(by)).types, by).to.include('casus.verhuisd')
  })

  it('a family in two municipalities has one point that leads, told to the points by what they may see and to nobody else', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child()
    await register('mee', { ...persoon, gemeente: '1894' }, 'actief', '2026-03-01')
    await register('rubicon', { ...persoon, gemeente: '1507' }, 'actief', '2026-03-01')
    await yes('mee')
    const told = await yes('rubicon')
    const casus = async (by: string) => {
      const [match] = await s.matches(by)
      return (await s.must(by, 'POST', '/coordinatiecasussen', { match: match?.id })).body
    }
    const { id } = await casus(POINT)
    const other = (await casus(OTHER_POINT)).id
    const leads = async () => [(await caseOf(id)).leidend, (await caseOf(other, OTHER_POINT)).leidend]
    const north = { gemeente: '1507', coordinatiepunt: { id: OTHER_POINT, naam: 'Punt Noord' } }
    expect(await leads()).to.eql([north, north])
    await register('school', { ...persoon, gemeente: '1894' }, 'actief', '2026-03-02')
    expect(await leads()).to.eql([north, north])
    await yes('school', { organisaties: [POINT] })
    const { naam } = test.hub.region.coordinatiepunten.find((point) => point.id === POINT)!
    const south = { gemeente: '1894', coordinatiepunt: { id: POINT, naam } }
    expect(await leads()).to.eql([south, north])
    await act(id, { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee', functie: 'consulent' })
    expect(await caseOf(id, 'mee')).to.not.have.property('leidend')
    for (const by of [POINT, 'mee']) expect((await s.matches(by))[0]).to.not.have.property('leidend')
    await s.withdraw('rubicon', told)
    expect(await caseOf(id)).to.not.have.property('leidend')
  })

  it('a newer version about another child ends what a follower was told of the first', async () => {
    await start('2026-03-02T09:00:00+01:00', 'venray')
    const geinformeerd = [{ wie: 'o1', op: '2026-03-02' }]
    const registratie = await register('gezinscoach', child(), 'actief', '2026-03-02', { geinformeerd })
    await s.must('gezinscoach', 'POST', `/registraties/${registratie}/volgers`, { organisatie: 'huisarts', kenmerk: 'patient-1' })
    const told = async () => (await s.must('huisarts', 'GET', '/betrokkenheden')).body.betrokkenheden
    expect((await told()).length).to.equal(1)
    await register('gezinscoach', child({ geboortedatum: '2016-01-01' }), 'actief', '2026-03-02', { versie: 2, geinformeerd })
    expect(await told()).to.eql([])
    expect((await s.events('huisarts')).types).to.eql(['betrokkenheid.gedeeld', 'betrokkenheid.ingetrokken'])
  })

  it('an open melding goes along with who moves, with its terms; one that was answered stays', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child({ gemeente: '1894' })
    const registratie = await register('school', persoon, 'actief', '2026-03-02')
    const ask = async (reden: string) =>
      (await s.must('school', 'POST', '/meldingen', { registratie, reden, urgentie: 'hoog' })).body.id
    const answered = await ask('afspraak-niet-nagekomen')
    await s.must(POINT, 'POST', `/meldingen/${answered}/beoordelingen`, { oordeel: 'afgewezen', reden: 'overig' })
    const open = await ask('coordinatie-nodig')
    const listed = async (by: string) =>
      (await s.must(by, 'GET', '/meldingen')).body.meldingen.map(({ id }: { id: string }) => id)
    await register('school', { ...persoon, gemeente: '1507' }, 'actief', '2026-03-02', { versie: 2 })
    expect([await listed(POINT), await listed(OTHER_POINT)]).to.eql([[answered], [open]])
    expect((await test.ask(POINT, 'GET', `/meldingen/${open}`)).status).to.equal(404)
    expect((await s.must(OTHER_POINT, 'GET', `/meldingen/${open}`)).body).to.include({ gemeente: '1507', status: 'ontvangen' })
    expect((await s.events(OTHER_POINT)).types).to.eql(['melding.ontvangen'])
    for (const by of [POINT, 'school']) expect((await s.events(by)).types, by).to.include('melding.verhuisd')
    await sweepAt('2026-03-04')
    expect([await passed(POINT), await passed(OTHER_POINT), await passed('school')]).to.eql([0, 1, 1])
    await register('school', { ...persoon, gemeente: '0984' }, 'actief', '2026-03-02', { versie: 3 })
    expect((await s.must(OTHER_POINT, 'GET', `/meldingen/${open}`)).body.gemeente).to.equal('0984')
    expect((await s.events(OTHER_POINT)).types.filter((type) => type.startsWith('melding'))).to.eql(['melding.ontvangen'])
  })

  it('the case of a melding moves too, though its point may be told of nobody', async () => {
    await start('2026-03-02T09:00:00+01:00')
    const persoon = child({ gemeente: '1894' })
    const registratie = await register('school', persoon, 'actief', '2026-03-02')
    const melding = (await s.must('school', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { melding })).body
    for (const [versie, gemeente] of [
      [2, '1507'],
      [3, '0984'],
    ] as const) {
      await register('school', { ...persoon, gemeente }, 'actief', '2026-03-02', { versie })
      expect((await caseOf(id, OTHER_POINT)).gemeente).to.equal(gemeente)
    }
    expect((await s.events(OTHER_POINT)).types).to.eql(['casus.verhuisd'])
    expect((await s.events('school')).types).to.include('casus.verhuisd')
  })
})
