import { expect } from 'chai'
import fc from 'fast-check'
import { components } from './components.ts'

describe('persons as components of links', () => {
  it('joins what links join and leaves the rest apart', () => {
    const edges = [
      { a: 3, b: 1, kind: 'zelfde' },
      { a: 4, b: 2, kind: 'anders' },
    ]
    expect(components([4, 3, 2, 1], edges)).to.deep.equal([[1, 3], [2], [4]])
  })

  it('gives way to a link that keeps apart, the weakest first', () => {
    const edges = [
      { a: 1, b: 2, kind: 'zelfde', strength: 30 },
      { a: 2, b: 3, kind: 'zelfde', strength: 40 },
      { a: 1, b: 3, kind: 'anders' },
    ]
    expect(components([1, 2, 3], edges)).to.deep.equal([[1], [2, 3]])
  })

  it('does not depend on the order of links or registrations', () => {
    const edge = fc.record({ a: fc.nat(9), b: fc.nat(9), kind: fc.constantFrom('zelfde', 'anders') })
    const seqs = Array.from({ length: 10 }, (_, i) => i)
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 15 }), fc.shuffledSubarray(seqs, { minLength: 10 }), (edges, shuffled) => {
        expect(components(shuffled, edges.toReversed())).to.deep.equal(components(seqs, edges))
      }),
    )
  })
})
