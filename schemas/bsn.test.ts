import { expect } from 'chai'
import fc from 'fast-check'
import { isBsn } from './bsn.ts'

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })

describe('isBsn', () => {
  it('accepts numbers of the public test range that pass', () => {
    for (const bsn of ['999900018', '999990019', '999911120', '900000016']) expect(isBsn(bsn), bsn).to.equal(true)
  })

  it('refuses zeroes, other lengths, signs, spaces and digits of other scripts', () => {
    for (const text of ['000000000', '', '99990001', '9999000180', '+99990001', '99990001 ', '٩٩٩٩٠٠٠١٨'])
      expect(isBsn(text)).to.equal(false)
  })

  it('at most one last digit passes after the same eight, and a changed digit never does', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (eight, at, shift) => {
        const passing = Array.from({ length: 10 }, (_, last) => eight.join('') + last).filter(isBsn)
        expect(passing.length).to.be.at.most(1)
        const changed = [...eight]
        changed[at] = (changed[at]! + shift) % 10
        for (const bsn of passing) expect(isBsn(changed.join('') + bsn[8])).to.equal(false)
      }),
    )
  })
})
