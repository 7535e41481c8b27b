import { expect } from 'chai'
import type { Involvement } from '../match/involvement.ts'
import { announce, digestOf, type Fate } from './announce.ts'
import { type Reader, type View, viewsOf } from './view.ts'

const side = (seq: number, organisation: string, person: string, familyKeys: string[] = []): Involvement => {
  return { seq, organisation, person, familyKeys, municipality: '1894', status: 'actief', startedOn: '2026-01-01' }
}
const A = { organisation: 'a', hasSides: true }
const POINT = { organisation: 'punt', hasSides: false }
const all = (...seqs: number[]) => new Set(seqs)

/** What this reader sees of these, when it may be told of the permitted. */
const seen = (every: Involvement[], reader: Reader, permitted: ReadonlySet<number>) =>
  viewsOf(
    every.filter((each) => each.organisation === reader.organisation || permitted.has(each.seq)),
    reader,
  )
const shown = (views: View[]) => views.map(({ kind, own, others }) => [kind, own.map(seqOf), others.map(seqOf)])
const seqOf = ({ seq }: Involvement) => seq

describe('what a reader sees', () => {
  const sides = [side(1, 'a', 'p'), side(2, 'b', 'p'), side(3, 'c', 'p')]

  it('is the permitted others, when the reader has a side of its own', () => {
    expect(shown(seen(sides, A, all(2)))).to.deep.equal([['persoon', [1], [2]]])
    expect(seen(sides, A, all())).to.deep.equal([])
    expect(seen(sides, { organisation: 'd', hasSides: true }, all(1, 2, 3))).to.deep.equal([])
  })

  it('needs two visible organisations for a coördinatiepunt', () => {
    expect(seen(sides, POINT, all(2))).to.deep.equal([])
    expect(shown(seen(sides, POINT, all(2, 3)))).to.deep.equal([['persoon', [], [2, 3]]])
    expect(seen([side(1, 'a', 'p'), side(2, 'a', 'p')], POINT, all(1, 2))).to.deep.equal([])
  })

  it('shows no family tie that only a sealed registration knows', () => {
    const family = [side(1, 'a', 'x', ['m']), side(2, 'b', 'y', []), side(3, 'c', 'y', ['m'])]
    expect(seen(family, A, all(2))).to.deep.equal([])
    expect(shown(seen(family, A, all(2, 3)))).to.deep.equal([['gezin', [1], [2, 3]]])
  })

  it('shows a family once where two groups differ by sealed persons only', () => {
    const both = ['mother', 'father']
    const family = [
      side(1, 'a', 'x', both),
      side(2, 'b', 'y', both),
      side(3, 'c', 's', ['mother']),
      side(4, 'd', 't', ['father']),
    ]
    expect(shown(seen(family, A, all(2)))).to.deep.equal([['gezin', [1], [2]]])
    expect(shown(seen(family, A, all(2, 3, 4)))).to.deep.equal([
      ['gezin', [1], [2, 3]],
      ['gezin', [1], [2, 4]],
    ])
  })

  it('names of the own registrations only persons with a visible other side', () => {
    const family = [side(1, 'a', 'x', ['m']), side(2, 'a', 'far', ['f']), side(3, 'b', 'y', ['m']), side(4, 'c', 'z', ['m', 'f'])]
    expect(shown(seen(family, A, all(3)))).to.deep.equal([['gezin', [1], [3]]])
  })
})

describe('what a receiver must hear', () => {
  const view = { own: [side(1, 'a', 'p')], others: [side(2, 'b', 'p')] }
  const told = { others: [2], digest: digestOf(view) }
  const fate = (is: Fate) => () => is

  it('is an opening once, and a change only when it would see something else', () => {
    expect(announce(null, view, true, fate('zichtbaar'))).to.deep.equal({ events: ['match.geopend'], state: 'open' })
    expect(announce(told, view, true, fate('zichtbaar'))).to.equal(null)
    expect(announce({ ...told, digest: 'x' }, view, true, fate('zichtbaar'))?.events).to.deep.equal(['match.gewijzigd'])
    expect(announce(null, null, true, fate('geweigerd'))).to.equal(null)
  })

  it('is a closing when the other ended, a withdrawal when permission went, a correction when the link was wrong', () => {
    expect(announce(told, null, true, fate('geeindigd'))).to.deep.equal({ events: ['match.gesloten'], state: 'gesloten' })
    expect(announce(told, null, true, fate('geweigerd'))).to.deep.equal({ events: ['match.ingetrokken'], state: 'ingetrokken' })
    expect(announce(told, null, false, fate('zichtbaar'))?.state).to.equal('gesloten')
    expect(announce(told, null, true, fate('verhuisd'))?.events).to.deep.equal(['koppeling.gecorrigeerd', 'match.ingetrokken'])
  })
})
