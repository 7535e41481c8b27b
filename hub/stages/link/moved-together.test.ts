import { expect } from 'chai'
import { householdKeysOf, mayBeOne, movedTogether } from './moved-together.ts'
import type { Profile } from './profile.ts'
import { KEYS, member, noor } from './testing.ts'

const profile = (changes: Record<string, unknown> = {}): Profile => member(noor(changes)).profile
const brother = (changes: Record<string, unknown> = {}) => profile({ voornamen: 'Teun', geboortedatum: '2015-09-02', ...changes })

describe('who moved together', () => {
  it('is told by somebody of another birth date at both houses', () => {
    expect(movedTogether(profile(), [profile(), brother()], [brother({ postcode: '2513AA' })])).to.equal(true)
  })

  it('is not told by one’s own registrations, a twin, a slip in one’s birth date, or who is at one house only', () => {
    expect(movedTogether(profile(), [profile()], [profile()])).to.equal(false)
    const twin = profile({ voornamen: 'Wouter' })
    expect(movedTogether(profile(), [twin], [twin])).to.equal(false)
    const slip = profile({ geboortedatum: '2013-04-22' })
    expect(movedTogether(profile(), [slip], [slip])).to.equal(false)
    expect(movedTogether(profile(), [brother()], [profile()])).to.equal(false)
  })

  const same: [what: string, changes: Record<string, unknown>, is: boolean][] = [
    ['an initial', { voornamen: 'T.' }, true],
    ['a surname of one sound', { geslachtsnaam: 'Bergh' }, true],
    ['a partner’s surname', { geslachtsnaam: 'Smit', partnernaam: 'van den Berg' }, true],
    ['another given name', { voornamen: 'Joris' }, false],
    ['another surname', { geslachtsnaam: 'Smit' }, false],
    ['another birth date', { geboortedatum: '2015-09-03' }, false],
    ['1 January', { geboortedatum: '2015-01-01' }, false],
  ]
  for (const [what, changes, is] of same)
    it(`${is ? 'may be' : 'is not'} one with ${what}`, () => {
      expect(mayBeOne(brother(), brother(changes))).to.equal(is)
    })

  it('stands under one key a surname, with others of that house and surname, and without a house under none', () => {
    const keys = (changes: Record<string, unknown>) => householdKeysOf(profile(changes), KEYS)
    expect(keys({ voornamen: 'Teun', geboortedatum: '2015-09-02', toevoeging: 'A' })).to.eql(keys({}))
    expect(keys({ partnernaam: 'Smit' }))
      .to.have.length(2)
      .and.include.members(keys({}))
    for (const changes of [{ geslachtsnaam: 'Smit' }, { huisnummer: 13 }, { postcode: '5981AC' }])
      expect(keys(changes)).to.have.length(1).and.not.eql(keys({}))
    expect(keys({ huisnummer: '' })).to.eql([])
    expect(keys({ geslachtsnaam: '' })).to.eql([])
  })
})
