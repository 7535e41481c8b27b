import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Databases, newDatabases } from '../../../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../../../deploy/engines/needed.ts'
import { postgresql } from '../../../../deploy/engines/postgresql.ts'
import type { Tx } from '../../../ports.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { besidePostgres } from '../postgres/beside.ts'
import { setUp } from '../postgres/set-up.ts'
import { registrationsRoom } from '../registrations.ts'
import { openSqlite } from '../sqlite.ts'
import { newRegistration } from '../testing/rows.ts'
import { copyStore, emptyStore } from './copy.ts'
import type { AnyStore } from './numbers.ts'

const DAY = '2026-11-22'

/** The row numbers that these registrations are given, in order. */
async function store(db: AnyStore, count: number): Promise<number[]> {
  const registrations: Tx['registrations'] = registrationsRoom(db)
  const made = await registrations.insert(Array.from({ length: count }, () => newRegistration()))
  return [...made.values()].sort((a, b) => a - b)
}

describe('row numbers of a store that is copied', () => {
  let databases: Databases
  let root: string
  before(async function () {
    const { url } = await engineOrSkip(this, postgresql)
    databases = await newDatabases(url as string)
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-numbers-'))
    await setUp(databases.settings, { whole: 'proef', oldest: 'proef', newest: 'proef' }, async () => {})
  })
  after(async () => {
    await databases?.drop()
    if (root) rmSync(root, { recursive: true })
  })
  const onPostgres = (work: (db: AnyStore) => Promise<void>) =>
    besidePostgres<Database, void>(databases.settings.url, databases.settings, (db) => work(db as unknown as AnyStore))
  const onFile = async (name: string, work: (db: AnyStore) => Promise<void>) => {
    const { db } = openSqlite<Database>(join(root, `${name}.sqlite`))
    try {
      await migrate(db)
      await work(db as unknown as AnyStore)
    } finally {
      await db.destroy()
    }
  }
  const copy = async (from: AnyStore, to: AnyStore) => void (await copyStore(from, to, { source: 'proef', progress() {} }))

  it('go on behind the highest that was ever given, from SQLite to PostgreSQL, back into a file and into PostgreSQL again', async () => {
    await onFile('first', async (first) => {
      expect(await store(first, 7)).to.eql([1, 2, 3, 4, 5, 6, 7])
      await registrationsRoom(first).erase([6, 7], DAY)
      await onPostgres(async (second) => {
        await copy(first, second)
        await onFile('third', async (third) => {
          await copy(second, third)
          expect(await store(third, 1), 'in the file').to.eql([8])
        })
        expect(await store(second, 2)).to.eql([8, 9])
        await registrationsRoom(second).erase([8, 9], DAY)
        await onFile('fourth', async (fourth) => {
          await copy(second, fourth)
          expect(await store(fourth, 1), 'in the second file').to.eql([10])
        })
      })
      await onPostgres(async (again) => {
        await emptyStore(again)
        await copy(first, again)
        expect(await store(again, 1), 'what the target gave before the restore').to.eql([10])
      })
    })
  })

  it('begin at 1 where none was ever given', async () => {
    await onFile('empty', (from) =>
      onFile('target', async (to) => {
        await copy(from, to)
        expect(await store(to, 1)).to.eql([1])
      }),
    )
  })
})
