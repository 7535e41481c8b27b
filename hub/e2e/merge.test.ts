import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

const NAME = { voornamen: 'Noor Fleur', geslachtsnaam: 'Zandstra', geboortedatum: '2013-04-01', geslacht: 'vrouw' }
const HOME = { postcode: '5981AB', huisnummer: 12 }

describe('persons that turn out to be one', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub()
  })
  after(() => test.stop())

  it('in one batch: each pseudonym stands for the same person afterwards', async () => {
    const row = (bronbericht: string, persoon: object) => aRegistration({ bronbericht, kenmerk: bronbericht, persoon })
    const registraties = [
      row('number', { bsn: aBsn(7), voornamen: null, geslachtsnaam: null, geboortedatum: null }),
      row('name', { bsn: null, ...NAME, adres: HOME }),
      row('both', { bsn: aBsn(7), ...NAME, adres: HOME }),
    ]
    const answer = await test.ask('mee', 'POST', '/registraties/_batch', { body: { registraties } })
    expect(answer.status).to.equal(200)
    await test.untilProcessed()
    const rows = await test.hub.store.read((tx) => tx.registrations.listAll(0, 10))
    expect(new Set(rows.map((each) => each.person)).size).to.equal(1)
    const aliases = await test.hub.store.read((tx) => tx.linking.aliases([rows[0]?.person as string]))
    expect(aliases).to.have.length(2)
    const other = aliases.find((alias) => alias !== rows[0]?.person) as string
    expect(await test.hub.store.read((tx) => tx.linking.aliases([other]))).to.have.members(aliases)
  })
})
