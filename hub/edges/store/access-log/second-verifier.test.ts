import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { skipWithout } from '../../../../deploy/engines/absent.ts'
import type { Bewijs } from '../../../../schemas/types.ts'
import { type LogKey, logKeys, retiredPart } from '../../../stages/audit/log-key.ts'
import { logKeyring } from '../../log-keyring.ts'
import { appendLines } from './append.ts'
import { goOver } from './change-key.ts'
import { type Checkpoint, makeCheckpoint } from './checkpoints.ts'
import { consistencyProof, inclusionProof } from './proofs.ts'
import { append, lineFor, newLog, type TestLog, testFolder, testKey } from './testing/log.ts'

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

  function judge(
    bewijzen: Bewijs[],
    groei: Growth[],
    { vkey }: { vkey: string } = testKey,
  ): { Bewijzen: string[]; Groei: string[] } {
    const input = JSON.stringify({ vkey, bewijzen, groei })
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

  it('follows a log that goes over to another key: by both until the old one is retired, then by the new one', async () => {
    const second = generateKeyPairSync('ed25519').privateKey
    const file = logKeys(testKey.name, [{ pem: testKey.privateKey }, { pem: second }])
    const ring = logKeyring(() => file)
    ring.place(file[0] as LogKey)
    const before = notes.at(-1)!
    await goOver(log.db, ring, () => new Date('2026-11-22T10:00:00Z'))
    const both = await makeCheckpoint(log.db, ring, new Date('2026-11-22T10:00:00Z'))
    ring.place(logKeys(testKey.name, [retiredPart(testKey.privateKey), { pem: second }])[1] as LogKey)
    await log.db.transaction().execute((tx) => appendLines(tx, ring, [lineFor(1)], new Date('2026-11-22T11:00:00Z')))
    const alone = await makeCheckpoint(log.db, ring, new Date('2026-11-22T11:00:00Z'))
    const growth = async (from: Checkpoint, to: Checkpoint) =>
      ({ van: from.note, tot: to.note, pad: (await consistencyProof(log.db, from.size, to.size)).pad }) as Growth
    const proofs = [before, both, alone].map((checkpoint) => inclusionProof(log.db, checkpoint.size, checkpoint))
    const steps = [await growth(before, both), await growth(both, alone)]
    const byOld = judge(await Promise.all(proofs), steps)
    const byNew = judge(await Promise.all(proofs), steps, file[1] as LogKey)
    const good = ({ Bewijzen, Groei }: typeof byOld) => [...Bewijzen, ...Groei].map((verdict) => verdict === 'goed')
    expect(good(byOld)).to.eql([true, true, false, true, false])
    expect(good(byNew)).to.eql([false, true, true, false, true])
  })
})
