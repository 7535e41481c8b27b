import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { keptKeys } from './kept-keys.ts'

const PLACES = 8
const step = fc.record({
  what: fc.constantFrom('set', 'get', 'delete'),
  id: fc.integer({ min: 0, max: 40 }).map((n) => `r_${n}`),
})

describe('kept keys', () => {
  it('give an id its own last key or none, and none that was deleted, whatever else took its place', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const kept = keptKeys(PLACES)
        const last = new Map<string, Buffer>()
        for (const { what, id } of steps) {
          if (what === 'delete') {
            kept.delete(id)
            last.delete(id)
          }
          if (what === 'set') {
            const key = randomBytes(32)
            kept.set(id, key)
            last.set(id, key)
            expect(Buffer.from(kept.get(id) ?? []).equals(key)).to.equal(true)
          }
          const found = kept.get(id)
          if (found) expect(last.get(id)?.equals(found)).to.equal(true)
        }
      }),
    )
  })

  it('give a copy, which another in its place does not change', () => {
    const kept = keptKeys(1)
    kept.set('r_een', Buffer.alloc(32, 1))
    const key = kept.get('r_een')
    kept.set('r_twee', Buffer.alloc(32, 2))
    expect(key?.every((byte) => byte === 1)).to.equal(true)
    expect(kept.get('r_een')).to.equal(undefined)
  })

  it('are most of as many as there are places', () => {
    const kept = keptKeys(10_000)
    for (let n = 0; n < 10_000; n++) kept.set(`r_${n}`, Buffer.alloc(32, n))
    const found = Array.from({ length: 10_000 }, (_, n) => kept.get(`r_${n}`)).filter(Boolean)
    expect(found.length).to.be.greaterThan(6_000)
  })

  it('are none where none may be', () => {
    const kept = keptKeys(0)
    kept.set('r_een', Buffer.alloc(32, 1))
    expect(kept.get('r_een')).to.equal(undefined)
  })
})
