import { expect } from 'chai'
import { NAMES } from './name-table.ts'
import { parseNames } from './names.ts'

const parsed = (voornamen: string, geslachtsnaam: string, voorvoegsel = '') =>
  parseNames({ voornamen, geslachtsnaam, voorvoegsel }, NAMES)

describe('names as sources write them', () => {
  const surnames: [string, string, string[]][] = [
    ['', 'Berg', ['berg']],
    ['', 'van den Berg', ['berg']],
    ['', 'Berg, van den', ['berg']],
    ['', 'Berg van den', ['berg']],
    ['', 'v.d. Berg', ['berg']],
    ['', 'v/d Berg', ['berg']],
    ['', 'vd Berg', ['berg']],
    ['', 'vandenBerg', ['berg']],
    ['', 'Jansen-de Vries', ['jansen', 'vries']],
    ['', 'Smit geb. Jansen', ['smit', 'jansen']],
    ['', "in 't Veld", ['veld']],
    ['', 'El-Amrani', ['amrani']],
    ['', 'Los', ['los']],
    ['', 'Yıldız', ['yildiz']],
    ['', 'NN', []],
    ['', 'AndrÃ©', ['andre']],
  ]
  for (const [given, surname, cores] of surnames) {
    it(`finds the core of “${surname}”`, () => expect(parsed(given, surname).surnames).to.deep.equal(cores))
  }

  const givenNames: [string, string, string[], string[]][] = [
    ['Noor', 'Berg', ['noor'], ['n']],
    ['Anne-Marie', 'Berg', ['anne', 'marie'], ['a', 'm']],
    ['J.P.', 'Berg', [], ['j', 'p']],
    ['J P', 'Berg', [], ['j', 'p']],
    ['JPM', 'Berg', [], ['j', 'p', 'm']],
    ['Chr.', 'Berg', [], ['c']],
    ['Johannes P.', 'Berg', ['johannes'], ['j', 'p']],
    ['', 'Berg, Jan van den', ['jan'], ['j']],
    ['', 'Jan van den Berg', ['jan'], ['j']],
    ['Jan van den Berg', '', ['jan'], ['j']],
    ['Jan Peter Jansen', '', ['jan', 'peter'], ['j', 'p']],
    ['Jan van den Berg', 'Berg', ['jan'], ['j']],
    ['Jan Peter Jansen', 'Jansen', ['jan', 'peter'], ['j', 'p']],
    ['Baby', 'Berg', [], []],
    ['N.N.', 'Berg', [], []],
  ]
  for (const [given, surname, full, initials] of givenNames) {
    it(`reads “${given}” | “${surname}”`, () => {
      expect(parsed(given, surname).given).to.deep.equal(full)
      expect(parsed(given, surname).initials).to.deep.equal(initials)
    })
  }

  it('takes a name in brackets as the name in use', () => {
    expect(parsed('Johannes (Jan)', 'Berg')).to.deep.include({ given: ['johannes'], calling: ['jan'] })
  })
})
