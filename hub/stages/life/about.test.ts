import { expect } from 'chai'
import { canBeBorn, isAbout, mayBeToldBy } from './about.ts'

const born = (geboortedatum?: string) => ({ persoon: geboortedatum === undefined ? {} : { geboortedatum } })

describe('whom a life event is about', () => {
  const SAME = [
    ['2013-04-01', '2013-04-01'],
    ['2013-04', '2013-04-01'],
    ['2013-04-01', '2013'],
    ['2013-04-00', '2013-04-17'],
    [undefined, '2013-04-01'],
  ] as const
  for (const [own, told] of SAME)
    it(`${own ?? 'no birth date'} can be ${told}`, () => expect(isAbout(born(own), { geboortedatum: told })).to.equal(true))

  const OTHERS = [
    ['2013-04-01', '2013-04-02'],
    ['2013-05', '2013-04-01'],
    ['2012', '2013-04-01'],
  ] as const
  for (const [own, told] of OTHERS)
    it(`${own} is not ${told}`, () => expect(isAbout(born(own), { geboortedatum: told })).to.equal(false))

  it('a municipality tells of who lives there and of who comes to live there', () => {
    expect(mayBeToldBy(['1894'], '1894', undefined)).to.equal(true)
    expect(mayBeToldBy(['1894'], '0984', '1894')).to.equal(true)
    expect(mayBeToldBy(['1894'], '0984', '0984')).to.equal(false)
    expect(mayBeToldBy(['1894'], '0984', undefined)).to.equal(false)
  })

  it('an expected child is born from four months before its day to one month after it', () => {
    const expected = { persoon: { verwachteGeboortedatum: '2026-12-01' } }
    const days = ['2026-07-31', '2026-08-01', '2027-01-01', '2027-01-02']
    expect(days.map((day) => canBeBorn(expected, day))).to.eql([false, true, true, false])
    expect(canBeBorn(born('2026-12-01'), '2026-12-01')).to.equal(false)
  })
})
