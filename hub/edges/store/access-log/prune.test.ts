import { expect } from 'chai'
import type { HubError } from '../../../errors.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { makeCheckpoint } from './checkpoints.ts'
import { inclusionProof } from './proofs.ts'
import { pruneLines } from './prune.ts'
import { searchLines } from './search.ts'
import { append, copyLog, newLog, type TestLog, testFolder, testKey } from './testing/log.ts'
import { verifyLog } from './verify.ts'

const OLD = new Date('2020-03-01T09:00:00Z')
const NOW = new Date('2026-11-22T09:00:00Z')

describe('access log: pruning', () => {
  let at: ReturnType<typeof testFolder>
  let log: TestLog
  let stateNote: string
  beforeEach(async () => {
    at = testFolder()
    log = await newLog(`${at.folder}/log.sqlite`)
    await append(log.db, 1, 1_200, OLD)
    await append(log.db, 1_201, 1_300, NOW)
    stateNote = (await makeCheckpoint(log.db, testKey, NOW)).note
  })
  afterEach(async () => {
    await log.db.destroy()
    at.remove()
  })

  const prune = (years = 5) =>
    log.db.transaction().execute((tx) => pruneLines(tx, testKey, { years, policy: 'proef@1', at: NOW }))
  const verify = () => verifyLog(log.db, { vkey: testKey.vkey, sealKey: testKey.sealKey, stateNote })
  const edit = (sql: string) => log.raw.exec(sql)

  it('removes what is past its term, keeps hash and seal, says so in the log, and the tree verifies', async () => {
    const sizes = [await prune(), await prune(), await prune()]
    expect(sizes.map(({ pruned }) => pruned)).to.deep.equal([1_000, 200, 0])
    expect(await verify()).to.deep.include({ heel: true, omvang: 1_302 })
    const rows = log.raw.prepare("SELECT count(*) AS n FROM access_log WHERE length(zout) = 0 AND tijdstip = ''").get()
    expect(rows?.n).to.equal(1_200)
    const { logregels } = await searchLines(log.db, {}, '', 1_000)
    expect(logregels.map(({ nummer }) => nummer))
      .to.include.members([1_201, 1_301, 1_302])
      .and.to.have.length(102)
    expect(log.raw.prepare('SELECT object, controles FROM access_log WHERE number = 1302').get()).to.deep.include({
      object: 'logregels 1-1200',
      controles: 'bewaartermijn:5,nieuwste:2020-03-01T09:00:00.000Z',
    })
  })

  it('proves the lines that are left, and none that was pruned', async () => {
    await prune()
    const checkpoint = await makeCheckpoint(log.db, testKey, NOW)
    expect(openCheckpoint(checkpoint.note, testKey.vkey)?.size).to.equal(1_301)
    expect(await inclusionProof(log.db, 1_001, checkpoint)).to.have.property('nummer', 1_001)
    const failed = await inclusionProof(log.db, 7, checkpoint).catch((error: HubError) => error.code)
    expect(failed).to.equal('niet-gevonden')
  })

  it('prunes nothing that is younger, and nothing sooner than after five years', async () => {
    expect((await prune(7)).pruned).to.equal(0)
    await log.db.transaction().execute((tx) => pruneLines(tx, testKey, { years: 0, policy: 'proef@1', at: NOW }))
    expect(await verify()).to.have.nested.property('eersteFout.nummer', 1)
  })

  it('refuses to prune a line that was tampered with: its time set back, or its content gone', async () => {
    edit("UPDATE access_log SET tijdstip = '2019-01-01T00:00:00.000Z' WHERE number > 1200")
    await prune()
    expect(await prune().catch((error: HubError) => error.code)).to.equal('interne-fout')
    expect(await verify()).to.have.nested.property('eersteFout.nummer', 1_201)
  })

  it('is no way to hide: whatever is emptied, put back or said otherwise is found', async () => {
    await prune()
    await prune()
    const edits: [string, number][] = [
      ['UPDATE access_log SET blad = zeroblob(32) WHERE number = 9', 9],
      ["UPDATE access_log SET client = 'x' WHERE number = 9", 9],
      ['UPDATE access_log SET zout = zeroblob(16) WHERE number = 9', 9],
      ['DELETE FROM access_log WHERE number = 9', 9],
      // The line that says so is changed or removed: what it alone accounts for has no account.
      ["UPDATE access_log SET object = 'logregels 1-1210' WHERE number = 1302", 1_001],
      ['DELETE FROM access_log WHERE number = 1302', 1_001],
    ]
    edit(`VACUUM INTO '${at.folder}/heel.sqlite'`)
    for (const [sql, nummer] of edits) {
      const copy = copyLog(`${at.folder}/heel.sqlite`, `${at.folder}/copy.sqlite`)
      copy.raw.exec(sql)
      const verdict = await verifyLog(copy.db, { vkey: testKey.vkey, sealKey: testKey.sealKey, stateNote })
      await copy.db.destroy()
      expect(verdict, sql).to.have.nested.property('eersteFout.nummer', nummer)
    }
    expect(await verify()).to.have.property('heel', true)
  })
})
