import { expect } from 'chai'
import fc from 'fast-check'
import { compareMatches, type KnownMatch } from './compare-matches.ts'
import { familyMatches, personMatches } from './find-matches.ts'
import { counts, type Involvement } from './involvement.ts'

const side = (seq: number, organisation: string, person: string, familyKeys: string[] = []): Involvement => {
  return { seq, organisation, person, familyKeys, municipality: '1894', status: 'actief', startedOn: '2026-01-01' }
}
const seqs = (match: { sides: Involvement[] }) => match.sides.map(({ seq }) => seq)

describe('person matches', () => {
  it('need two organisations with the same person', () => {
    expect(personMatches([side(1, 'a', 'p1'), side(2, 'a', 'p1'), side(3, 'b', 'p2')])).to.deep.equal([])
    expect(personMatches([side(1, 'a', 'p1'), side(2, 'b', 'p1'), side(3, 'b', 'p2')]).map(seqs)).to.deep.equal([[1, 2]])
  })
})

describe('family matches', () => {
  it('join persons that share one anchor', () => {
    const found = familyMatches([side(1, 'a', 'child', ['mother']), side(2, 'b', 'sibling', ['mother'])])
    expect(found.map(seqs)).to.deep.equal([[1, 2]])
  })

  it('never take two partner steps', () => {
    const first = side(1, 'a', 'first', ['father-1', 'mother'])
    const half = side(2, 'b', 'half', ['mother', 'father-2'])
    const stranger = side(3, 'c', 'stranger', ['father-2', 'mother-2'])
    expect(familyMatches([first, half, stranger]).map(seqs)).to.deep.equal([
      [2, 3],
      [1, 2],
    ])
  })

  it('are told once, by the largest group', () => {
    const both = ['father', 'mother']
    const found = familyMatches([side(1, 'a', 'x', both), side(2, 'b', 'y', both), side(3, 'c', 'z', ['mother'])])
    expect(found.map((match) => [match.subject, seqs(match)])).to.deep.equal([['mother', [1, 2, 3]]])
  })

  it('leave out what one organisation, or a match of one person, knows already', () => {
    expect(familyMatches([side(1, 'a', 'x', ['m']), side(2, 'a', 'y', ['m'])])).to.deep.equal([])
    expect(familyMatches([side(1, 'a', 'x', ['m']), side(2, 'b', 'x', ['m'])])).to.deep.equal([])
  })
})

describe('comparing matches', () => {
  const known: KnownMatch = { id: 'm_1', kind: 'persoon', subject: 'p1', seqs: [1, 2] }

  it('keeps a match over a merge of persons, by its registrations', () => {
    const found = personMatches([side(1, 'a', 'p0'), side(2, 'b', 'p0'), side(3, 'c', 'p0')])
    const { opened, kept, closed } = compareMatches([known], found)
    expect([opened.length, kept[0]?.known.id, closed.length]).to.deep.equal([0, 'm_1', 0])
  })

  it('opens, keeps and closes each match exactly once', () => {
    const involvement = fc.record({ organisation: fc.constantFrom('a', 'b', 'c'), person: fc.constantFrom('p1', 'p2', 'p3') })
    fc.assert(
      fc.property(fc.array(involvement, { maxLength: 12 }), fc.array(involvement, { maxLength: 12 }), (before, after) => {
        const sides = (all: typeof before) => all.map(({ organisation, person }, i) => side(i, organisation, person))
        const was = personMatches(sides(before)).map(({ kind, subject, sides: own }, i) => {
          return { id: `m_${i}`, kind, subject, seqs: own.map(({ seq }) => seq) }
        })
        const found = personMatches(sides(after))
        const { opened, kept, closed } = compareMatches(was, found)
        expect(opened.length + kept.length).to.equal(found.length)
        expect(kept.length + closed.length).to.equal(was.length)
      }),
    )
  })
})

describe('what counts', () => {
  const rules = { statuses: new Set(['actief', 'wachtlijst']), onlySignalling: false }

  it('is an open status, until and with the end date', () => {
    const open = { status: 'actief', signals: false, endedOn: '2026-05-01' }
    expect(counts(open, rules, '2026-05-01')).to.equal(true)
    expect(counts(open, rules, '2026-05-02')).to.equal(false)
    expect(counts({ ...open, status: 'afgesloten' }, rules, '2026-05-01')).to.equal(false)
  })

  it('is only what signals, where the policy says so', () => {
    const open = { status: 'actief', signals: false, endedOn: null }
    expect(counts(open, { ...rules, onlySignalling: true }, '2026-05-01')).to.equal(false)
    expect(counts({ ...open, signals: true }, { ...rules, onlySignalling: true }, '2026-05-01')).to.equal(true)
  })
})
