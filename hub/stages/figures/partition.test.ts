import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../calendar.ts'
import { type Cell, type Question, seriesOf } from './partition.ts'

const cell = (day: string, count: number, municipality = '1894', category = 'a'): Cell => ({ day, count, municipality, category })
const YEAR = { from: '2026-01-01', until: '2026-12-31', municipality: null }
const month = (number: string): Question => ({ from: `2026-${number}-01`, until: `2026-${number}-31`, municipality: null })

const cells = fc.array(
  fc.record({
    municipality: fc.constantFrom('1894', '1507', '0984'),
    day: fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n)),
    category: fc.constantFrom('a', 'b', 'c', 'd'),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 80 },
)
const question: fc.Arbitrary<Question> = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), fc.constantFrom(null, '1894', '1507', '0984'))
  .map(([a, b, municipality]) => ({
    from: addDays('2026-01-01', Math.min(a, b)),
    until: addDays('2026-01-01', Math.max(a, b)),
    municipality,
  }))
const holds = ({ from, until, municipality }: Question, { day, municipality: place }: Cell) =>
  day >= from && day <= until && (municipality === null || place === municipality)
const count = (all: Cell[]) => all.reduce((sum, each) => sum + each.count, 0)

describe('counts that hide what is small', () => {
  it('are exact or hidden, and never below the smallest number', () => {
    fc.assert(
      fc.property(cells, question, (all, asked) => {
        const answer = seriesOf(all, 5).total(asked)
        if (answer === null) return
        expect(answer).to.equal(count(all.filter((each) => holds(asked, each))))
        expect(answer === 0 || answer >= 5).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('give no small number away by the difference of two answers: 1,000 random pairs, one within the other', () => {
    const total = (all: Cell[], asked: Question) => seriesOf(all, 5).total(asked)
    fc.assert(
      fc.property(cells, question, question, (all, one, other) => {
        const inner = all.filter((each) => holds(one, each))
        const outer = all.filter((each) => holds(other, each))
        if (!inner.every((each) => outer.includes(each))) return
        const [small, large] = [total(all, one), total(all, other)]
        if (small === null || large === null) return
        expect(large - small === 0 || large - small >= 5).to.equal(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('give no category away by the others and their total', () => {
    fc.assert(
      fc.property(cells, question, (all, asked) => {
        const series = seriesOf(all, 5)
        const total = series.total(asked)
        const shown = [...series.perCategory(asked)]
        const left = total === null ? null : total - shown.reduce((sum, [, each]) => sum + (each ?? 0), 0)
        if (left !== null && shown.some(([, each]) => each === null)) expect(left === 0 || left >= 5).to.equal(true)
        for (const [name, each] of shown)
          if (each !== null) expect(each).to.equal(count(all.filter((c) => c.category === name && holds(asked, c))))
      }),
      { numRuns: 1000 },
    )
  })

  it('are told whole as long as no edge cuts them', () => {
    const series = seriesOf([cell('2026-03-03', 6), cell('2026-04-04', 3), cell('2026-09-09', 9)], 5)
    expect(series.total(YEAR)).to.equal(18)
    expect([month('03'), month('04'), month('09'), month('11')].map(series.total)).to.eql([6, null, null, 0])
    expect(series.total({ from: '2026-04-01', until: '2026-09-30', municipality: null })).to.equal(12)
  })

  it('hide a second municipality where one would be left by subtraction', () => {
    const series = seriesOf([cell('2026-03-03', 9), cell('2026-03-03', 3, '1507'), cell('2026-03-03', 20, '0984')], 5)
    const inTown = (municipality: string) => series.total({ ...YEAR, municipality })
    expect([series.total(YEAR), inTown('1894'), inTown('1507'), inTown('0984')]).to.eql([32, null, null, 20])
  })
})
