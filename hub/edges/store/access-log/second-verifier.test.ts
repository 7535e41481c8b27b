import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { skipWithout } from '../../../../deploy/engines/absent.ts'
import type { Bewijs } from '../../../../schemas/types.ts'
import { makeCheckpoint } from './checkpoints.ts'
import { consistencyProof, inclusionProof } from './proofs.ts'
import { append, newLog, type TestLog, testFolder, testKey } from './testing/log.ts'

const INSTALLER = fileURLToPath(new URL('../../../../deploy/engines/log-verifier', import.meta.url))
const SIZES = [1, 2, 3, 7, 8, 100, 255, 256, 257, 600]

interface Growth {
  van: string
  tot: string
  pad: string[]
}

describe('access log: a second implementation (golang.org/x/mod/sumdb)', () => {
  let folder: ReturnType<typeof testFolder>
  let log: TestLog
  let notes: { size: number; note: string }[]
  let program: string
  before(async function () {
    program = spawnSync(INSTALLER, ['path'], { encoding: 'utf8' }).stdout.trim()
    if (program === '') skipWithout(this, 'The second verifier (Go)', 'deploy/engines/log-verifier install')
    folder = testFolder()
    log = await newLog(`${folder.folder}/log.sqlite`)
    notes = []
    for (const size of SIZES) {
      await append(log.db, (notes.at(-1)?.size ?? 0) + 1, size)
      notes.push(await makeCheckpoint(log.db, testKey, new Date('2026-11-22T09:00:00Z')))
    }
  })
  after(async () => {
    await log?.db.destroy()
    folder?.remove()
  })

  function judge(bewijzen: Bewijs[], groei: Growth[]): { Bewijzen: string[]; Groei: string[] } {
    const input = JSON.stringify({ vkey: testKey.vkey, bewijzen, groei })
    const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8' })
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    return JSON.parse(stdout)
  }

  it('opens our checkpoints and finds every line in them', async () => {
    const proofs: Bewijs[] = []
    for (const checkpoint of notes)
      for (let number = 1; number <= checkpoint.size; number += 1 + Math.floor(checkpoint.size / 12))
        proofs.push(await inclusionProof(log.db, number, checkpoint))
    expect(proofs).to.have.length.above(60)
    expect(judge(proofs, []).Bewijzen).to.deep.equal(proofs.map(() => 'goed'))
    const wrong = proofs.map((proof) => ({ ...proof, zout: Buffer.alloc(16).toString('base64') }))
    for (const verdict of judge(wrong, []).Bewijzen) expect(verdict).to.not.equal('goed')
  })

  it('finds each log the start of every later one', async () => {
    const growth: Growth[] = []
    for (const from of notes)
      for (const to of notes.filter((one) => one.size >= from.size))
        growth.push({ van: from.note, tot: to.note, pad: (await consistencyProof(log.db, from.size, to.size)).pad })
    expect(judge([], growth).Groei).to.deep.equal(growth.map(() => 'goed'))
    const grown = growth.filter((one) => one.van !== one.tot)
    const wrong = grown.map(({ pad, ...one }) => ({ ...one, pad: pad.toReversed().slice(1) }))
    for (const verdict of judge([], wrong).Groei) expect(verdict).to.not.equal('goed')
  })
})
