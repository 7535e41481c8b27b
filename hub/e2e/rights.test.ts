import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { storeContent } from '../edges/store/testing/store-content.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>

const MOTHER = { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Zwaluwstaart' }
const FATHER = { kenmerk: 'o2', relatie: 'ouder', gezag: 'nee' }
const OFFICER = 'privacy-functionaris'

describe('the rights of those concerned', function () {
  this.timeout(30_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const both = async (geboortedatum = '2019-05-06') => {
    const persoon = { bsn: aBsn(7), geboortedatum, geslachtsnaam: 'Boterbloem', adres: { postcode: '5981AB', huisnummer: 12 } }
    for (const by of ['mee', 'rubicon']) {
      await s.register({ by, kenmerk: by, persoon, gezagsdragers: [MOTHER, FATHER] })
      await s.consent(by, by, { gever: 'o1' })
      await s.consent(by, by, { gever: 'jeugdige' })
    }
  }
  const status = async (by: string, path: string) => (await test.ask(by, 'GET', path)).status
  const moveTo = (instant: string) => {
    const shift = Date.parse(instant) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
  }
  const post = (by: string, path: string, body: object) => test.ask(by, 'POST', path, { body })

  it('objection: freezes at once, is advised on, and destroys or unfreezes by decision', async () => {
    await both()
    const id = s.idOf('rubicon', 'rubicon')
    const [match] = await s.matches('mee')
    const { next } = await s.events('mee')
    const made = await s.must(OFFICER, 'POST', '/verzoeken', {
      registratie: id,
      soort: 'bezwaar',
      door: ['o1'],
      toelichting: 'Nee.',
    })
    expect(await status('mee', `/matches/${match?.id}`)).to.equal(404)
    expect((await s.events('mee', next)).types).to.deep.equal(['match.ingetrokken'])
    expect((await s.events('rubicon')).types).to.include('verzoek.ontvangen')
    expect(await s.matches('rubicon', '?status=open')).to.deep.equal([])
    expect(await s.matches('coordinatiepunt', '?status=open')).to.deep.equal([])
    const path = `/verzoeken/${made.body.id}`
    expect((await post('mee', `${path}/adviezen`, { advies: 'ongegrond' })).status).to.equal(404)
    await s.must('rubicon', 'POST', `${path}/adviezen`, { advies: 'ongegrond', toelichting: 'Hulp loopt.' })
    const [seen] = (await s.must('rubicon', 'GET', `/registraties/${id}/verzoeken`)).body.verzoeken
    expect(seen).to.include({ stand: 'geadviseerd', uiterlijk: '2026-12-22', soort: 'bezwaar' })
    await s.must(OFFICER, 'POST', `${path}/besluiten`, { besluit: 'ongegrond' })
    expect((await post(OFFICER, `${path}/besluiten`, { besluit: 'gegrond' })).status).to.equal(409)
    expect(await s.matches('mee', '?status=open')).to.have.length(1)
    const again = await s.must(OFFICER, 'POST', '/verzoeken', { registratie: id, soort: 'bezwaar', door: ['o1'] })
    await s.must(OFFICER, 'POST', `/verzoeken/${again.body.id}/besluiten`, { besluit: 'gegrond' })
    expect(await status('rubicon', `/registraties/${id}`)).to.equal(404)
    expect(await s.matches('mee', '?status=open')).to.deep.equal([])
    expect((await test.hub.accessLog.verify()).heel).to.equal(true)
  })

  it('who may ask: a guardian below 12, both from 12, the young person from 16; a parent without custody only for information', async () => {
    for (const [birth, door, soort, expected] of [
      ['2019-05-06', ['o1'], 'bezwaar', 201],
      ['2019-05-06', ['jeugdige'], 'bezwaar', 400],
      ['2019-05-06', ['o2'], 'bezwaar', 400],
      ['2019-05-06', ['o2'], 'informatie', 201],
      ['2013-05-06', ['jeugdige'], 'correctie', 400],
      ['2013-05-06', ['jeugdige', 'o1'], 'correctie', 201],
      ['2009-05-06', ['o1'], 'inzage', 400],
      ['2009-05-06', ['jeugdige'], 'inzage', 201],
    ] as const) {
      const kenmerk = `${birth}-${door.join()}-${soort}`
      const registratie = await s.register({
        by: 'mee',
        kenmerk,
        persoon: { geslachtsnaam: 'X', geboortedatum: birth },
        gezagsdragers: [MOTHER, FATHER],
      })
      expect((await post(OFFICER, '/verzoeken', { registratie, soort, door })).status, kenmerk).to.equal(expected)
    }
    const { verzoeken } = (await s.must(OFFICER, 'GET', '/verzoeken?stand=ontvangen&limiet=3')).body
    expect(verzoeken).to.have.length(3)
  })

  it('a decision not to share goes before every yes, until it is withdrawn', async () => {
    await both()
    const registratie = s.idOf('rubicon', 'rubicon')
    const made = await s.must('rubicon', 'POST', '/deelbesluiten', { registratie, ontvangers: ['mee'], toelichting: 'Bekende.' })
    expect(await s.matches('mee', '?status=open')).to.deep.equal([])
    expect((await s.events('mee')).types.at(-1)).to.equal('match.ingetrokken')
    expect(await s.matches('coordinatiepunt', '?status=open')).to.have.length(1)
    expect((await post('mee', `/deelbesluiten/${made.body.id}/intrekkingen`, {})).status).to.equal(404)
    await s.must('rubicon', 'POST', `/deelbesluiten/${made.body.id}/intrekkingen`, {})
    expect(await s.matches('mee', '?status=open')).to.have.length(1)
    expect((await post('rubicon', '/deelbesluiten', { registratie, ontvangers: ['niemand'], toelichting: 'x' })).status).to.equal(
      400,
    )
  })

  it('an override’s explanation is read by the privacy officer and nobody else', async () => {
    await both()
    await s.must('rubicon', 'POST', '/doorbrekingen', {
      registratie: s.idOf('rubicon', 'rubicon'),
      ontvangers: ['vorkmeer'],
      reden: 'veiligheid',
      toelichting: 'Blauwe plekken',
    })
    const { doorbrekingen } = (await s.must(OFFICER, 'GET', '/doorbrekingen?getoetst=false')).body
    expect(doorbrekingen[0]).to.include({ toelichting: 'Blauwe plekken', organisatie: 'rubicon', toetsing: null })
    for (const by of ['mee', 'rubicon', 'coordinatiepunt', 'beheer']) {
      expect(await status(by, '/doorbrekingen'), by).to.equal(403)
      for (const path of ['/registraties', '/matches', '/gebeurtenissen', '/cijfers', '/meldingen'])
        expect((await test.ask(by, 'GET', path)).text, `${by} ${path}`).not.to.include('Blauwe plekken')
    }
    await s.must(OFFICER, 'POST', `/doorbrekingen/${doorbrekingen[0].id}/toetsingen`, { oordeel: 'terecht' })
    expect((await s.must(OFFICER, 'GET', '/doorbrekingen?getoetst=false')).body.doorbrekingen).to.deep.equal([])
    const { toetsing } = (await s.must(OFFICER, 'GET', '/doorbrekingen?getoetst=true')).body.doorbrekingen[0]
    expect(toetsing).to.have.all.keys('oordeel', 'op')
    expect(toetsing.oordeel).to.equal('terecht')
  })

  it('so is what the reviewer said of it, and it is stored sealed', async () => {
    await both()
    const registratie = s.idOf('rubicon', 'rubicon')
    const override = { registratie, ontvangers: ['vorkmeer'], reden: 'veiligheid', toelichting: 'Blauwe plekken' }
    const ids = []
    for (const said of [{}, { toelichting: 'Gebeld met de wijkagent' }]) {
      const { id } = (await s.must('rubicon', 'POST', '/doorbrekingen', override)).body
      await s.must(OFFICER, 'POST', `/doorbrekingen/${id}/toetsingen`, { oordeel: 'onterecht', ...said })
      ids.push(id)
    }
    const { doorbrekingen } = (await s.must(OFFICER, 'GET', '/doorbrekingen?getoetst=true')).body
    const reviews = new Map<string, Json>(doorbrekingen.map(({ id, toetsing }: { id: string; toetsing: Json }) => [id, toetsing]))
    expect(doorbrekingen.map((each: Json) => each.toelichting)).to.deep.equal(['Blauwe plekken', 'Blauwe plekken'])
    expect(reviews.get(ids[0])).not.to.have.property('toelichting')
    expect(reviews.get(ids[1])).to.include({ oordeel: 'onterecht', toelichting: 'Gebeld met de wijkagent' })
    for (const by of ['mee', 'rubicon', 'coordinatiepunt', 'beheer', 'vorkmeer'])
      for (const path of ['/registraties', `/registraties/${registratie}`, '/matches', '/gebeurtenissen', '/doorbrekingen'])
        expect((await test.ask(by, 'GET', path)).text, `${by} ${path}`).not.to.include('wijkagent')
    for (const [table, content] of await storeContent(test)) expect(content.includes('wijkagent'), table).to.equal(false)
    for (const folder of [test.config.dataDir, test.config.stateDir].filter((each) => existsSync(each)))
      for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()))
        expect(readFileSync(join(name.parentPath, name.name)).includes('wijkagent'), name.name).to.equal(false)
  })

  it('informing: who, when, by whom, how; postponed until a date; late ones are listed and the organisation is reminded once', async () => {
    await test.stop()
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00', policy: 'venray' })
    s = scenarioOn(test)
    await both('2013-05-06')
    const id = s.idOf('mee', 'mee')
    const listed = async (query = '') =>
      ((await s.must(OFFICER, 'GET', `/informeringen${query}`)).body.informeringen as Json[])
        .filter((each) => each.registratie === id)
        .map(({ wie, stand, uiterlijk }) => `${wie} ${stand} ${uiterlijk}`)
    expect(await listed()).to.deep.equal(['jeugdige openstaand 2026-12-22', 'o1 openstaand 2026-12-22'])
    const path = `/registraties/${id}/informeringen`
    await s.must('mee', 'POST', path, { wie: 'o1', op: '2026-11-20', door: 'jeugdhulpverlener', hoe: 'mondeling' })
    await s.must('mee', 'POST', path, { wie: 'jeugdige', uitstel: { grond: 'veiligheid', herzienOp: '2027-01-15' } })
    for (const wrong of [
      { wie: 'o9', op: '2026-11-20' },
      { wie: 'o1', op: '2026-11-23' },
      { wie: 'o1', uitstel: { grond: 'veiligheid', herzienOp: '2026-11-22' } },
    ])
      expect((await post('mee', path, wrong)).status).to.equal(400)
    expect((await post('rubicon', path, { wie: 'o1', op: '2026-11-20' })).status).to.equal(404)
    expect(await listed()).to.deep.equal(['jeugdige uitgesteld 2027-01-15', 'o1 geinformeerd 2026-12-22'])
    const reminded = async () => (await s.events('mee')).types.filter((type) => type === 'informeren.verlopen').length
    moveTo('2027-01-15T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    expect(await reminded()).to.equal(0)
    for (const day of ['2027-01-16', '2027-01-17']) {
      moveTo(`${day}T12:00:00+01:00`)
      await sweep(test.hub, test.hub.clock.domain())
    }
    expect(await reminded()).to.equal(1)
    expect(await listed('?stand=verlopen')).to.deep.equal(['jeugdige verlopen 2027-01-15'])
    const own = (await s.must('mee', 'GET', `/registraties/${id}`)).body
    expect(own.informeren[0]).to.deep.equal({ wie: 'jeugdige', stand: 'verlopen', uiterlijk: '2027-01-15', grond: 'veiligheid' })
    expect(own.bewaren).to.deep.equal({ stand: 'actief', tot: '2028-11-22' })
  })

  it('the person’s own overview: what, by whom, who saw it and why, in plain Dutch, nothing of others', async () => {
    await both()
    const [match] = await s.matches('mee')
    await s.must('mee', 'GET', `/matches/${match?.id}`)
    const found = await s.must(OFFICER, 'POST', '/personen/_zoek', { bsn: aBsn(7), reden: 'inzageverzoek' })
    const path = `/personen/${found.body.pseudoniem ?? found.body.persoon}/overzicht`
    const { body } = await s.must(OFFICER, 'GET', path)
    expect(body.registraties.map((each: Json) => each.organisatie)).to.have.members(['Stichting MEE', 'Rubicon Jeugdzorg'])
    expect(
      body.gezienDoor.some((each: Json) => each.wat === 'bekeken' && String(each.grond).includes('toestemming gegeven')),
    ).to.equal(true)
    const html = await test.ask(OFFICER, 'GET', `${path}?vorm=html`)
    expect(html.headers.get('content-type')).to.include('text/html')
    for (const text of [JSON.stringify(body), html.text]) {
      expect(text).to.include('Rubicon Jeugdzorg')
      expect(text).not.to.match(/Zwaluwstaart|Petra|5981AB/)
      expect(text).not.to.include(aBsn(7))
    }
    expect(await status('mee', path)).to.equal(403)
    expect(await status(OFFICER, '/personen/p_00000000000000000000000000/overzicht')).to.equal(404)
  })
})
