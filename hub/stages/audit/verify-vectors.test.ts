import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { verifyConsistency } from './verify-consistency.ts'
import { verifyInclusion } from './verify-inclusion.mjs'

const repository = new URL('../../../', import.meta.url)
const folder = process.env.MERKLE_VECTORS ?? fileURLToPath(new URL('../shared/data/merkle/testdata', repository))
const bytes = (text: string | null) => Buffer.from(text ?? '', 'base64')
const read = (kind: string) =>
  globSync(`${folder}/${kind}/**/*.json`)
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(file, 'utf8')) }))

/** The vectors stay outside the repository: where they are not, that is said, and the cases of our own remain. */
describe('the public vectors of transparency-dev/merkle', () => {
  if (!existsSync(folder)) {
    console.log(`Geen map ${folder}: zet MERKLE_VECTORS op de map testdata van transparency-dev/merkle om ze na te gaan.`)
    return
  }

  it('inclusion: every proof is judged as the vectors say', () => {
    const cases = read('inclusion')
    expect(cases).to.have.length.above(90)
    for (const { file, leafIdx, treeSize, root, leafHash, proof, wantErr } of cases) {
      const path = (proof ?? []).map(bytes)
      const verdict = verifyInclusion({ index: leafIdx, size: treeSize, leaf: bytes(leafHash), path, root: bytes(root) })
      expect(verdict, file).to.equal(!wantErr)
    }
  })

  it('consistency: every proof is judged as the vectors say', () => {
    const cases = read('consistency')
    expect(cases).to.have.length.above(90)
    for (const { file, size1, size2, root1, root2, proof, wantErr } of cases) {
      const path = (proof ?? []).map(bytes)
      const verdict = verifyConsistency({ from: size1, to: size2, fromRoot: bytes(root1), toRoot: bytes(root2), path })
      expect(verdict, file).to.equal(!wantErr)
    }
  })
})
