import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../calendar.ts'
import { type Cell, type Question, seriesOf } from './partition.ts'

const cell = (day: string, count: number, municipality = '1894', category = 'a'): Cell => ({ day, count, municipality, category })
const YEAR: Question = { from: '2026-01-01', until: '2026-12-31', municipalities: null }
const month = (number: string): Question => ({ from: `2026-${number}-01`, until: `2026-${number}-31`, municipalities: null })

const cells = fc.array(
  fc.record({
    municipality: fc.constantFrom('1894', '1507', '0984'),
    day: fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n)),
    category: fc.constantFrom('a', 'b', 'c', 'd'),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 80 },
)
/** Few enough places, days and categories that parts are cut through often. */
const crowded = fc.array(
  fc.record({
    municipality: fc.constantFrom('1894', '1894', '1507', '0984'),
    day: fc.constantFrom(0, 20, 40, 70, 72, 200, 380).map((n) => addDays('2026-01-01', n)),
    category: fc.constantFrom('a', 'a', 'b', 'c', 'd'),
    count: fc.integer({ min: 1, max: 7 }),
  }),
  { maxLength: 14 },
)
const question: fc.Arbitrary<Question> = fc
  .tuple(
    fc.constantFrom(0, 21, 31, 59, 72, 201, 365),
    fc.constantFrom(0, 30, 58, 71, 199, 364, 500),
    fc.constantFrom(null, ['1894'], ['1507'], ['0984'], ['1894', '1507']),
  )
  .map(([a, b, municipalities]) => ({
    from: addDays('2026-01-01', Math.min(a, b)),
    until: addDays('2026-01-01', Math.max(a, b)),
    municipalities: municipalities && new Set(municipalities),
  }))
const holds = ({ from, until, municipalities }: Question, { day, municipality }: Cell) =>
  day >= from && day <= until && (municipalities === null || municipalities.has(municipality))
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

  it('give no small number away by the difference of two, of whatever answers and breakdowns', () => {
    const groupOf = (category: string) => (category < 'c' ? 'begin' : 'end')
    const labels: ((category: string) => string)[] = [() => '', groupOf, (category) => category]
    fc.assert(
      fc.property(crowded, fc.array(question, { minLength: 8, maxLength: 8 }), (all: Cell[], questions) => {
        const series = seriesOf(all, 5, groupOf)
        const told = questions.flatMap((asked) => {
          const answers = [new Map([['', series.total(asked)]]), series.perGroup(asked), series.perCategory(asked)]
          return answers.flatMap((counts, level) =>
            [...counts].flatMap(([name, number]) => {
              const held = all.filter((each) => holds(asked, each))
              const has = (each: Cell) => labels[level]?.(each.category) === name
              return number === null ? [] : [{ number, asked: new Set(held), of: held.filter(has), level, name, has }]
            }),
          )
        })
        for (const { number, of } of told) expect(number).to.equal(count(of))
        for (const large of told)
          for (const small of told) {
            const left = large.number - small.number
            const isPart = small.asked.isSubsetOf(large.asked) && large.level <= small.level && small.of.every(large.has)
            if (isPart) expect(left === 0 || left >= 5, `${small.number} of ${large.number}`).to.equal(true)
          }
      }),
      { numRuns: 3000 },
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
    expect(series.total({ from: '2026-04-01', until: '2026-09-30', municipalities: null })).to.equal(12)
  })

  it('hide a second municipality where one would be left by subtraction', () => {
    const series = seriesOf([cell('2026-03-03', 9), cell('2026-03-03', 3, '1507'), cell('2026-03-03', 20, '0984')], 5)
    const inTown = (municipality: string) => series.total({ ...YEAR, municipalities: new Set([municipality]) })
    expect([series.total(YEAR), inTown('1894'), inTown('1507'), inTown('0984')]).to.eql([32, null, null, 20])
  })
})
