import { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import type { HubError } from '../../../errors.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { verifyConsistency } from '../../../stages/audit/verify-consistency.ts'
import { verifyProof } from '../../../stages/audit/verify-proof.mjs'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { openSqlite } from '../sqlite.ts'
import { sqliteStore } from '../store.ts'
import { appendLines } from './append.ts'
import { makeCheckpoint } from './checkpoints.ts'
import { consistencyProof, inclusionProof, rootAt } from './proofs.ts'
import { logRoom } from './room.ts'
import { append, lineFor, newLog, openLog, type TestLog, testFolder, testKey } from './testing/log.ts'
import { verifyLog } from './verify.ts'

const whole = { vkey: testKey.vkey, sealKey: testKey.sealKey, stateNote: null }
const now = new Date('2026-11-22T09:00:00Z')

describe('access log: appending and proving', () => {
  let at: ReturnType<typeof testFolder>
  let log: TestLog
  beforeEach(async () => {
    at = testFolder()
    log = await newLog(`${at.folder}/log.sqlite`)
  })
  afterEach(async () => {
    await log.db.destroy()
    at.remove()
  })

  it('numbers lines from 1 without gaps, whatever the batches', async () => {
    expect(await append(log.db, 1, 1)).to.equal(1)
    expect(await append(log.db, 2, 1)).to.equal(1)
    expect(await append(log.db, 2, 700)).to.equal(700)
    expect(await append(log.db, 701, 3_000)).to.equal(3_000)
    expect(await verifyLog(log.db, whole)).to.deep.include({ heel: true, omvang: 3_000 })
    const row = await log.db.selectFrom('access_log').selectAll().where('number', '=', 700).executeTakeFirstOrThrow()
    expect(row).to.include({ object: 'm_700', tijdstip: '2026-11-22T09:00:00.000Z', regel: 'regel-0' })
    expect([row.zout.length, row.blad.length, row.zegel.length]).to.deep.equal([16, 32, 32])
  })

  it('gives equal lines different leaves: the salt keeps them from being guessed', async () => {
    await log.db.transaction().execute((tx) => appendLines(tx, testKey, Array(50).fill(lineFor(1)), now))
    const rows = await log.db.selectFrom('access_log').select(['zout', 'blad']).execute()
    expect(new Set(rows.map((row) => Buffer.from(row.zout).toString('hex'))).size).to.equal(50)
  })

  it('goes on rightly after a transaction that was rolled back', async () => {
    await append(log.db, 1, 300)
    const failed = log.db.transaction().execute(async (tx) => {
      await appendLines(tx, testKey, [lineFor(1), lineFor(2)], now)
      throw new Error('teruggedraaid')
    })
    expect(await failed.catch((error: Error) => error.message)).to.equal('teruggedraaid')
    expect(await append(log.db, 301, 600)).to.equal(600)
    expect(await verifyLog(log.db, whole)).to.deep.include({ heel: true, omvang: 600 })
  })

  it('takes nothing when the line cannot be written', async () => {
    await append(log.db, 1, 3)
    log.raw.exec("CREATE TRIGGER vol BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'vol'); END")
    expect(await append(log.db, 4, 4).catch((error: Error) => error.message)).to.equal('vol')
    log.raw.exec('DROP TRIGGER vol; CREATE TRIGGER stil BEFORE INSERT ON access_log BEGIN SELECT RAISE(IGNORE); END')
    expect(await append(log.db, 4, 4).catch((error: HubError) => error.code)).to.equal('tijdelijk-niet-beschikbaar')
    log.raw.exec('DROP TRIGGER stil')
    expect(await verifyLog(log.db, whole)).to.deep.include({ heel: true, omvang: 3 })
  })

  it('proves every line under every later checkpoint, and each log as the start of the next', async () => {
    const notes: { size: number; note: string }[] = []
    for (const [from, to] of [
      [1, 1],
      [2, 255],
      [256, 256],
      [257, 511],
      [512, 520],
      [521, 900],
    ] as const) {
      await append(log.db, from, to)
      notes.push(await makeCheckpoint(log.db, testKey, now))
    }
    for (const checkpoint of notes)
      for (const number of [1, 2, 17, 255, 256, 257, 512, 513, 900].filter((one) => one <= checkpoint.size)) {
        const verdict = verifyProof(await inclusionProof(log.db, number, checkpoint), testKey.vkey)
        expect(verdict.geldig && verdict.logregel.object, `${number} of ${checkpoint.size}`).to.equal(`m_${number}`)
      }
    for (const { size: from } of notes)
      for (const { size: to } of notes.filter((one) => one.size >= from)) {
        const path = (await consistencyProof(log.db, from, to)).pad.map((hash) => Buffer.from(hash, 'base64'))
        const roots = { fromRoot: (await rootAt(log.db, from))!, toRoot: (await rootAt(log.db, to))! }
        expect(verifyConsistency({ from, to, path, ...roots }), `${from}-${to}`).to.equal(true)
      }
    for (const { size, note } of notes)
      expect(openCheckpoint(note, testKey.vkey)?.root).to.deep.equal(Buffer.from((await rootAt(log.db, size))!))
  })

  it('proves no line that there is not, and no size that never was', async () => {
    await append(log.db, 1, 5)
    const checkpoint = await makeCheckpoint(log.db, testKey, now)
    await append(log.db, 6, 6)
    for (const number of [0, -1, 1.5, 6, 7]) {
      const refused = await inclusionProof(log.db, number, checkpoint).catch((error) => error)
      expect(refused, String(number)).to.have.property('code', 'niet-gevonden')
    }
    for (const [from, to] of [
      [0, 3],
      [-1, 3],
      [4, 3],
      [1, 7],
    ] as const)
      expect(await consistencyProof(log.db, from, to).catch((error) => error), `${from}-${to}`).to.have.property(
        'code',
        'niet-gevonden',
      )
  })

  it('is one tree when two hubs append to one database at once', async () => {
    const ready = new Int32Array(new SharedArrayBuffer(4))
    const workers = ['mee', 'rubicon'].map((client) => appendInWorker(`${at.folder}/log.sqlite`, client, ready))
    await Promise.all(workers)
    expect(await verifyLog(log.db, whole)).to.deep.include({ heel: true, omvang: 2 * 60 * 7 })
    const rows = await log.db.selectFrom('access_log').select('client').orderBy('number').execute()
    const turns = rows.filter((row, i) => row.client !== rows[i - 1]?.client).length
    expect(turns, 'both took turns').to.be.above(2)
    const checkpoint = await makeCheckpoint(log.db, testKey, now)
    expect(verifyProof(await inclusionProof(log.db, 400, checkpoint), testKey.vkey).geldig).to.equal(true)
  })
})

/** A second hub: a thread with its own connection that appends 60 batches of 7 lines, from when two are `ready`. */
function appendInWorker(path: string, client: string, ready: Int32Array): Promise<void> {
  const code = `
    import { createPrivateKey } from 'node:crypto'
    import { workerData } from 'node:worker_threads'
    const { appendLines } = await import(workerData.here + 'append.ts')
    const { openLog, lineFor } = await import(workerData.here + 'testing/log.ts')
    const { logKey } = await import(workerData.here + '../../../stages/audit/log-key.ts')
    const key = logKey(workerData.name, createPrivateKey(workerData.pem))
    const { db } = openLog(workerData.path)
    const rest = () => new Promise((resolve) => setTimeout(resolve, 1))
    for (Atomics.add(workerData.ready, 0, 1); Atomics.load(workerData.ready, 0) < 2; ) await rest()
    for (let batch = 0; batch < 60; batch++) {
      const lines = Array.from({ length: 7 }, (_, i) => ({ ...lineFor(i), client: workerData.client }))
      await db.transaction().execute((tx) => appendLines(tx, key, lines, new Date(1795338000000)))
      await rest()
    }
    await db.destroy()`
  const pem = testKey.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const workerData = { path, client, ready, pem, name: testKey.name, here: new URL('./', import.meta.url).href }
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`worker ended with ${status}`))))
  })
}

describe('access log: as a room of the store', () => {
  it('appends in the transaction of the work, tells the size, and nothing for no lines', async () => {
    const { folder, remove } = testFolder()
    const { db } = openSqlite<Database>(`${folder}/store.sqlite`)
    await migrate(db)
    const sizes: number[] = []
    const store = sqliteStore(
      db,
      logRoom(testKey, (size) => sizes.push(size)),
    )
    await store.write(async (tx) => {
      await tx.log.append([], now)
      await tx.log.append([lineFor(1), lineFor(2)], now)
      await tx.state.set('naam', 'waarde')
      await tx.log.append([lineFor(3)], now)
    })
    expect(sizes).to.deep.equal([2, 3])
    const failed = store.write(async (tx) => {
      await tx.log.append([lineFor(4)], now)
      throw new Error('teruggedraaid')
    })
    expect(await failed.catch((error: Error) => error.message)).to.equal('teruggedraaid')
    expect((await db.selectFrom('access_log').select('object').execute()).map((row) => row.object)).to.deep.equal([
      'm_1',
      'm_2',
      'm_3',
    ])
    await db.destroy()
    remove()
  })
})

describe('access log: one connection a hub', () => {
  it('refuses to write over what another hub wrote since the transaction began', async () => {
    const { folder, remove } = testFolder()
    const [first, second] = [await newLog(`${folder}/log.sqlite`), openLog(`${folder}/log.sqlite`)]
    const late = first.db.transaction().execute(async (tx) => {
      await tx.selectFrom('log_head').selectAll().execute()
      await append(second.db, 1, 1)
      await appendLines(tx, testKey, [lineFor(1)], now)
    })
    expect(await late.catch((error: unknown) => error)).to.have.property('code', 'tijdelijk-niet-beschikbaar')
    expect(await append(first.db, 2, 2)).to.equal(2)
    expect(await verifyLog(first.db, whole)).to.deep.include({ heel: true, omvang: 2 })
    await Promise.all([first.db.destroy(), second.db.destroy()])
    remove()
  })
})
