import { expect } from 'chai'
import fc from 'fast-check'
import { keyTable } from './key-table.ts'

const MAX = 3
const step = fc.record({
  adds: fc.boolean(),
  key: fc.integer({ min: 0, max: 40 }).map((n) => `sleutel-${n}`),
  seq: fc.integer({ min: 1, max: 12 }),
})

describe('key table', () => {
  it('answers as a map of sets does, whatever was added and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const table = keyTable(MAX)
        const known = new Map<string, Set<number>>()
        for (const { adds, key, seq } of steps) {
          const block = known.get(key) ?? known.set(key, new Set()).get(key)!
          if (adds && block.size < MAX) block.add(seq)
          else if (!adds) block.delete(seq)
          if (adds && !block.has(seq)) continue
          if (adds) table.add(key, seq)
          else table.remove(key, seq)
        }
        for (const [key, block] of known)
          expect(table.find(key)).to.deep.equal({ seqs: [...block].sort((a, b) => a - b), cut: false })
      }),
    )
  })

  it('finds everything after it has grown', () => {
    const table = keyTable(200)
    const key = (n: number) => `nbcdfghjklmnpqrstvw-${n}`
    for (let seq = 1; seq <= 100_000; seq++) table.add(key(seq % 50_000), seq)
    for (let n = 1; n < 50_000; n += 7) expect(table.find(key(n)).seqs).to.deep.equal([n, n + 50_000])
  })

  it('cuts a block that is too long, and says so until it is short again', () => {
    const table = keyTable(MAX)
    for (const seq of [5, 4, 3, 2, 2]) table.add('k', seq)
    expect(table.find('k')).to.deep.equal({ seqs: [3, 4, 5], cut: true })
    table.remove('k', 2)
    expect(table.find('k')).to.deep.equal({ seqs: [3, 4, 5], cut: false })
  })
})
