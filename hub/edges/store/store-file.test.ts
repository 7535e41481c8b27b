import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Kysely } from 'kysely'
import { sha256 } from '../../stages/audit/tree-hash.mjs'
import { openSqlite } from './sqlite.ts'
import { readBeside, storeFile } from './store-file.ts'

interface Tables {
  row: { n: number }
}

describe('reading the store beside a hub', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verwijsindex store #1?'))
    path = storeFile(folder)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const count = (db: Kysely<Tables>) => db.selectFrom('row').selectAll().execute()
  const read = async (from = path) => (await readBeside<Tables, { n: number }[]>(from, count)).length
  const filesOf = (name: string) => readdirSync(name).filter((file) => !file.endsWith('-shm'))
  const contents = (name: string) =>
    filesOf(name).map((file) => [
      file,
      statSync(join(name, file)).mtimeMs,
      sha256(readFileSync(join(name, file))).toString('hex'),
    ])

  function write(rows: number, at = path) {
    const store = openSqlite<Tables>(at)
    store.raw.exec('CREATE TABLE IF NOT EXISTS row (n INTEGER)')
    for (let n = 0; n < rows; n++) store.raw.exec(`INSERT INTO row VALUES (${n})`)
    return store
  }

  it('sees what a running hub has committed, and leaves its files alone', async () => {
    const hub = write(3)
    hub.raw.exec('BEGIN; INSERT INTO row VALUES (9)')
    const before = contents(folder)
    expect(await read()).to.equal(3)
    expect(contents(folder)).to.deep.equal(before)
    hub.raw.exec('COMMIT')
    expect(await read()).to.equal(4)
    hub.raw.close()
  })

  it('leaves no file behind in the folder of a stopped hub', async () => {
    write(3).raw.close()
    const before = readdirSync(folder)
    const content = contents(folder)
    expect(await read()).to.equal(3)
    expect(readdirSync(folder)).to.deep.equal(before).and.to.have.length(1)
    expect(contents(folder)).to.deep.equal(content)
  })

  it('reads what a killed hub had committed, with and without the index of its WAL', async () => {
    const hub = write(3)
    for (const suffixes of [
      ['', '-wal'],
      ['', '-wal', '-shm'],
    ]) {
      const other = mkdtempSync(join(tmpdir(), 'verwijsindex-killed-'))
      for (const suffix of suffixes) copyFileSync(path + suffix, storeFile(other) + suffix)
      const before = readdirSync(other)
      const content = contents(other)
      expect(await read(storeFile(other))).to.equal(3)
      expect(readdirSync(other)).to.deep.equal(before)
      expect(contents(other)).to.deep.equal(content)
      rmSync(other, { recursive: true })
    }
    hub.raw.close()
  })

  it('reads again when a hub started to write meanwhile', async () => {
    write(3).raw.close()
    let readings = 0
    const found = await readBeside<Tables, { n: number }[]>(path, async (db) => {
      readings += 1
      if (readings === 1) write(2).raw.close()
      return count(db)
    })
    expect([found.length, readings]).to.deep.equal([5, 2])
  })

  it('says that there is no store, and makes none', async () => {
    const missing = await read().catch((error) => error)
    expect(missing).to.include({ code: 'configuratie' })
    expect(readdirSync(folder)).to.deep.equal([])
  })
})
