import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { HubError } from '../../errors.ts'
import { insertRows } from './sets.ts'
import { openSqlite } from './sqlite.ts'

interface Tables {
  row: { n: number; text: string }
}

describe('a store without room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  const { db, raw } = openSqlite<Tables>(join(folder, 'store.sqlite'))
  after(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true })
  })

  it('says that it passes, keeps nothing of what did not fit, and goes on when there is room', async () => {
    raw.exec('CREATE TABLE row (n INTEGER, text TEXT); PRAGMA max_page_count = 20')
    const rows = Array.from({ length: 500 }, (_, n) => ({ n, text: 'x'.repeat(500) }))
    const write = (count: number) => db.transaction().execute((tx) => insertRows<Tables, 'row'>(tx, 'row', rows.slice(0, count)))
    await write(3)
    const error = await write(500).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(HubError).with.property('code', 'tijdelijk-niet-beschikbaar')
    expect(await db.selectFrom('row').selectAll().execute()).to.have.length(3)
    raw.exec('PRAGMA max_page_count = 2000')
    await write(500)
    expect(await db.selectFrom('row').selectAll().execute()).to.have.length(503)
  })

  it('inserts every number of rows, in order', async () => {
    for (const count of [1, 3, 5, 17, 63, 85, 341]) {
      await db.deleteFrom('row').execute()
      await insertRows(
        db,
        'row',
        Array.from({ length: count }, (_, n) => ({ n, text: '' })),
      )
      const found = await db.selectFrom('row').select('n').orderBy('n').execute()
      expect(found.map(({ n }) => n)).to.deep.equal(Array.from({ length: count }, (_, n) => n))
    }
  })
})
