import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('lists and their pages', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  const register = async (client: string, body = aRegistration()) =>
    (await test.ask(client, 'POST', '/registraties', { body })).body.id as string

  /** Walks a list page by page; between two pages `between` happens. */
  async function walk(
    client: string,
    path: string,
    name: string,
    limit: number,
    between: () => Promise<unknown> = async () => {},
  ) {
    const found: { id: string }[] = []
    let cursor = ''
    do {
      const { body } = await test.ask(client, 'GET', `${path}?limiet=${limit}&cursor=${encodeURIComponent(cursor)}`)
      expect(body[name]).to.have.length.at.most(limit)
      if (body.volgende !== undefined) expect(body[name]).to.have.length(limit)
      found.push(...body[name])
      cursor = body.volgende ?? ''
      await between()
    } while (cursor)
    return found.map((each) => each.id)
  }

  it('gives every registration once, in a fixed order, while others are added', async () => {
    const ids = []
    for (let i = 0; i < 7; i++) ids.push(await register('mee'))
    let added = 0
    const seen = await walk('mee', '/registraties', 'registraties', 2, async () => {
      if (added++ < 3) ids.push(await register('mee'))
      await register('rubicon')
    })
    expect(seen).to.eql(ids)
    expect(await walk('mee', '/registraties', 'registraties', 1000)).to.eql(ids)
  })

  it('starts at the start for an empty or absent cursor, and keeps cursors valid', async () => {
    const all = await test.ask('mee', 'GET', '/registraties?limiet=3')
    expect((await test.ask('mee', 'GET', '/registraties?limiet=3&cursor=')).text).to.equal(all.text)
    const next = () => test.ask('mee', 'GET', `/registraties?limiet=3&cursor=${all.body.volgende}`)
    const second = await next()
    await test.untilProcessed()
    await test.restart()
    expect((await next()).body.registraties.map((row: { id: string }) => row.id)).to.eql(
      second.body.registraties.map((row: { id: string }) => row.id),
    )
  })

  it('filters by state', async () => {
    await test.untilProcessed()
    expect((await test.ask('mee', 'GET', '/registraties?status=ontvangen')).body.registraties).to.eql([])
    const done = await test.ask('mee', 'GET', '/registraties?status=verwerkt&limiet=1000')
    expect(done.body.registraties).to.have.length(10)
    expect((await test.ask('mee', 'GET', '/registraties?status=onzin')).status).to.equal(400)
  })

  it('pages through consents, requests, subscriptions and the quarantine too', async () => {
    const gezagsdragers = [{ kenmerk: 'o1', gezag: 'ja' }]
    const registratie = await register('mee', aRegistration({ gezagsdragers }))
    const other = await register('rubicon')
    const made = { toestemmingen: [] as string[], meldingen: [] as string[], abonnementen: [] as string[] }
    for (let i = 0; i < 5; i++) {
      const consent = { registratie, over: 'jeugdige', gever: 'o1', antwoord: 'ja', vorm: 'schriftelijk' }
      const request = { registratie: await register('mee'), reden: 'coordinatie-nodig' }
      made.toestemmingen.push((await test.ask('mee', 'POST', '/toestemmingen', { body: consent })).body.id)
      made.meldingen.push((await test.ask('mee', 'POST', '/meldingen', { body: request })).body.id)
      const url = `http://127.0.0.1:9/${i}`
      made.abonnementen.push((await test.ask('mee', 'POST', '/abonnementen', { body: { url } })).body.id)
      await test.ask('mee', 'POST', '/registraties', { body: {} })
    }
    expect(await walk('mee', `/registraties/${registratie}/toestemmingen`, 'toestemmingen', 2)).to.eql(made.toestemmingen)
    expect(await walk('mee', '/meldingen', 'meldingen', 2)).to.eql(made.meldingen)
    expect(await walk('coordinatiepunt', '/meldingen', 'meldingen', 3)).to.eql(made.meldingen)
    expect(await walk('mee', '/abonnementen', 'abonnementen', 2)).to.eql(made.abonnementen)
    expect(await walk('beheer', '/quarantaine', 'quarantaine', 2)).to.have.length(5)
    expect(await walk('rubicon', '/meldingen', 'meldingen', 2)).to.eql([])
    expect((await test.ask('mee', 'GET', '/meldingen?status=afgewezen')).body).to.eql({ meldingen: [] })
    expect((await test.ask('rubicon', 'GET', `/registraties/${other}/toestemmingen`)).body).to.eql({ toestemmingen: [] })
    expect((await test.ask('mee', 'GET', '/coordinatiecasussen')).body).to.eql({ coordinatiecasussen: [] })
  })

  it('tells a request to the coördinatiepunt, which fetches it where its event says', async () => {
    const registratie = await register('mee')
    const { id } = (
      await test.ask('mee', 'POST', '/meldingen', { body: { registratie, reden: 'afspraak-niet-nagekomen', urgentie: 'hoog' } })
    ).body
    const { gebeurtenissen } = (await test.ask('coordinatiepunt', 'GET', '/gebeurtenissen?limiet=1000')).body
    const event = gebeurtenissen.at(-1)
    expect(event.type).to.equal('nl.verwijsindex.melding.ontvangen.v1')
    expect(event.dataref).to.equal(`/v1/meldingen/${id}`)
    const fetched = await test.ask('coordinatiepunt', 'GET', event.dataref.replace('/v1', ''))
    expect(fetched.body).to.include({ id, urgentie: 'hoog', reden: 'afspraak-niet-nagekomen' })
    expect(fetched.body.organisatie.id).to.equal('mee')
    expect(fetched.body).not.to.have.property('registratie')
    expect((await test.ask('mee', 'GET', `/meldingen/${id}`)).body).to.include({ registratie })
  })

  it('ends a subscription once, for its own organisation only', async () => {
    const made = await test.ask('mee', 'POST', '/abonnementen', {
      body: { url: 'http://127.0.0.1:9/x', typen: ['nl.verwijsindex.match.geopend.v1'] },
    })
    expect(made.body.geheim).to.match(/^whsec_/)
    const path = `/abonnementen/${made.body.id}`
    expect((await test.ask('rubicon', 'DELETE', path)).status).to.equal(404)
    const list = await test.ask('mee', 'GET', '/abonnementen')
    expect(list.text).not.to.include(made.body.geheim)
    expect((await test.ask('mee', 'DELETE', path)).status).to.equal(204)
    expect((await test.ask('mee', 'GET', '/abonnementen')).text).not.to.include(made.body.id)
    expect((await test.ask('mee', 'DELETE', path)).status).to.equal(404)
    for (const url of ['ftp://x.example/', 'http://a:b@x.example/', 'onzin', 'javascript:alert(1)'])
      expect((await test.ask('mee', 'POST', '/abonnementen', { body: { url } })).status, url).to.equal(400)
  })

  it('says of a registration nothing that depends on whether a match exists', async () => {
    const bsn = aBsn(500)
    const same = { persoon: { bsn, geslachtsnaam: 'Alleen', geboortedatum: '2013-01-01' } }
    const alone = await register('mee', aRegistration(same))
    await test.untilProcessed()
    const before = await test.ask('mee', 'GET', `/registraties/${alone}`)
    await register('rubicon', aRegistration(same))
    await test.untilProcessed()
    expect((await test.ask('mee', 'GET', `/registraties/${alone}`)).text).to.equal(before.text)
  })

  it('goes on after a registration that is gone meanwhile', async () => {
    const { body } = await test.ask('mee', 'GET', '/registraties?limiet=1000')
    const ids = body.registraties.map((row: { id: string }) => row.id) as string[]
    const cursor = (await test.ask('mee', 'GET', '/registraties?limiet=4')).body.volgende
    const own = await test.hub.store.read((tx) => tx.registrations.byIds(ids.slice(3, 4)))
    await test.hub.store.write((tx) =>
      tx.registrations.erase(
        own.map(({ seq }) => seq),
        '2026-11-22',
      ),
    )
    const rest = await test.ask('mee', 'GET', `/registraties?limiet=1000&cursor=${cursor}`)
    expect(rest.body.registraties.map((row: { id: string }) => row.id)).to.eql(ids.slice(4))
  })

  it('tells by no cursor how much others sent', async () => {
    for (let size = 1; size <= 8; size++) {
      const { volgende } = (await test.ask('mee', 'GET', `/registraties?limiet=${size}`)).body
      expect(Buffer.from(volgende, 'base64url').toString()).to.match(/^\["r_\w{26}"\]$/)
    }
  })
})
