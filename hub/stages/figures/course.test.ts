import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../calendar.ts'
import { courseOf, type Stretch } from './course.ts'
import { type Question, seriesOf } from './partition.ts'

const day = (n: number) => addDays('2026-01-01', n)
const stretches: fc.Arbitrary<Stretch[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom('1894', '1507', '0984'),
      fc.constantFrom(0, 20, 40),
      fc.constantFrom(null, 45, 60, 90),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([municipality, from, until, count]) => {
      return { municipality, from: day(from), until: until === null ? null : day(until), reason: 'uitval', count }
    }),
  { maxLength: 12 },
)
const questions: fc.Arbitrary<Question[]> = fc.array(
  fc
    .tuple(
      fc.constantFrom(-800, 0, 21, 46, 61),
      fc.constantFrom(40, 45, 60, 89, 300),
      fc.constantFrom(null, ['1894'], ['1507'], ['0984', '1507']),
    )
    .map(([a, b, municipalities]) => ({
      from: a === -800 ? '0000-01-01' : day(Math.min(a, b)),
      until: day(Math.max(a, b)),
      municipalities: municipalities && new Set(municipalities),
    })),
  { minLength: 6, maxLength: 6 },
)
const sum = (all: Stretch[]) => all.reduce((total, { count }) => total + count, 0)

const isIn = ({ municipalities }: Question, { municipality }: Stretch) => municipalities?.has(municipality) ?? true
const isEnough = (count: number | null) => count === null || count === 0 || count >= 5
const namesOf = ({ municipalities }: Question) => [...(municipalities ?? [])].join()

describe('what began and what ended', () => {
  it('is told exactly or not at all', () => {
    fc.assert(
      fc.property(stretches, questions, (all, asked) => {
        const course = courseOf(all, 5)
        for (const question of asked) {
          const here = all.filter((each) => isIn(question, each))
          const [ended, open] = [course.ended(question), course.open(question)]
          const within = here.filter(({ until }) => until !== null && until >= question.from && until <= question.until)
          const left = here.filter(({ from, until }) => from <= question.until && (until === null || until > question.until))
          expect([null, sum(within)]).to.include(ended)
          expect([null, sum(left)]).to.include(open)
          expect([ended, open].every(isEnough)).to.equal(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves no small number open by what began less what ended, in one answer or in two together', () => {
    fc.assert(
      fc.property(stretches, questions, (all, asked) => {
        const cells = all.map(({ from, ...rest }) => ({ ...rest, day: from, category: '' }))
        const [begun, course] = [seriesOf(cells, 5), courseOf(all, 5)]
        for (const other of asked) {
          const ever = { ...other, from: '0000-01-01' }
          const earlier = other.from === ever.from ? 0 : course.ended({ ...ever, until: addDays(other.from, -1) })
          const [more, less] = [begun.total(ever), course.ended(other)]
          if (more !== null && less !== null && earlier !== null)
            expect(isEnough(more - less - earlier), namesOf(other)).to.equal(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('hides what ended where few are left open, and tells it where enough or none are', () => {
    const of = (open: number): Stretch[] => [
      { municipality: '1894', from: day(0), until: day(30), reason: 'uitval', count: 9 },
      { municipality: '1894', from: day(1), until: null, reason: '', count: open },
    ]
    const ever: Question = { from: '0000-01-01', until: '9999-12-31', municipalities: null }
    const told = (open: number) => [courseOf(of(open), 5).ended(ever), courseOf(of(open), 5).open(ever)]
    expect([told(0), told(2), told(6)]).to.eql([
      [9, 0],
      [null, null],
      [9, 6],
    ])
  })
})
