import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

const PARENTS = [
  { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
  { kenmerk: 'o2', relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Zandstra', geboortedatum: '1984-07-09' },
]

describe('matches, koppelvragen and figures over HTTP', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
  })
  after(() => test.stop())

  const register = async (client: string, persoon: object, gezagsdragers: object[] = []) =>
    (await test.ask(client, 'POST', '/registraties', { body: aRegistration({ persoon, gezagsdragers }) })).body.id as string

  /** A young person of sixteen at two organisations, who agrees with both. */
  async function matched(number: number): Promise<string> {
    for (const client of ['mee', 'rubicon']) {
      const registratie = await register(client, { bsn: aBsn(number), geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' })
      const body = { registratie, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
      await test.ask(client, 'POST', '/toestemmingen', { body })
    }
    await test.untilProcessed()
    return (await test.ask('mee', 'GET', '/matches?limiet=1000')).body.matches.at(-1).id
  }

  it('shows a match with the other side, the own references and a term', async () => {
    const id = await matched(1)
    const { body } = await test.ask('mee', 'GET', `/matches/${id}`)
    expect(body).to.include({ id, soort: 'persoon', status: 'open', gemeente: '1894' })
    expect(body.betrokkenen.map((party: { organisatie: { id: string } }) => party.organisatie.id)).to.eql(['rubicon'])
    expect(body.opvolging).to.include({ uiterlijk: '2026-11-29', contact: null, variant: null })
    const point = (await test.ask('coordinatiepunt', 'GET', '/matches')).body.matches[0]
    expect(point.betrokkenen.map((party: { organisatie: { id: string } }) => party.organisatie.id)).to.have.members([
      'mee',
      'rubicon',
    ])
    expect(point.eigenKenmerken).to.eql([])
  })

  it('records contact and variant, and lists the unfollowed apart', async () => {
    const id = await matched(2)
    const follow = (body: object, client = 'mee') => test.ask(client, 'POST', `/matches/${id}/opvolgingen`, { body })
    const isListed = async (query: string) =>
      (await test.ask('mee', 'GET', `/matches?${query}`)).body.matches.some((match: { id: string }) => match.id === id)
    expect((await follow({ soort: 'contact', gesproken: false })).status).to.equal(201)
    expect(await isListed('opgevolgd=false')).to.equal(true)
    expect((await follow({ soort: 'contact', gesproken: true, metOrganisaties: ['vorkmeer'] })).status).to.equal(400)
    expect((await follow({ soort: 'contact', gesproken: true, metOrganisaties: ['rubicon'], op: '2026-11-22' })).status).to.equal(
      201,
    )
    expect(await isListed('opgevolgd=true')).to.equal(true)
    expect(await isListed('opgevolgd=false')).to.equal(false)
    for (const body of [{ soort: 'variant', variant: 6 }, { soort: 'variant' }, { soort: 'contact', variant: 1 }, {}])
      expect((await follow(body)).status).to.equal(400)
    expect((await follow({ soort: 'contact', gesproken: true }, 'vorkmeer')).status).to.equal(404)
    for (const query of ['opgevolgd=ja', 'status=nieuw', 'opgevolgd=1'])
      expect((await test.ask('mee', 'GET', `/matches?${query}`)).status, query).to.equal(400)
    expect((await test.ask('mee', 'GET', '/matches?status=gesloten')).body).to.eql({ matches: [] })
  })

  it('asks about a doubtful link, takes an answer and another one, and counts persons by it', async () => {
    const twin = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: { postcode: '5981AB', huisnummer: 12 } }
    const registered = await register('mee', { ...twin, voornamen: 'Jasmijn' }, PARENTS)
    await register('rubicon', { ...twin, voornamen: 'J' }, PARENTS)
    await test.untilProcessed()
    const list = async (query = '') => (await test.ask('beheer', 'GET', `/koppelvragen${query}`)).body.koppelvragen
    const [question] = await list('?status=open')
    const answer = (antwoord: string) =>
      test.ask('beheer', 'POST', `/koppelvragen/${question.id}/antwoorden`, { body: { antwoord } })
    const persons = async () =>
      (
        await test.ask('privacy-functionaris', 'POST', '/personen/_zoek', {
          body: { reden: 'toets', ...twin, adres: undefined, voornamen: 'Jasmijn' },
        })
      ).body.persoon
    expect(question.overTermijn).to.equal(false)
    expect(question.bewijs.velden.find(({ veld }: { veld: string }) => veld === 'voornamen')).to.include({ niveau: 'voorletter' })
    expect(question.bewijs.totaal).to.be.greaterThan(question.bewijs.drempels.koppelvraag)
    const before = await persons()
    for (const [antwoord, status] of [
      ['dezelfde', 'beantwoord'],
      ['verschillend', 'beantwoord'],
      ['weet-niet', 'open'],
      ['dezelfde', 'beantwoord'],
    ] as const) {
      expect((await answer(antwoord)).status).to.equal(201)
      expect((await list())[0]).to.include({ id: question.id, status, antwoord })
      expect((await list('?status=open')).length).to.equal(status === 'open' ? 1 : 0)
    }
    expect(await persons()).to.equal(before)
    expect((await answer('misschien')).status).to.equal(400)
    expect(
      (await test.ask('beheer', 'POST', '/koppelvragen/k_1/antwoorden', { body: { antwoord: 'dezelfde' } })).status,
    ).to.equal(404)
    expect((await test.ask('mee', 'GET', `/registraties/${registered}`)).body.status).to.equal('verwerkt')
  })

  it('tells how many matches are sealed to the privacy officer only, and names the engines to the administrator', async () => {
    const figures = async (client: string) => (await test.ask(client, 'GET', '/cijfers')).body
    expect((await figures('privacy-functionaris')).matches).to.include.keys('open', 'verzegeld')
    for (const client of ['coordinatiepunt', 'beheer'])
      expect((await figures(client)).matches)
        .to.include.keys('zichtbaar')
        .and.not.include.keys('open', 'verzegeld')
    const { body } = await test.ask('beheer', 'GET', '/status')
    expect(body).to.include({ versie: '1.0.0', demo: true })
    expect(body.poorten.map((port: { motor: string }) => port.motor)).to.include(test.engine)
  })
})
