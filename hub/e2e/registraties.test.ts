import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('registrations over HTTP', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  it('answers a new one with 201 and the same again with 200 and the same bytes', async () => {
    const body = aRegistration({ persoon: { bsn: aBsn(1) } })
    const first = await test.ask('mee', 'POST', '/registraties', { body })
    const again = await test.ask('mee', 'POST', '/registraties', { body })
    expect(first.status).to.equal(201)
    expect(first.headers.get('location')).to.equal(`/v1/registraties/${first.body.id}`)
    expect(first.body).to.include({ bronbericht: body.bronbericht, versie: 1, status: 'ontvangen' })
    expect(again.status).to.equal(200)
    expect(again.text).to.equal(first.text)
  })
})
