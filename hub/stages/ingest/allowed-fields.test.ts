import { expect } from 'chai'
import type { Registratie } from '../../../schemas/types.ts'
import { allowedFields } from './allowed-fields.ts'

const SENT = {
  bronbericht: 'b',
  kenmerk: 'k',
  versie: 1,
  signaleert: true,
  persoon: { bsn: '999900018', voornamen: 'Noor', adres: { postcode: '5981AB', huisnummer: 1 } },
  gezagsdragers: [{ kenmerk: 'o1', gezag: 'ja', voornamen: 'Petra' }],
  betrokkenheid: { status: 'actief', begindatum: '2026-10-01', kader: 'drang' },
  contact: { functie: 'consulent', telefoon: '0770000000' },
} as Registratie

describe('what the policy lets the hub keep', () => {
  it('is all of a named field, or the named parts of it, in lists too', () => {
    expect(allowedFields(SENT, ['persoon.bsn', 'persoon.adres.postcode', 'gezagsdragers.kenmerk', 'contact'])).to.deep.equal({
      bronbericht: 'b',
      kenmerk: 'k',
      versie: 1,
      persoon: { bsn: '999900018', adres: { postcode: '5981AB' } },
      gezagsdragers: [{ kenmerk: 'o1' }],
      betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
      contact: { functie: 'consulent', telefoon: '0770000000' },
    })
  })

  it('is never less than a registration, nor more than what was sent', () => {
    expect(allowedFields(SENT, [])).to.have.all.keys('bronbericht', 'kenmerk', 'versie', 'persoon', 'betrokkenheid', 'contact')
    expect(allowedFields(SENT, Object.keys(SENT))).to.deep.equal(SENT)
  })
})
