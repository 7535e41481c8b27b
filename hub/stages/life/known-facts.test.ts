import { expect } from 'chai'
import type { Registratie } from '../../../schemas/types.ts'
import { withFacts } from './known-facts.ts'

const REGISTRATION: Registratie = {
  bronbericht: 'B-1',
  kenmerk: 'd',
  versie: 1,
  persoon: { geslachtsnaam: 'Berg', verwachteGeboortedatum: '2026-12-01' },
  betrokkenheid: { status: 'actief', begindatum: '2026-10-01' },
  contact: { functie: 'werker' },
}

describe('what the register told beside a version', () => {
  it('fills a birth date in for an expected one, and for nothing that an organisation says itself', () => {
    expect(withFacts(REGISTRATION, { geboortedatum: '2026-11-20' }, false).persoon).to.eql({
      geslachtsnaam: 'Berg',
      geboortedatum: '2026-11-20',
    })
    const own = { ...REGISTRATION, persoon: { geslachtsnaam: 'Berg', geboortedatum: '2026-11-21' } }
    expect(withFacts(own, { geboortedatum: '2026-11-20' }, false)).to.eql(own)
  })

  it('ends an involvement on the day of death, unless it ended before', () => {
    const involvement = (einddatum?: string) =>
      withFacts(
        { ...REGISTRATION, betrokkenheid: { ...REGISTRATION.betrokkenheid, ...(einddatum ? { einddatum } : {}) } },
        { overleden: '2026-11-20' },
        true,
      ).betrokkenheid
    expect(involvement()).to.include({ status: 'afgesloten', einddatum: '2026-11-20', afsluitreden: 'overleden' })
    expect(involvement('2026-11-01')).to.include({ einddatum: '2026-11-01', afsluitreden: 'overleden' })
    expect(involvement('2027-11-01')).to.include({ einddatum: '2026-11-20' })
  })

  it('believes an organisation that registers the person anew as alive', () => {
    expect(withFacts(REGISTRATION, { overleden: '2026-11-20' }, false)).to.eql(REGISTRATION)
  })

  it('changes nothing of what was sent', () => {
    const before = JSON.stringify(REGISTRATION)
    withFacts(REGISTRATION, { geboortedatum: '2026-11-20', overleden: '2026-11-20' }, true)
    expect(JSON.stringify(REGISTRATION)).to.equal(before)
  })
})
