import { expect } from 'chai'
import fc from 'fast-check'
import type { Involvement } from '../match/involvement.ts'
import { announce, digestOf, type Fate } from './announce.ts'
import { viewOf } from './view.ts'

const side = (seq: number, organisation: string, person: string, familyKeys: string[] = []): Involvement => {
  return { seq, organisation, person, familyKeys, municipality: '1894', status: 'actief', startedOn: '2026-01-01' }
}
const A = { organisation: 'a', hasSides: true }
const POINT = { organisation: 'punt', hasSides: false }
const all = (...seqs: number[]) => new Set(seqs)

describe('what a reader sees', () => {
  const sides = [side(1, 'a', 'p'), side(2, 'b', 'p'), side(3, 'c', 'p')]

  it('is the permitted others, when the reader has a side of its own', () => {
    expect(viewOf('persoon', sides, A, all(2))?.others.map(({ seq }) => seq)).to.deep.equal([2])
    expect(viewOf('persoon', sides, A, all())).to.equal(null)
    expect(viewOf('persoon', sides, { organisation: 'd', hasSides: true }, all(1, 2, 3))).to.equal(null)
  })

  it('needs two visible organisations for a coördinatiepunt', () => {
    expect(viewOf('persoon', sides, POINT, all(2))).to.equal(null)
    expect(viewOf('persoon', sides, POINT, all(2, 3))?.others).to.have.length(2)
    expect(viewOf('persoon', [side(1, 'a', 'p'), side(2, 'a', 'p')], POINT, all(1, 2))).to.equal(null)
  })

  it('shows no family tie that only a sealed registration knows', () => {
    const family = [side(1, 'a', 'x', ['m']), side(2, 'b', 'y', []), side(3, 'c', 'y', ['m'])]
    expect(viewOf('gezin', family, A, all(2))).to.equal(null)
    expect(viewOf('gezin', family, A, all(2, 3))?.others).to.have.length(2)
  })

  it('names of the own registrations only persons with a visible other side', () => {
    const family = [side(1, 'a', 'x', ['m']), side(2, 'a', 'far', ['f']), side(3, 'b', 'y', ['m'])]
    expect(viewOf('gezin', family, A, all(3))?.own.map(({ seq }) => seq)).to.deep.equal([1])
  })

  it('is the same whether a side is sealed or absent', () => {
    const involvement = fc.record({
      organisation: fc.constantFrom('a', 'b', 'c', 'd'),
      person: fc.constantFrom('x', 'y', 'z'),
      familyKeys: fc.subarray(['k1', 'k2', 'k3']),
      permitted: fc.boolean(),
    })
    const kind = fc.constantFrom('persoon' as const, 'gezin' as const)
    fc.assert(
      fc.property(fc.array(involvement, { maxLength: 8 }), kind, fc.constantFrom(A, POINT), (drawn, matchKind, reader) => {
        const every = drawn.map((each, seq) => ({
          ...side(seq, each.organisation, each.person, each.familyKeys),
          permitted: each.permitted,
        }))
        const permitted = new Set(every.filter((each) => each.permitted).map(({ seq }) => seq))
        const unsealed = every.filter((each) => each.permitted || each.organisation === reader.organisation)
        expect(viewOf(matchKind, every, reader, permitted)).to.deep.equal(viewOf(matchKind, unsealed, reader, permitted))
      }),
    )
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
