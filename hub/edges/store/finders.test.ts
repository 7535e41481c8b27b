import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { Kysely } from 'kysely'
import type { Store } from '../../ports.ts'
import type { InboxRow } from '../../rows.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'
import { sqliteStore } from './store.ts'

const hashOf = (name: string): Buffer => createHash('sha256').update(name).digest()
const messageOf = (name: string, hash = hashOf(name)): InboxRow => ({
  ...{ source: 'mee', message: hash, bodyHash: hash, registration: `r_${name}`, version: 1, applied: 1, created: 1 },
  receivedAt: '2026-11-22T09:00:00Z',
})

describe('what SQLite’s process finds in memory', () => {
  let db: Kysely<Database>
  let store: Store
  const noLog = () => ({ append: async () => {} }) as never
  const again = () => sqliteStore(db, noLog)
  const found = (hash: Uint8Array, from = store) => from.read((tx) => tx.inbox.find('mee', [hash]))
  const hold = (key: string, seqs: number[]) =>
    store.write((tx) => tx.keyEpochs.setAnchors(seqs.map((seq) => ({ seq, anchors: [{ key, epoch: '1', place: 0 }] }))))
  const holders = async (key: string, from = store) =>
    (await from.read((tx) => tx.linking.holdersOfFamilyKeys([key], 200))).get(key)
  beforeEach(async () => {
    db = openSqlite<Database>(':memory:').db
    await migrate(db)
    store = again()
  })
  afterEach(() => db.destroy())

  it('is what is in the store, however much that is and whoever wrote it', async () => {
    const rows = Array.from({ length: 12_000 }, (_, n) => messageOf(`voor-${n}`))
    await store.write((tx) => tx.inbox.insert(rows))
    const later = again()
    for (const n of [0, 4_999, 5_000, 5_001, 9_999, 10_000, 11_999])
      expect(await found(hashOf(`voor-${n}`), later)).to.deep.equal([rows[n]])
    await later.write((tx) => tx.inbox.insert([messageOf('na')]))
    expect(await found(hashOf('na'), later)).to.have.length(1)
    expect(await found(hashOf('nooit'), later)).to.deep.equal([])
    expect(await later.read((tx) => tx.inbox.find('rubicon', [hashOf('na')]))).to.deep.equal([])
  })

  it('is not what was rolled back, nor what has its number now', async () => {
    await found(hashOf('eerst'))
    const failed = store.write(async (tx) => {
      await tx.inbox.insert([messageOf('eerst')])
      expect(await tx.inbox.find('mee', [hashOf('eerst')]), 'seen by its own transaction').to.have.length(1)
      throw new Error('teruggedraaid')
    })
    expect(await failed.catch((error: Error) => error.message)).to.equal('teruggedraaid')
    expect(await found(hashOf('eerst'))).to.deep.equal([])
    await store.write((tx) => tx.inbox.insert([messageOf('tweede')]))
    expect(await found(hashOf('eerst'))).to.deep.equal([])
    expect((await found(hashOf('tweede'))).map((row) => row.registration)).to.deep.equal(['r_tweede'])
  })

  it('is told by every byte of its hash', async () => {
    const alike = Buffer.from(hashOf('een'))
    alike.writeUInt8(alike.readUInt8(31) ^ 1, 31)
    await found(alike)
    await store.write((tx) => tx.inbox.insert([messageOf('een'), messageOf('ander', alike)]))
    expect((await found(alike)).map((row) => row.registration)).to.deep.equal(['r_ander'])
  })

  it('is a family where as many hold an anchor as may, and none where more do, before and after a start', async () => {
    await holders('k')
    const seqs = Array.from({ length: 200 }, (_, n) => n + 1)
    await hold('k', seqs)
    expect(await holders('k')).to.deep.equal(seqs)
    await hold('k', [201])
    for (const from of [store, again()]) expect(await holders('k', from)).to.equal(undefined)
    await hold(
      'k',
      Array.from({ length: 300 }, (_, n) => n + 202),
    )
    for (const from of [store, again()]) expect(await holders('k', from)).to.equal(undefined)
  })

  it('is not under an anchor that it had before', async () => {
    await hold('k', [1, 2])
    await holders('k')
    await hold('ander', [2])
    expect(await holders('k')).to.deep.equal([1])
    expect(await holders('ander')).to.deep.equal([2])
  })
})

describe('a store from before messages had numbers', () => {
  it('keeps its messages and anchors', async () => {
    const { db } = openSqlite<Database>(':memory:')
    await migrate(db, '0014-numbers-once')
    const rows = ['a', 'b', 'c'].map((name) => messageOf(name))
    await db.insertInto('inbox').values(rows).execute()
    const anchors = [1, 2].map((registration) => ({ key: 'k', registration, epoch: '1', place: 0 }))
    await db.insertInto('family_key').values(anchors).execute()
    expect(await migrate(db)).to.deep.equal(['0015-found-in-memory'])
    const store = sqliteStore(db, () => ({ append: async () => {} }) as never)
    await store.read(async (tx) => {
      expect(await tx.inbox.find('mee', [hashOf('b')])).to.deep.equal([rows[1]])
      expect(await tx.keyEpochs.anchors([1, 2])).to.deep.equal(Map.groupBy(anchors, (row) => row.registration))
      expect((await tx.linking.holdersOfFamilyKeys(['k'], 200)).get('k')).to.deep.equal([1, 2])
    })
    await db.destroy()
  })
})
