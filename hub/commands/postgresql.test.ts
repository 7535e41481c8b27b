import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Databases, newDatabases } from '../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { postgresql } from '../../deploy/engines/postgresql.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { moveRegion } from '../edges/store/move/move-region.ts'
import { makeSite, runCommand, type Site, startHub } from '../faults/child-hub.ts'
import { exported } from '../faults/compare.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

describe('commands on PostgreSQL', function () {
  this.timeout(180_000)
  let root: string
  let databases: Databases
  let onFile: Site
  let onServer: Site
  before(async function () {
    databases = await newDatabases((await engineOrSkip(this, postgresql)).url as string)
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    onFile = await makeSite(root)
    const { url: DATABASE_URL, keysUrl: KEYS_DATABASE_URL } = databases.settings
    onServer = { ...onFile, env: { ...onFile.env, DATABASE_URL, KEYS_DATABASE_URL, DATA_DIR: join(root, 'geen-data') } }
  })
  after(async () => {
    await databases?.drop()
    if (root) rmSync(root, { recursive: true })
  })
  const importRows = (site: Site, client: string, from: number, count: number) => {
    const rows = Array.from({ length: count }, (_, i) =>
      aRegistration({
        persoon: { bsn: aBsn(from + i), voornamen: 'Jip', geslachtsnaam: `Proef${from + i}`, geboortedatum: '2014-02-03' },
      }),
    )
    return runCommand(site, ['import', 'eigen', '-', '--client', client], rows.map((row) => JSON.stringify(row)).join('\n'))
  }
  const json = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '')
  const sorted = (lines: { id: string }[]) => lines.toSorted((a, b) => (a.id < b.id ? -1 : 1))

  it('migrate --from moves a region whole, goes on where it was cut off, and starts no hub before it is done', async () => {
    for (const client of ['mee', 'rubicon']) expect((await importRows(onFile, client, 100, 40)).code).to.equal(0)
    const before = sorted(await exported(onFile))
    const log = json((await runCommand(onFile, ['verify-log'])).stdout)
    const { keysDir, stateDir, dataDir } = {
      keysDir: join(root, 'keys'),
      stateDir: join(root, 'state'),
      dataDir: join(root, 'data'),
    }
    const secrets = openRegionKeys(keysDir, { demo: true, storeExists: true })
    const keys = { prints: secrets.prints(), log: newestLogKey('voorbeeld', secrets) }
    const cutOff = (table: string) => {
      if (table === 'person') throw new Error('afgebroken')
    }
    const first = moveRegion(dataDir, { keysDir, stateDir }, databases.settings, keys, cutOff)
    expect(await first.catch((error: Error) => error.message)).to.equal('afgebroken')
    const early = await runCommand(onServer, ['sweep'])
    expect([early.code, early.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 3 && text.includes('nog niet helemaal gevuld'),
    )

    const moved = await runCommand(onServer, ['migrate', '--from', dataDir])
    expect(moved.code, moved.stderr).to.equal(0)
    expect(json(moved.stdout)).to.deep.include({ sleutels: 80, toegangslog: { omvang: log.omvang, wortel: log.wortel } })
    expect(sorted(await exported(onServer))).to.deep.equal(before)
    expect(json((await runCommand(onServer, ['verify-log'])).stdout)).to.deep.equal(log)
    expect((await runCommand(onServer, ['migrate', '--from', dataDir])).code, 'a second time').to.equal(3)
  })

  it('import links to who came along, and numbers go on', async () => {
    expect((await importRows(onServer, 'vorkmeer', 100, 5)).code).to.equal(0)
    expect(await databases.count('select count(distinct person) from registration')).to.equal(40)
    expect(
      await databases.count('select count(*) from (select 1 from registration group by person having count(*) = 3) f'),
    ).to.equal(5)
    expect((await runCommand(onServer, ['verify-log'])).code).to.equal(0)
  })

  it('backup is one file, and restore puts it back with a line that says so', async () => {
    const dir = join(root, 'reservekopie')
    const before = sorted(await exported(onServer))
    const backup = await runCommand(onServer, ['backup', dir])
    expect(backup.code, backup.stderr).to.equal(0)
    expect(readdirSync(dir)).to.include('verwijsindex.sqlite')
    expect((await importRows(onServer, 'mee', 300, 3)).code).to.equal(0)
    const restored = await runCommand(onServer, ['restore', dir])
    expect(restored.code, restored.stderr).to.equal(0)
    expect(sorted(await exported(onServer))).to.deep.equal(before)
    expect((await runCommand(onServer, ['verify-log'])).code).to.equal(0)
    expect(await databases.count("select count(*) from access_log where object = 'restore'")).to.equal(1)
    expect((await importRows(onServer, 'mee', 100, 2)).code, 'and it links as before').to.equal(0)
    expect(await databases.count('select count(distinct person) from registration')).to.equal(40)
  })

  it('keys rotate datasleutels leaves everything readable, with the new file only', async () => {
    expect((await runCommand(onServer, ['keys', 'rotate', 'datasleutels'])).code).to.equal(0)
    expect(await exported(onServer)).to.have.length(87)
    expect((await runCommand(onServer, ['sweep'])).code).to.equal(0)
  })

  it('those that need the store alone name a hub that runs, and no file of SQLite is made', async () => {
    const hub = await startHub(onServer)
    for (const args of [
      ['sweep'],
      ['migrate'],
      ['import', 'eigen', '-', '--client', 'mee'],
      ['keys', 'rotate', 'datasleutels'],
    ]) {
      const { code, stderr } = await runCommand(onServer, args, '')
      expect([args[0], code, stderr.includes(`verwijsindex demo ${hub.pid}@`)]).to.deep.equal([args[0], 3, true])
    }
    for (const args of [['verify-log'], ['export']]) expect((await runCommand(onServer, args)).code).to.equal(0)
    await hub.stop()
    const made = existsSync(join(root, 'geen-data')) ? readdirSync(join(root, 'geen-data')) : []
    expect(made.filter((name) => /sqlite|\.db|slot/.test(name))).to.deep.equal([])
  })

  it('say that it passes when the server is away', async () => {
    const env = { ...onServer.env, DATABASE_URL: databases.settings.url.replace(/:\d+\//, ':1/') }
    expect((await runCommand({ ...onServer, env }, ['sweep'])).code).to.equal(4)
  })
})
