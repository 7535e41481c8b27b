import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, addMonths, addYears, ageOn, birthdayOn, dayOf, isDay, isInstant, msOf, startOfDay } from './calendar.ts'

const anyDay = fc
  .date({ min: new Date('1950-01-02T00:00:00Z'), max: new Date('2099-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('calendar of Europe/Amsterdam', () => {
  it('gives the day on which an instant falls', () => {
    expect(dayOf('2026-11-22T22:59:59Z')).to.equal('2026-11-22')
    expect(dayOf('2026-11-22T23:00:00Z')).to.equal('2026-11-23')
    expect(dayOf('2026-07-01T21:59:59.999Z')).to.equal('2026-07-01')
    expect(dayOf('2026-07-01T22:00:00Z')).to.equal('2026-07-02')
    expect(dayOf('2026-07-02T00:30:00+05:00')).to.equal('2026-07-01')
    expect(dayOf(new Date('2025-12-31T23:30:00Z'))).to.equal('2026-01-01')
    expect(dayOf('2026-07-02')).to.equal('2026-07-02')
  })

  it('gives local midnight, also around summer time', () => {
    expect(startOfDay('2026-03-29').toISOString()).to.equal('2026-03-28T23:00:00.000Z')
    expect(startOfDay('2026-03-30').toISOString()).to.equal('2026-03-29T22:00:00.000Z')
    expect(startOfDay('2026-10-25').toISOString()).to.equal('2026-10-24T22:00:00.000Z')
    expect(startOfDay('2026-10-26').toISOString()).to.equal('2026-10-25T23:00:00.000Z')
  })

  it('refuses what is no date or no instant', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-01-32', '20260101xx', '0x26-01-01']) {
      expect(isDay(text), text).to.equal(false)
      expect(() => dayOf(text), text).to.throw('datum')
    }
    for (const text of ['2026-02-30T10:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T10:00:00', '2026-01-01 10:00:00Z', '']) {
      expect(isInstant(text), text).to.equal(false)
      expect(() => msOf(text), text).to.throw('RFC 3339')
    }
  })

  it('lets a leap second count as the next second', () => {
    expect(msOf('2016-12-31T23:59:60Z')).to.equal(Date.parse('2017-01-01T00:00:00Z'))
  })

  it('ends terms on the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).to.equal('2026-02-28')
    expect(addMonths('2026-11-30', 3)).to.equal('2027-02-28')
    expect(addMonths('2026-03-31', -4)).to.equal('2025-11-30')
    expect(addYears('2024-02-29', 2)).to.equal('2026-02-28')
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01')
  })

  it('lets a child of 29 February turn on 1 March', () => {
    expect(birthdayOn('2012-02-29', 12)).to.equal('2024-02-29')
    expect(birthdayOn('2012-02-29', 13)).to.equal('2025-03-01')
    expect(ageOn('2012-02-29', '2025-02-28')).to.equal(12)
    expect(ageOn('2012-02-29', '2025-03-01')).to.equal(13)
  })

  it('property: a day begins at its own midnight and one millisecond earlier it is yesterday', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const start = startOfDay(day)
        expect(dayOf(start)).to.equal(day)
        expect(dayOf(new Date(start.getTime() - 1))).to.equal(addDays(day, -1))
      }),
    )
  })

  it('property: the birthday is the first day of the new age', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (birthDate, years) => {
        const birthday = birthdayOn(birthDate, years)
        expect(ageOn(birthDate, birthday)).to.equal(years)
        expect(ageOn(birthDate, addDays(birthday, -1))).to.equal(years - 1)
      }),
    )
  })
})
