import { expect } from 'chai'
import { operations } from '../../schemas/openapi.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('a request with an Idempotency-Key', () => {
  let test: TestHub
  let consent: Record<string, unknown>
  before(async () => {
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00' })
    const persoon = { bsn: aBsn(88), geslachtsnaam: 'Proef', geboortedatum: '2009-03-04' }
    const { body } = await test.ask('mee', 'POST', '/registraties', { body: aRegistration({ persoon }) })
    // Its linking is a line in the log too.
    await test.untilProcessed()
    consent = { registratie: body.id, over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
  })
  after(() => test.stop())

  const record = (key: string, body: object = consent, client = 'mee') =>
    test.ask(client, 'POST', '/toestemmingen', { body, headers: { 'idempotency-key': key } })
  const recorded = async () =>
    (await test.ask('mee', 'GET', `/registraties/${consent.registratie}/toestemmingen`)).body.toestemmingen.length

  it('is done once, however often it comes, and answers the same bytes with a line in the log', async () => {
    const before = await recorded()
    const first = await record('een')
    expect(first.status).to.equal(201)
    const size = await test.hub.accessLog.size()
    for (const key of ['een', '"een"']) {
      const again = await record(key)
      expect([again.status, again.text]).to.eql([201, first.text])
    }
    expect(await test.hub.accessLog.size()).to.equal(size + 2)
    expect(await recorded()).to.equal(before + 1)
    await record('twee')
    expect(await recorded()).to.equal(before + 2)
  })

  it('is done once when it comes many times at once', async () => {
    const before = await recorded()
    const answers = await Promise.all(Array.from({ length: 20 }, () => record('tegelijk')))
    for (const { status } of answers) expect(status).to.be.oneOf([201, 409])
    expect(answers.some(({ status }) => status === 201)).to.equal(true)
    expect(await recorded()).to.equal(before + 1)
  })

  it('is refused when the key was for something else, but another client has keys of its own', async () => {
    await record('drie')
    const other = await record('drie', { ...consent, antwoord: 'nee' })
    expect([other.status, other.body.type]).to.eql([409, 'urn:verwijsindex:fout:conflict'])
    expect((await record('drie', consent, 'rubicon')).status).to.equal(404)
  })

  it('may be tried again when it was refused', async () => {
    const unknown = { ...consent, registratie: 'r_00000000000000000000000000' }
    expect((await record('vier', unknown)).status).to.equal(404)
    expect((await record('vier')).status).to.equal(201)
  })

  it('is refused when its key is none', async () => {
    for (const key of ['met spatie', 'x'.repeat(101), '"', 'é']) {
      const { status, body } = await record(Buffer.from(key).toString('latin1'))
      expect([status, body.fouten[0].pointer], key).to.eql([400, '/Idempotency-Key'])
    }
  })

  it('gives the secret of a subscription again to who repeats its own request', async () => {
    const ask = {
      body: { url: 'https://ontvanger.example/', typen: ['nl.verwijsindex.match.geopend.v1'] },
      headers: { 'idempotency-key': 'a' },
    }
    const [first, second] = [
      await test.ask('mee', 'POST', '/abonnementen', ask),
      await test.ask('mee', 'POST', '/abonnementen', ask),
    ]
    expect(second.text).to.equal(first.text)
  })

  it('can be sent wherever a client has no message id, and survives a restart', async () => {
    const without = operations().filter(
      ({ method, success, operationId, parameters }) =>
        method === 'POST' &&
        success === 201 &&
        !['registratieAanmaken', 'registratieBeeindigen'].includes(operationId) &&
        !parameters.some(({ name }) => name === 'Idempotency-Key'),
    )
    expect(without.map(({ operationId }) => operationId)).to.eql([])
    const first = await record('vijf')
    await test.restart()
    expect((await record('vijf')).text).to.equal(first.text)
  })
})
