import { generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { entryBytes, rowOf } from './entry.ts'
import { logKey, signCheckpoint } from './log-key.ts'
import { appendLeaf, emptyFrontier, hashOfRange, inclusionRanges, rootOf, type Subtree } from './merkle.ts'
import { commitment, leafHash } from './tree-hash.mjs'
import { verifyProof } from './verify-proof.mjs'

const key = logKey('verwijsindex/voorbeeld', generateKeyPairSync('ed25519').privateKey)
const line = {
  actie: 'lezen',
  client: 'mee',
  gebruiker: null,
  rol: 'organisatie',
  organisatie: 'mee',
  namens: null,
  persoon: 'p_1',
  object: 'm_1',
  grond: null,
  uitkomst: 'toegestaan',
  controles: 'token',
  herkomst: 'api',
  traceId: '0'.repeat(32),
} as const

function proofOf(number: number, size: number) {
  const salts = Array.from({ length: size }, (_, i) => Buffer.alloc(16, i + 1))
  const entries = salts.map((_, i) => entryBytes(rowOf(i + 1, new Date('2026-11-22T09:00:00Z'), line)))
  const leaves = entries.map((entry, i) => leafHash(commitment(salts[i] as Buffer, entry)))
  const rootOfPart = (from: number, to: number) => {
    const frontier = emptyFrontier()
    for (const leaf of leaves.slice(from, to)) appendLeaf(frontier, leaf)
    return rootOf(frontier)
  }
  const hashOf = ({ level, position }: Subtree) => rootOfPart(position * 2 ** level, (position + 1) * 2 ** level)
  const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes as Uint8Array).toString('base64')
  return {
    nummer: number,
    boomgrootte: size,
    regel: base64(entries[number - 1]),
    zout: base64(salts[number - 1]),
    pad: inclusionRanges(number - 1, size).map((range) => base64(hashOfRange(range, hashOf))),
    controlepunt: signCheckpoint(key, size, rootOfPart(0, size)),
  }
}

describe('proof of one log line', () => {
  it('holds for every line of small logs, and shows the line', () => {
    for (let size = 1; size <= 9; size++)
      for (let number = 1; number <= size; number++) {
        const verdict = verifyProof(proofOf(number, size), key.vkey)
        expect(verdict).to.deep.include({ geldig: true, boomgrootte: size })
        expect(verdict.geldig && verdict.logregel).to.include({
          nummer: number,
          persoon: 'p_1',
          tijdstip: '2026-11-22T09:00:00.000Z',
        })
      }
  })

  it('does not hold when a part is missing, of another kind or of another proof', () => {
    const proof = proofOf(3, 7)
    const another = proofOf(4, 7)
    for (const name of Object.keys(proof) as (keyof typeof proof)[]) {
      for (const value of [undefined, null, 0, 'x', [], {}, ...(name === 'controlepunt' ? [] : [another[name]])]) {
        if (name === 'boomgrootte' && value === 7) continue
        expect(verifyProof({ ...proof, [name]: value }, key.vkey), `${name} ${value}`).to.have.property('geldig', false)
      }
    }
    expect(verifyProof(proof, key.vkey.replace('voorbeeld', 'elders'))).to.have.property('geldig', false)
    for (const none of [null, 'x', 3, []]) expect(verifyProof(none, key.vkey)).to.have.property('geldig', false)
  })

  it('property: any one bit of line, salt or path flipped is found', () => {
    const proof = proofOf(5, 11)
    const places = ['regel', 'zout', 0, 1, 2, 3] as const
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.nat(), (place, at) => {
        const text = typeof place === 'number' ? (proof.pad[place] as string) : proof[place]
        const bytes = Buffer.from(text, 'base64')
        const bit = at % (bytes.length * 8)
        bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
        const changed = bytes.toString('base64')
        const forged = typeof place === 'number' ? { pad: proof.pad.with(place, changed) } : { [place]: changed }
        expect(verifyProof({ ...proof, ...forged }, key.vkey)).to.have.property('geldig', false)
      }),
    )
  })
})
