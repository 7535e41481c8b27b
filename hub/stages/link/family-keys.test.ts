import { expect } from 'chai'
import { familyKeysOf } from './family-keys.ts'
import { subjectFrom, subjectOf } from './subject.ts'
import { KEYS, noor } from './testing.ts'

const of = (subject: Record<string, unknown>, role?: string) =>
  familyKeysOf({ subject: subjectFrom(subject), role }, 'mee', 'G-1', KEYS)
const petra = { voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }

describe('family keys', () => {
  it('makes a named parent and the registered parent meet', () => {
    expect(of(noor()).guardians).to.include(of(petra, 'ouder').self)
    expect(of(noor()).guardians).to.have.length(2)
  })

  it('gives no anchor to who is not named in full', () => {
    for (const missing of [
      { voornamen: 'P.' },
      { geslachtsnaam: '' },
      { geboortedatum: '1985-02' },
      { geboortedatum: '1985-01-01' },
    ]) {
      expect(of(noor({ ouders: [{ ...petra, ...missing }] })).guardians).to.deep.equal([])
    }
  })

  it('gives a young person no anchor as a parent', () => expect(of(noor(), 'jeugdige').self).to.equal(null))

  it('keeps the references of two clients apart', () => {
    const other = familyKeysOf({ subject: subjectFrom(noor()) }, 'rubicon', 'G-1', KEYS)
    expect(other.household).not.to.deep.equal(of(noor()).household)
    expect(familyKeysOf({ subject: subjectFrom(noor()) }, 'mee', null, KEYS).household).to.deep.equal([])
  })
})

describe('subjects', () => {
  it('come from a registration', () => {
    const subject = subjectOf({
      persoon: {
        voornamen: 'Noor',
        geslachtsnaam: 'Berg',
        verwachteGeboortedatum: '2027-03-01',
        adres: { postcode: '5981AB', huisnummer: 12 },
      },
      gezagsdragers: [
        { relatie: 'ouder', ...petra },
        { relatie: 'gi', geslachtsnaam: 'Stichting' },
      ],
    })
    expect(subject).to.deep.include({
      voornamen: 'Noor',
      bsn: '',
      geboortedatum: '2027',
      postcode: '5981AB',
      huisnummer: '12',
      rid: '',
    })
    expect(subject.ouders).to.deep.equal([{ ...petra, voorvoegsel: '' }])
  })

  it('come from any value without an error', () => {
    for (const value of [null, 3, 'x', [], { voornamen: 4, ouders: 'geen', geslacht: null }])
      expect(subjectFrom(value).rid).to.equal('')
    expect(subjectFrom({ voornamen: 4, ouders: [null, 1] }).ouders).to.have.length(2)
  })
})
