import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { regionFile, withOrganisation, withPoint } from '../testing/region.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const POINT = 'coordinatiepunt'
const OTHER_POINT = 'punt-noord'
const HEADER = [
  ...['Berichtnummer', 'Gebeurtenis', 'Datum', 'BSN', 'Geboortedatum', 'Gemeente'],
  ...[1, 2].flatMap((nr) =>
    ['BSN', 'voornamen', 'tussenvoegsel', 'achternaam', 'geboortedatum'].map((column) => `Ouder${nr}_${column}`),
  ),
]
const MOTHER = { voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }
const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', ...MOTHER }]

/** Two points; two municipalities that tell of their inhabitants; an organisation that may not use numbers. */
const REGION = regionFile((region) => {
  const numberless = withOrganisation(region, 'school', 'onderwijs')
  const complete = withPoint(numberless, { id: OTHER_POINT, naam: 'Noord', gemeenten: ['0984'], vorm: 'meld-en-coordinatie' })
  const towns = [
    ['gemeente-1894', '1894'],
    ['gemeente-0984', '0984'],
  ] as const
  return {
    ...complete,
    organisaties: [
      ...complete.organisaties.map((each) => (each.id === 'school' ? { ...each, magBsn: false } : each)),
      ...towns.map(([id, code]) => ({
        ...{ id, naam: id, soort: 'overig' as const, magBsn: true, magRegistreren: [], adapters: ['brp'] },
        gemeenten: [code],
      })),
    ],
    clients: [
      ...complete.clients,
      ...towns.map(([id, code]) => ({
        ...{ id, organisatie: id, rol: 'organisatie' as const, scopes: ['registratie:schrijven' as const], gemeenten: [code] },
      })),
    ],
  }
})

type Event = Partial<Record<string, string>> & { Gebeurtenis: string }

describe('life events of the BRP', function () {
  this.timeout(30_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  let number = 7000
  let message = 0

  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00', region: REGION })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const child = (rest: object = {}) => ({ bsn: aBsn(++number), geboortedatum: '2018-05-06', gemeente: '1894', ...rest })
  const register = (by: string, persoon: object, rest: object = {}) =>
    s.register({ by, kenmerk: 'd', persoon: persoon as Record<string, unknown>, gezagsdragers: GUARDIAN, ...rest })
  const yes = (by: string) => s.consent(by, 'd', { gever: 'o1' })
  const send = (event: Event, by = 'gemeente-1894') => {
    const row: Event = { Berichtnummer: `G-${++message}`, Datum: '20-11-2026', ...event }
    const body = `${HEADER.join(';')}\n${HEADER.map((column) => row[column] ?? '').join(';')}\n`
    return test.ask(by, 'POST', '/registraties/_bestand?adapter=brp', { body, headers: { 'content-type': 'text/csv' } })
  }
  const told = async (event: Event, by?: string) => {
    const answer = await send(event, by)
    expect(answer.body.resultaten[0], answer.text).to.include({ status: 201 })
    await test.untilProcessed()
  }
  const types = async (by: string) => (await s.events(by)).types
  const open = (by: string) => s.matches(by, '?status=open')
  const move = (bsn: string, rest: object = {}): Event => ({
    ...{ Gebeurtenis: 'verhuizing', BSN: bsn, Geboortedatum: '06-05-2018', Gemeente: '0984' },
    ...rest,
  })

  it('a move passes match and case to the other point, and tells registrants and both points', async () => {
    const persoon = child()
    for (const by of ['mee', 'rubicon']) {
      await register(by, persoon)
      await yes(by)
    }
    const [match] = await open(POINT)
    const { id } = (await s.must(POINT, 'POST', '/coordinatiecasussen', { match: match?.id })).body
    await told(move(persoon.bsn))
    expect(await open(POINT)).to.eql([])
    expect((await open(OTHER_POINT)).map(({ gemeente }) => gemeente)).to.eql(['0984'])
    expect((await s.must(OTHER_POINT, 'GET', `/coordinatiecasussen/${id}`)).body.gemeente).to.equal('0984')
    expect((await test.ask(POINT, 'GET', `/coordinatiecasussen/${id}`)).status).to.equal(404)
    expect(await types(POINT)).to.include.members(['match.gesloten', 'casus.verhuisd'])
    expect(await types(OTHER_POINT)).to.include.members(['match.geopend', 'casus.verhuisd'])
    for (const by of ['mee', 'rubicon']) expect(await types(by), by).to.include.members(['persoon.verhuisd', 'casus.verhuisd'])
    expect((await open('mee'))[0]).to.include({ gemeente: '0984' })
  })

  it('a move outlives newer versions and other registrations, until an organisation itself says otherwise', async () => {
    const persoon = child()
    await register('mee', persoon)
    await told(move(persoon.bsn))
    await register('rubicon', persoon)
    await register('mee', persoon, { versie: 2 })
    for (const by of ['mee', 'rubicon']) await yes(by)
    expect((await open(OTHER_POINT)).length).to.equal(1)
    expect(await open(POINT)).to.eql([])
    await told(move(persoon.bsn, { Gemeente: '1894', Datum: '01-02-2026' }))
    expect(await open(POINT), 'an older move').to.eql([])
    await register('mee', { ...persoon, gemeente: '0984' }, { versie: 3 })
    await told(move(persoon.bsn, { Gemeente: '1894', Datum: '21-11-2026' }))
    expect((await open(POINT)).length).to.equal(1)
  })

  it('the sender gets the same answer for whom nobody knows, and of them nothing stays', async () => {
    const persoon = child()
    await register('mee', persoon)
    const strip = ({ status, body }: Awaited<ReturnType<typeof send>>) =>
      JSON.stringify([status, body.resultaten]).replace(/[bl]_\w{26}|G-\d+/g, '')
    const [known, unknown] = [await send(move(persoon.bsn)), await send(move(aBsn(9999)))]
    expect(strip(known)).to.equal(strip(unknown))
    await test.untilProcessed()
    const store = test.hub.store
    expect(await store.read((tx) => tx.lifeEvents.oldest(10))).to.eql([])
    expect(await store.read((tx) => tx.registrations.count())).to.equal(1)
    expect((await test.ask('gemeente-1894', 'GET', '/registraties')).status).to.equal(403)
  })

  it('acts once on a message that comes twice, and refuses its number for another event', async () => {
    const persoon = child()
    await register('mee', persoon)
    await told(move(persoon.bsn, { Berichtnummer: 'X' }))
    expect((await send(move(persoon.bsn, { Berichtnummer: 'X' }))).body.resultaten[0]).to.include({ status: 200 })
    expect((await send(move(persoon.bsn, { Berichtnummer: 'X', Gemeente: '1894' }))).body.resultaten[0]).to.include({
      status: 409,
    })
    await test.untilProcessed()
    expect((await types('mee')).filter((type) => type === 'persoon.verhuisd').length).to.equal(1)
  })

  it('a death ends what was told and destroys by the policy; another child with the same number is left alone', async () => {
    const persoon = child()
    for (const by of ['mee', 'rubicon']) {
      await register(by, persoon)
      await yes(by)
    }
    await register('vorkmeer', { ...persoon, geboortedatum: '2015-01-09', voornamen: 'Ander' })
    await told({ Gebeurtenis: 'overlijden', BSN: persoon.bsn, Geboortedatum: '06-05-2018' })
    for (const by of ['mee', 'rubicon']) {
      expect(await types(by), by).to.include.members(['persoon.overleden', 'match.gesloten'])
      expect(await open(by)).to.eql([])
      expect((await test.ask(by, 'GET', `/registraties/${s.idOf(by, 'd')}`)).status).to.equal(404)
    }
    expect(await types(POINT)).to.include('match.gesloten')
    expect((await test.ask('vorkmeer', 'GET', `/registraties/${s.idOf('vorkmeer', 'd')}`)).status).to.equal(200)
    expect(await types('vorkmeer')).not.to.include('persoon.overleden')
  })

  it('who registered without the number learns nothing, nor who is told of no other: somebody else has it', async () => {
    const persoon = { ...child(), voornamen: 'Noor', geslachtsnaam: 'Berg', adres: { postcode: '5981AB', huisnummer: 12 } }
    const { bsn: _, ...numberless } = persoon
    await register('mee', persoon)
    for (const by of ['school', 'rubicon']) {
      await register(by, numberless)
      await yes(by)
    }
    const rows = await test.hub.store.read((tx) => tx.registrations.listAll(0, 10))
    expect(new Set(rows.map(({ person }) => person)).size, 'one person').to.equal(1)
    const all = async () => ({ of: await seen('school'), point: await open(POINT), types: await types('school') })
    const before = await all()
    expect(before.point.length).to.equal(1)
    await told({ ...move(persoon.bsn), Gebeurtenis: 'ouders', ...parent(1, MOTHER) })
    await told(move(persoon.bsn))
    await told({ Gebeurtenis: 'overlijden', BSN: persoon.bsn, Geboortedatum: '06-05-2018' }, 'gemeente-0984')
    expect(await all()).to.eql(before)
    expect(await types(OTHER_POINT)).to.eql([])
    expect(await types('mee')).to.include.members(['persoon.verhuisd', 'persoon.overleden'])
  })

  const seen = async (by: string) => (await s.must(by, 'GET', `/registraties/${s.idOf(by, 'd')}`)).text
  const parent = (nr: number, { voornamen, geslachtsnaam, geboortedatum }: typeof MOTHER) => ({
    [`Ouder${nr}_voornamen`]: voornamen,
    [`Ouder${nr}_achternaam`]: geslachtsnaam,
    [`Ouder${nr}_geboortedatum`]: geboortedatum,
  })
  const birth = (rest: object = {}): Event => ({ Gebeurtenis: 'geboorte', BSN: aBsn(++number), ...parent(1, MOTHER), ...rest })

  it('a birth turns the expected date into a birth date, under the same id, found through the mother', async () => {
    const expected = { geslachtsnaam: 'Berg', gemeente: '1894', verwachteGeboortedatum: '2026-12-01' }
    for (const by of ['mee', 'rubicon']) {
      await register(by, expected)
      await yes(by)
    }
    await register('vorkmeer', expected, { gezagsdragers: [{ ...GUARDIAN[0], voornamen: 'Anja', geslachtsnaam: 'Vos' }] })
    await told(birth())
    for (const by of ['mee', 'rubicon']) {
      expect((await s.must(by, 'GET', `/registraties/${s.idOf(by, 'd')}`)).body.persoon, by)
        .to.include({ geboortedatum: '2026-11-20' })
        .and.not.have.property('verwachteGeboortedatum')
      expect(await types(by)).to.include('persoon.geboren')
    }
    expect((await s.must('vorkmeer', 'GET', `/registraties/${s.idOf('vorkmeer', 'd')}`)).body.persoon).to.include({
      verwachteGeboortedatum: '2026-12-01',
    })
    await register('mee', expected, { versie: 2 })
    expect((await s.must('mee', 'GET', `/registraties/${s.idOf('mee', 'd')}`)).body.persoon).to.include({
      geboortedatum: '2026-11-20',
    })
  })

  it('a birth finds the household of a mother who is registered with her number, with the same organisation only', async () => {
    const mother = aBsn(++number)
    const gezin = { kenmerk: 'G-88' }
    const expected = { geslachtsnaam: 'Berg', gemeente: '1894', verwachteGeboortedatum: '2026-12-01' }
    await s.register({ by: 'mee', kenmerk: 'moeder', persoon: { bsn: mother, gemeente: '1894', rolInGezin: 'ouder' }, gezin })
    for (const by of ['mee', 'rubicon']) await register(by, expected, { gezagsdragers: [], gezin })
    await told(birth({ Ouder1_BSN: mother }))
    expect(await types('mee')).to.include('persoon.geboren')
    expect(await types('rubicon')).not.to.include('persoon.geboren')
  })

  it('of twins that were expected the organisation hears, and judges itself', async () => {
    const expected = { geslachtsnaam: 'Berg', gemeente: '1894', verwachteGeboortedatum: '2026-12-01' }
    await register('mee', expected)
    await s.register({ by: 'mee', kenmerk: 'tweede', persoon: expected, gezagsdragers: GUARDIAN })
    await told(birth())
    expect((await types('mee')).filter((type) => type === 'persoon.geboren').length).to.equal(2)
    for (const kenmerk of ['d', 'tweede'])
      expect((await s.must('mee', 'GET', `/registraties/${s.idOf('mee', kenmerk)}`)).body.persoon).to.include({
        verwachteGeboortedatum: '2026-12-01',
      })
  })

  it('parents tie a family that no registration names, and give nobody a say', async () => {
    const persoon = child()
    await register('mee', persoon, { gezagsdragers: [{ kenmerk: 'o1', relatie: 'voogd', gezag: 'ja', geslachtsnaam: 'Vos' }] })
    await s.register({ by: 'rubicon', kenmerk: 'd', persoon: { ...MOTHER, gemeente: '1894', rolInGezin: 'ouder' } })
    await s.consent('rubicon', 'd', { gever: 'jeugdige' })
    await yes('mee')
    expect(await open('mee')).to.eql([])
    await told({ Gebeurtenis: 'ouders', BSN: persoon.bsn, Geboortedatum: '06-05-2018', ...parent(1, MOTHER) })
    expect((await open('mee')).map(({ soort }) => soort)).to.eql(['gezin'])
    expect((await s.must('mee', 'GET', `/registraties/${s.idOf('mee', 'd')}`)).body.gezagsdragers.length).to.equal(1)
    await register('mee', persoon, { versie: 2, gezagsdragers: [] })
    await told(move(persoon.bsn))
  })

  it('a municipality tells of its own inhabitants and of who comes to live there, and of nobody else', async () => {
    const persoon = child()
    await register('mee', persoon)
    await told({ Gebeurtenis: 'overlijden', BSN: persoon.bsn, Geboortedatum: '06-05-2018' }, 'gemeente-0984')
    expect((await test.ask('mee', 'GET', `/registraties/${s.idOf('mee', 'd')}`)).status).to.equal(200)
    await told(move(persoon.bsn), 'gemeente-0984')
    expect(await types('mee')).to.include('persoon.verhuisd')
    await told({ Gebeurtenis: 'overlijden', BSN: persoon.bsn, Geboortedatum: '06-05-2018' })
    expect((await test.ask('mee', 'GET', `/registraties/${s.idOf('mee', 'd')}`)).status).to.equal(200)
  })

  it('taken again, as after a crash, an event does nothing twice', async () => {
    const persoon = child()
    await register('mee', persoon)
    const teller = { client: 'gemeente-1894', subject: 'gemeente-1894', organisation: 'gemeente-1894', role: 'organisatie' }
    const by = { ...teller, municipalities: ['1894', '0984'], traceId: 'a'.repeat(32), origin: 'bestand' }
    const base = { datum: '2026-11-20', bsn: persoon.bsn, geboortedatum: '2018-05-06', ouders: [MOTHER] }
    for (const rest of [{ soort: 'verhuizing', gemeente: '0984' }, { soort: 'ouders' }, { soort: 'overlijden' }])
      for (const time of [1, 2]) {
        const id = `b_${rest.soort}${time}`
        const sealed = test.hub.keys.vault.seal(JSON.stringify({ event: { ...base, ...rest }, teller: by }), id)
        await test.hub.store.write((tx) => tx.lifeEvents.insert([{ id, client: 'gemeente-1894', sealed }]))
        test.hub.linking.ring()
        await test.untilProcessed()
      }
    expect((await types('mee')).filter((type) => type.startsWith('persoon.'))).to.eql(['persoon.verhuisd', 'persoon.overleden'])
    expect(await test.hub.store.read((tx) => tx.registrations.count())).to.equal(0)
    expect(await test.hub.store.read((tx) => tx.imports.listQuarantine('', 10))).to.eql([])
  })

  it('only who has the adapter may tell, every act has its line with its ground, and no line has a number', async () => {
    const persoon = child()
    await register('mee', persoon)
    expect((await send(move(persoon.bsn), 'mee')).status).to.equal(400)
    await told(move(persoon.bsn))
    const body = { organisatie: 'gemeente-1894' }
    const { logregels } = (await s.must('privacy-functionaris', 'POST', '/logregels/_zoek', body)).body
    const acts = logregels.filter(({ grond }: { grond: { regel: string } | null }) => grond?.regel === 'brp-verhuizing')
    expect(acts.map(({ actie, uitkomst }: Record<string, string>) => `${actie} ${uitkomst}`)).to.eql(['wijzigen toegestaan'])
    expect(JSON.stringify(logregels)).not.to.include(persoon.bsn)
  })

  it('shows the person concerned that the register told of a residence and of parents', async () => {
    const persoon = child()
    await register('mee', persoon)
    await told(move(persoon.bsn))
    await told({ Gebeurtenis: 'ouders', BSN: persoon.bsn, Geboortedatum: '06-05-2018', ...parent(1, MOTHER) }, 'gemeente-0984')
    const asked = { bsn: persoon.bsn, reden: 'inzageverzoek' }
    const found = (await s.must('privacy-functionaris', 'POST', '/personen/_zoek', asked)).body
    const { body } = await s.must('privacy-functionaris', 'GET', `/personen/${found.persoon}/overzicht`)
    expect(body.registraties[0].watBewaardWordt).to.include.members([
      'in welke gemeente u woont volgens de BRP',
      'wie uw ouders zijn volgens de BRP',
    ])
  })

  it('keeps nothing of whom a refused row is about', async () => {
    const answer = await send({ Gebeurtenis: 'verhuizing', BSN: aBsn(++number), Geboortedatum: '06-05-2018', Gemeente: 'Venray' })
    expect(answer.body.resultaten[0].fouten.map(({ pointer }: { pointer: string }) => pointer)).to.eql(['Gemeente'])
    const [kept] = await test.hub.store.read((tx) => tx.imports.listQuarantine('', 10))
    const opened = test.hub.keys.vault.unseal(kept!.sealed, kept!.id)
    expect(opened).to.include('verhuizing').and.not.include(aBsn(number))
  })
})
