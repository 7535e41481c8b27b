import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { readCheckpoint } from '../../checkpoint-file.ts'
import { lastCheckpoint } from './checkpoints.ts'
import { type LogKeeper, startLogKeeper } from './keeper.ts'
import { refuseBehind } from './refuse-behind.ts'
import { append, newLog, openLog, type TestLog, testFolder, testKey } from './testing/log.ts'
import { verifyLog } from './verify.ts'

const now = () => new Date('2026-11-22T09:00:00Z')
const sizeOf = (note: string) => openCheckpoint(note, testKey.vkey)?.size
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('access log: keeping checkpoints', () => {
  let at: ReturnType<typeof testFolder>
  let log: TestLog
  let keeper: LogKeeper
  let published: (number | undefined)[]
  let failing: boolean
  let reports: unknown[]
  beforeEach(async () => {
    at = testFolder()
    log = await newLog(`${at.folder}/log.sqlite`)
    published = []
    failing = false
    reports = []
    keeper = await startLogKeeper({
      db: log.db,
      key: testKey,
      now,
      report: (error) => reports.push(error),
      publish: async (note) => {
        if (failing) throw new Error('schijf vol')
        published.push(sizeOf(note))
      },
    })
  })
  afterEach(async () => {
    failing = false
    await keeper.stop()
    await log.db.destroy()
    at.remove()
  })

  it('begins with a checkpoint over what is there, and ends with one over every line', async () => {
    expect(published).to.deep.equal([0])
    await append(log.db, 1, 5)
    keeper.appended(5)
    await keeper.stop()
    expect(published).to.deep.equal([0, 5])
    await keeper.stop()
    expect(published).to.deep.equal([0, 5])
  })

  it('makes one by itself soon after a line, and at once after 1,000', async () => {
    await append(log.db, 1, 1)
    keeper.appended(1)
    await until(() => published.includes(1))
    await append(log.db, 2, 1_500)
    keeper.appended(1_500)
    await until(() => published.includes(1_500))
    expect(published).to.deep.equal([0, 1, 1_500])
  })

  it('covers a line that is asked for, once for all who ask', async () => {
    await append(log.db, 1, 3)
    const answers = await Promise.all([keeper.covering(3), keeper.covering(2), keeper.covering(3)])
    expect(answers.map((answer) => answer.size)).to.deep.equal([3, 3, 3])
    expect(published).to.deep.equal([0, 3])
  })

  it('keeps of each hour the last', async () => {
    for (let number = 1; number <= 4; number++) {
      await append(log.db, number, number)
      await keeper.covering(number)
    }
    const kept = await log.db.selectFrom('log_checkpoint').select('size').execute()
    expect(kept.map((row) => row.size)).to.deep.equal([4])
    expect((await lastCheckpoint(log.db))?.size).to.equal(4)
  })

  it('reports what failed and tries again', async () => {
    failing = true
    await append(log.db, 1, 2)
    keeper.appended(2)
    await until(() => reports.length > 0)
    failing = false
    await until(() => published.includes(2))
    expect(reports).to.have.length(1)
  })
})

describe('access log: a hub that is killed', () => {
  it('is never refused at its next start, and its log is whole', async function () {
    this.timeout(120_000)
    const at = testFolder()
    const path = `${at.folder}/log.sqlite`
    const log = await newLog(path)
    await log.db.destroy()
    let before = 0
    for (let kill = 0; kill < 3; kill++) {
      await killHubAfter(startHub(at.folder), 250 + kill * 60)
      const stateNote = await readCheckpoint(`${at.folder}/state`)
      const again = openLog(path)
      await refuseBehind(again.db, stateNote, testKey.vkey)
      const verdict = await verifyLog(again.db, { vkey: testKey.vkey, sealKey: testKey.sealKey, stateNote })
      expect(verdict, `kill ${kill}`).to.have.property('heel', true)
      const size = verdict.heel ? verdict.omvang : 0
      expect(size).to.be.above(before)
      expect(size).to.be.at.least(Number(readFileSync(`${at.folder}/acknowledged`, 'utf8')))
      before = size
      await again.db.destroy()
    }
    at.remove()
  })
})

/** A hub in a process of its own: appends as fast as it can, notes what is committed, keeps checkpoints. */
function startHub(folder: string): ChildProcess {
  const here = new URL('./', import.meta.url).href
  const code = `
    import { writeFileSync } from 'node:fs'
    import { createPrivateKey } from 'node:crypto'
    const { appendLines } = await import('${here}append.ts')
    const { startLogKeeper } = await import('${here}keeper.ts')
    const { openLog, lineFor } = await import('${here}testing/log.ts')
    const { logKey } = await import('${here}../../../stages/audit/log-key.ts')
    const { writeCheckpoint } = await import('${here}../../checkpoint-file.ts')
    const [folder, name, pem] = JSON.parse(process.env.HUB)
    const key = logKey(name, createPrivateKey(pem))
    const { db } = openLog(folder + '/log.sqlite')
    const publish = (note) => writeCheckpoint(folder + '/state', note)
    const keeper = await startLogKeeper({ db, key, now: () => new Date(), publish, report: (error) => { throw error } })
    for (let i = 1; ; i++) {
      const lines = Array.from({ length: 1 + (i % 300) }, (_, n) => lineFor(n))
      const size = await db.transaction().execute((tx) => appendLines(tx, key, lines, new Date()))
      keeper.appended(size)
      writeFileSync(folder + '/acknowledged', String(size))
      process.send('committed')
    }`
  writeFileSync(`${folder}/hub.mjs`, code)
  const pem = testKey.privateKey.export({ type: 'pkcs8', format: 'pem' })
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `${folder}/hub.mjs`], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, HUB: JSON.stringify([folder, testKey.name, pem]) },
  })
}

async function killHubAfter(hub: ChildProcess, delay_ms: number): Promise<void> {
  const ended = new Promise((resolve) => hub.once('exit', resolve))
  await new Promise((resolve) => hub.once('message', resolve))
  await new Promise((resolve) => setTimeout(resolve, delay_ms))
  hub.kill('SIGKILL')
  await ended
}
