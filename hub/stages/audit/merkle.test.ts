import { expect } from 'chai'
import fc from 'fast-check'
import {
  appendLeaf,
  consistencyRanges,
  emptyFrontier,
  frontierLength,
  hashOfRange,
  inclusionRanges,
  type Range,
  rootOf,
  type Subtree,
} from './merkle.ts'
import { leafHash, nodeHash, sha256 } from './tree-hash.mjs'
import { verifyConsistency } from './verify-consistency.ts'
import { verifyInclusion } from './verify-inclusion.mjs'

/** Merkle tree hash as RFC 6962 section 2.1 writes it, without any of our short cuts. */
function definition(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0] as Uint8Array
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1)
  return nodeHash(definition(leaves.slice(0, k)), definition(leaves.slice(k)))
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`regel ${i}`)))
const slice = (leaves: Uint8Array[]) => (range: Range) =>
  hashOfRange(range, ({ level, position }: Subtree) =>
    definition(leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)),
  )

function flip(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Buffer.from(hash)
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
  return copy
}

describe('Merkle tree of the access log', () => {
  it('has the roots of RFC 6962’s published test data', () => {
    const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    const frontier = emptyFrontier()
    const found = [rootOf(frontier)]
    for (const entry of entries) {
      appendLeaf(frontier, leafHash(Buffer.from(entry, 'hex')))
      found.push(rootOf(frontier))
    }
    expect(found.map((root) => Buffer.from(root).toString('hex'))).to.deep.equal(roots)
  })

  it('agrees with the definition for every size up to 130, and tells every completed node', () => {
    const leaves = leavesOf(130)
    const frontier = emptyFrontier()
    for (let size = 1; size <= leaves.length; size++) {
      appendLeaf(frontier, leaves[size - 1] as Uint8Array, ({ level, position }, hash) => {
        expect(hash).to.deep.equal(definition(leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)))
      })
      expect(rootOf(frontier)).to.deep.equal(definition(leaves.slice(0, size)))
      expect(frontier.hashes).to.have.length(frontierLength(size))
    }
  })

  it('property: inclusion proofs verify, and with any one bit flipped they do not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (size, a, b, bit) => {
        const leaves = leavesOf(size)
        const index = a % size
        const path = inclusionRanges(index, size).map(slice(leaves))
        const proof = { index, size, leaf: leaves[index] as Uint8Array, path, root: definition(leaves) }
        expect(verifyInclusion(proof)).to.equal(true)
        expect(verifyInclusion({ ...proof, leaf: flip(proof.leaf, bit) })).to.equal(false)
        expect(verifyInclusion({ ...proof, root: flip(proof.root, bit) })).to.equal(false)
        expect(verifyInclusion({ ...proof, path: [...path, proof.leaf] })).to.equal(false)
        if (size === 1) return
        const at = b % path.length
        expect(verifyInclusion({ ...proof, path: path.with(at, flip(path[at] as Uint8Array, bit)) })).to.equal(false)
        expect(verifyInclusion({ ...proof, path: path.toSpliced(at, 1) })).to.equal(false)
        expect(verifyInclusion({ ...proof, index: (index + 1 + (b % (size - 1))) % size })).to.equal(false)
      }),
    )
  })

  it('property: consistency proofs verify, and with any one bit flipped they do not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (to, a, b, bit) => {
        const leaves = leavesOf(to)
        const from = 1 + (a % (to - 1))
        const path = consistencyRanges(from, to).map(slice(leaves))
        const proof = { from, to, fromRoot: definition(leaves.slice(0, from)), toRoot: definition(leaves), path }
        expect(verifyConsistency(proof)).to.equal(true)
        expect(verifyConsistency({ ...proof, fromRoot: flip(proof.fromRoot, bit) })).to.equal(false)
        expect(verifyConsistency({ ...proof, toRoot: flip(proof.toRoot, bit) })).to.equal(false)
        const at = b % path.length
        expect(verifyConsistency({ ...proof, path: path.with(at, flip(path[at] as Uint8Array, bit)) })).to.equal(false)
        expect(verifyConsistency({ ...proof, path: path.toSpliced(at, 1) })).to.equal(false)
        expect(verifyConsistency({ ...proof, path: [...path, proof.toRoot] })).to.equal(false)
      }),
    )
  })

  it('asks of a store only subtrees that are complete', () => {
    expect(inclusionRanges(6, 7)).to.deep.equal([
      { start: 4, end: 6 },
      { start: 0, end: 4 },
    ])
    expect(consistencyRanges(4, 7)).to.deep.equal([{ start: 4, end: 7 }])
    expect(consistencyRanges(6, 7)).to.deep.equal([
      { start: 4, end: 6 },
      { start: 6, end: 7 },
      { start: 0, end: 4 },
    ])
    expect(consistencyRanges(7, 7)).to.deep.equal([])
  })
})
