import { expect } from 'chai'
import fc from 'fast-check'
import { LETTERS, linkKeys } from './derived-keys.ts'
import { bytesOfTree, type Tree, treeOfBytes } from './token-bytes.ts'

const letters = fc.constantFrom(...LETTERS)
const token = fc.constantFrom(8, 20).chain((length) => fc.string({ unit: letters, minLength: length, maxLength: length }))
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    token,
    fc.constantFrom(null, true, false, 'bcdfghjk', 'bcdfghja'),
    fc.nat(),
    fc.maxSafeNat(),
    fc.string(),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('tree'), { maxLength: 100 }),
  ),
}))

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? { bytes: [...value] } : Array.isArray(value) ? value.map(plain) : value

describe('a tree of tokens as bytes', () => {
  it('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(plain(treeOfBytes(bytesOfTree(value)))).to.deep.equal(plain(value))
      }),
    )
  })

  it('is read where more tokens come back than have a byte of their own', () => {
    const keys = linkKeys(Buffer.alloc(32, 1), '1')
    const tokens = Array.from({ length: 400 }, (_, at) => keys.token('naam', `n${at % 200}`))
    expect(treeOfBytes(bytesOfTree(tokens))).to.deep.equal(tokens)
  })

  it('takes five bits a letter, and a byte for what comes back', () => {
    const name = linkKeys(Buffer.alloc(32, 1), '1').token('naam', 'jansen')
    expect(bytesOfTree(name).length).to.equal(1 + 13)
    expect(bytesOfTree([name, name.slice(0, 8), name]).length).to.equal(1 + 14 + 6 + 1)
  })

  it('is no other tree when a byte is cut off or added', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const bytes = bytesOfTree(value)
        expect(() => treeOfBytes(bytes.subarray(0, -1))).to.throw(RangeError)
        expect(() => treeOfBytes(Buffer.concat([bytes, Buffer.of(0)]))).to.throw(RangeError)
      }),
    )
  })

  it('holds no number that is not whole, or below 0', () => {
    for (const number of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => bytesOfTree(number)).to.throw(RangeError)
  })
})
