import { expect } from 'chai'
import type { Registratie } from '../../../schemas/types.ts'
import { stillToInform } from './informing.ts'

const base: Registratie = {
  bronbericht: 'b',
  kenmerk: 'k',
  versie: 1,
  persoon: { geslachtsnaam: 'Berg', geboortedatum: '2014-11-22' },
  gezagsdragers: [
    { kenmerk: 'o1', gezag: 'ja' },
    { kenmerk: 'o2', gezag: 'onbekend' },
    { kenmerk: 'o3', gezag: 'nee' },
  ],
  betrokkenheid: { status: 'actief', begindatum: '2026-01-01' },
  contact: { functie: 'werker' },
}
const born = (geboortedatum: string): Registratie => ({ ...base, persoon: { ...base.persoon, geboortedatum } })

describe('who is still to be told of a registration', () => {
  const cases: [string, Registratie, string[]][] = [
    ['a day before 12: guardians, who may be one too', born('2014-11-23'), ['o1', 'o2']],
    ['on the day of 12: both', base, ['jeugdige', 'o1', 'o2']],
    ['a day before 16: both', born('2010-11-23'), ['jeugdige', 'o1', 'o2']],
    ['on the day of 16: the young person', born('2010-11-22'), ['jeugdige']],
    ['a year of birth: whoever it can be', born('2010'), ['jeugdige', 'o1', 'o2']],
    ['unborn: guardians', { ...base, persoon: { geslachtsnaam: 'Berg', verwachteGeboortedatum: '2027-01-01' } }, ['o1', 'o2']],
    ['an adult: that person', { ...base, persoon: { geslachtsnaam: 'Berg', rolInGezin: 'ouder' } }, ['jeugdige']],
    ['closed: nobody', { ...base, betrokkenheid: { ...base.betrokkenheid, status: 'afgesloten' } }, []],
    ['told or postponed', { ...base, geinformeerd: [{ wie: 'o1', op: '2026-01-02' }, later('2026-11-23', 'o2')] }, ['jeugdige']],
    ['postponed until today', { ...base, geinformeerd: [later('2026-11-22', 'o1')] }, ['jeugdige', 'o1', 'o2']],
  ]
  for (const [name, registration, expected] of cases)
    it(name, () => expect(stillToInform(registration, '2026-11-22')).to.deep.equal(expected))
})

function later(herzienOp: string, wie: string) {
  return { wie, uitstel: { grond: 'veiligheid' as const, herzienOp } }
}
