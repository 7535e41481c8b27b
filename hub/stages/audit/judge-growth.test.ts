import { generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import { judgeGrowth } from './judge-growth.ts'
import { logKey, signCheckpoint } from './log-key.ts'
import { appendLeaf, consistencyRanges, emptyFrontier, hashOfRange, rootOf } from './merkle.ts'
import { leafHash } from './tree-hash.mjs'

const key = logKey('verwijsindex/voorbeeld', generateKeyPairSync('ed25519').privateKey)

/** A log that differs from others from line `fork` on. */
function logOf(name: string, fork: number) {
  const leaves = Array.from({ length: 30 }, (_, i) => leafHash(Buffer.from(i < fork ? `${i}` : `${name} ${i}`)))
  const rootOfPart = (start: number, end: number) => {
    const frontier = emptyFrontier()
    for (const leaf of leaves.slice(start, end)) appendLeaf(frontier, leaf)
    return rootOf(frontier)
  }
  const hashOf = ({ level, position }: { level: number; position: number }) =>
    rootOfPart(position * 2 ** level, (position + 1) * 2 ** level)
  return {
    note: (size: number) => signCheckpoint(key, size, rootOfPart(0, size)),
    proofBetween: async (from: number, to: number) => consistencyRanges(from, to).map((range) => hashOfRange(range, hashOf)),
  }
}

const honest = logOf('eerlijk', 0)
const forked = logOf('ander', 12)
const original = logOf('eerlijk', 12)

describe('what a witness makes of a checkpoint', () => {
  const judge = (kept: string | null, shown: string, log = honest) =>
    judgeGrowth({ vkeys: [key.vkey], kept, shown, proofBetween: log.proofBetween })

  it('accepts the first one, the same one and every growth of one log', async () => {
    expect(await judge(null, honest.note(7))).to.deep.equal({ goed: true, stand: 'eerste', omvang: 7 })
    expect(await judge(honest.note(7), honest.note(7))).to.deep.equal({ goed: true, stand: 'gelijk', omvang: 7 })
    for (let from = 0; from < 20; from++)
      for (let to = from + 1; to <= 20; to++)
        expect(await judge(honest.note(from), honest.note(to))).to.deep.equal({ goed: true, stand: 'gegroeid', omvang: to })
  })

  it('reports a step back', async () => {
    expect(await judge(honest.note(9), honest.note(8))).to.deep.equal({ goed: false, fout: 'stap-terug', omvang: 8, eerder: 9 })
  })

  it('reports a fork: another log of the same size, or one that does not begin with what was seen', async () => {
    expect(await judge(original.note(15), forked.note(15), forked)).to.deep.equal({
      goed: false,
      fout: 'vork',
      omvang: 15,
      eerder: 15,
    })
    for (let to = 16; to <= 30; to++)
      expect(await judge(original.note(15), forked.note(to), forked)).to.deep.include({ goed: false, fout: 'vork', omvang: to })
    expect(await judge(original.note(12), forked.note(20), forked)).to.have.property('goed', true)
    expect(await judge(honest.note(5), honest.note(9), { ...honest, proofBetween: async () => [] })).to.have.property(
      'fout',
      'vork',
    )
  })

  it('reports a checkpoint that the log’s key did not sign, and one of its own that it cannot read', async () => {
    const other = logKey(key.name, generateKeyPairSync('ed25519').privateKey)
    expect(await judge(honest.note(5), signCheckpoint(other, 6, leafHash(Buffer.of())))).to.include({
      fout: 'handtekening',
      omvang: null,
      eerder: 5,
    })
    expect(await judge('onzin', honest.note(5))).to.include({ fout: 'bewaard-onleesbaar' })
  })
})
