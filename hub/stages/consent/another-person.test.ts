import { expect } from 'chai'
import { isAnother } from './another-person.ts'

const NOOR = { bsn: '999900018', voornamen: 'Noor Maria', geslachtsnaam: 'Berg', geboortedatum: '2013-04-01' }

describe('whether a newer version names somebody else', () => {
  it('is so for another BSN, and for a brother or sister', () => {
    expect(isAnother(NOOR, { ...NOOR, bsn: '999900031' })).to.equal(true)
    expect(isAnother({ ...NOOR, bsn: null }, { voornamen: 'Sem', geslachtsnaam: 'Berg', geboortedatum: '2016-02-01' })).to.equal(
      true,
    )
  })

  it('is not so for what was mended, completed, left out or changed by marriage', () => {
    for (const after of [
      { geboortedatum: '2013-04-10' },
      { geboortedatum: '2013' },
      { voornamen: 'Nour' },
      { geslachtsnaam: 'Van Dijk' },
      { bsn: null, voornamen: null, geboortedatum: null },
      { bsn: null, geboortedatum: '2013-01-04', voornamen: 'noor' },
    ])
      expect(isAnother(NOOR, { ...NOOR, ...after }), JSON.stringify(after)).to.equal(false)
  })
})
