import { expect } from 'chai'
import fc from 'fast-check'
import { readPolicy } from '../../edges/policies.ts'
import { addDays, dayOf } from '../calendar.ts'
import { isAnswer, stepsDue } from './ladder.ts'
import { lastDayOf, passesAt, termsFrom, termsOf } from './terms.ts'
import { addWorkingDays, isWorkingDay } from './working-days.ts'

const policy = readPolicy('peel-en-maas-1g1p')

describe('working days in the Netherlands', () => {
  const free = ['2026-01-01', '2026-04-03', '2026-04-06', '2026-04-27', '2026-05-05', '2026-05-14', '2026-05-25', '2026-12-25']
  for (const day of free) it(`${day} is a holiday`, () => expect(isWorkingDay(day)).to.equal(false))

  it('keeps the King’s birthday on the Saturday before a Sunday', () => {
    expect([isWorkingDay('2025-04-26'), isWorkingDay('2025-04-28')]).to.eql([false, true])
  })

  it('counts on: five working days from the Thursday before Easter', () => {
    expect(addWorkingDays('2026-04-02', 5)).to.equal('2026-04-13')
    for (const day of ['2026-05-04', '2026-12-24', '2026-12-31']) expect(isWorkingDay(day), day).to.equal(true)
  })
})

describe('terms', () => {
  it('end with their last day; hours by the clock', () => {
    const at = new Date('2026-11-22T09:30:00Z')
    expect(passesAt({ aantal: 24, eenheid: 'uren' }, at)).to.equal('2026-11-23T09:30:00.000Z')
    expect(passesAt({ aantal: 7, eenheid: 'dagen' }, at)).to.equal('2026-11-29T23:00:00.000Z')
    expect(passesAt({ aantal: 6, eenheid: 'weken' }, at)).to.equal('2027-01-03T23:00:00.000Z')
    expect(lastDayOf({ aantal: 3, eenheid: 'maanden' }, '2026-11-30')).to.equal('2027-02-28')
    expect(lastDayOf({ aantal: 5, eenheid: 'werkdagen' }, '2026-12-23')).to.equal('2026-12-31')
  })

  const facts = { hat: null, urgency: null, startedOn: '2026-11-12', receivedAt: '2026-11-22T09:00:00Z', isOpen: true }

  it('run for who has them, at the statuses that the policy names', () => {
    const at = (organisation: string, status: string, rest: object = {}) =>
      termsOf(policy, { ...facts, organisation, status, ...rest }).map(({ term }) => term)
    expect(at('rubicon', 'wachtlijst')).to.eql(['rubicon-wachtlijst'])
    expect(at('vorkmeer', 'aangemeld')).to.eql(['vorkmeer-intake', 'vorkmeer-hulp'])
    expect(at('vorkmeer', 'aangemeld', { urgency: 'spoed' })).to.include('vorkmeer-huisverbod')
    expect(at('bureau-jeugdzorg', 'aangemeld')).to.eql(['bjz-acceptatie', 'bjz-contact'])
    expect(at('welzijnsclub', 'aangemeld', { hat: 'gezinscoach' })).to.eql(['gezinscoach-huisbezoek'])
    expect(at('rubicon', 'wachtlijst', { isOpen: false })).to.eql([])
    expect(at('rubicon', 'wachtlijst', { startedOn: '2026-01-05' })).to.eql([])
    expect(termsFrom(policy, 'melding', new Date(), 'laag')).to.eql([])
    expect(termsFrom(policy, 'melding', new Date(), 'spoed').length).to.equal(3)
  })
})

describe('ladders', () => {
  const { stagnatie } = policy.coordinatie.ladders
  const begun = { startedAt: '2026-11-22T09:00:00Z', taken: 0, lastAt: null }

  it('do each step once with its own date, after forty days’ stand-still too', () => {
    const daily: string[] = []
    let climb: Parameters<typeof stepsDue>[1] = begun
    for (let day = '2026-11-22'; day < '2027-01-10'; day = addDays(day, 1)) {
      const { steps } = stepsDue(stagnatie, climb, `${day}T12:00:00Z`)
      for (const { id, at } of steps) daily.push(`${id} ${at}`)
      climb = { ...climb, taken: climb.taken + steps.length, lastAt: steps.at(-1)?.at ?? climb.lastAt }
    }
    const { steps, nextAt } = stepsDue(stagnatie, begun, '2027-01-10T12:00:00Z')
    expect(steps.map(({ id, at }) => `${id} ${at}`)).to.eql(daily)
    expect(steps.map(({ at }) => dayOf(at))).to.eql(['2026-11-30', '2026-12-15', '2026-12-30'])
    expect(nextAt).to.equal(null)
  })

  it('give the same steps however often and whenever the calendar is looked at', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 12 }).map((days) => days.sort((a, b) => a - b))
    const { ladders } = policy.coordinatie
    fc.assert(
      fc.property(looks, fc.constantFrom(...Object.values(ladders)), (days, ladder) => {
        let climb: Parameters<typeof stepsDue>[1] = begun
        const done = days.flatMap((day) => {
          const { steps } = stepsDue(ladder, climb, `${addDays('2026-11-22', day)}T12:00:00Z`)
          climb = { ...climb, taken: climb.taken + steps.length, lastAt: steps.at(-1)?.at ?? climb.lastAt }
          return steps
        })
        const last = `${addDays('2026-11-22', days.at(-1) ?? 0)}T12:00:00Z`
        expect(done).to.eql(stepsDue(ladder, begun, last).steps)
      }),
    )
  })

  it('end by an answer that the step asks for, and by no other', () => {
    expect([isAnswer(stagnatie, 0, 'contact'), isAnswer(stagnatie, 1, 'besluit'), isAnswer(stagnatie, 3, 'besluit')]).to.eql([
      true,
      false,
      true,
    ])
  })
})
