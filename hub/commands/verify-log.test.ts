import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { readCheckpoint, writeCheckpoint } from '../edges/checkpoint-file.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { newestLogKey } from '../edges/log-keyring.ts'
import { appendLines } from '../edges/store/access-log/append.ts'
import { makeCheckpoint } from '../edges/store/access-log/checkpoints.ts'
import { lineFor, newLog, openLog } from '../edges/store/access-log/testing/log.ts'
import { storeFile } from '../edges/store/store-file.ts'
import type { LogKey } from '../stages/audit/log-key.ts'
import { sha256 } from '../stages/audit/tree-hash.mjs'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const COMMAND = join(repository, 'hub/verwijsindex.mjs')
const SIZE = 40

describe('verwijsindex verify-log and verify-proof', function () {
  this.timeout(120_000)
  let root: string
  let key: LogKey
  const dir = (name: string) => join(root, name)
  const run = (args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> => {
    const dirs = { DATA_DIR: dir('data'), KEYS_DIR: dir('keys'), STATE_DIR: dir('state') }
    const settings: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: root, ...dirs, ...env }
    return spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', env: settings, cwd: root })
  }
  /** Every file as it is, but for the inside of SQLite's shared memory, in which readers and writers keep their places. */
  const snapshot = () =>
    ['data', 'keys', 'state'].flatMap((name) =>
      readdirSync(dir(name)).map((file) => {
        const path = join(dir(name), file)
        return file.endsWith('-shm') ? [path] : [path, statSync(path).mtimeMs, sha256(readFileSync(path)).toString('hex')]
      }),
    )
  const append = async (log: ReturnType<typeof openLog>, count: number) => {
    const lines = Array.from({ length: count }, (_, i) => lineFor(i + 1))
    await log.db.transaction().execute((tx) => appendLines(tx, key, lines, new Date('2026-11-22T09:00:00Z')))
  }

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    mkdirSync(dir('data'))
    key = newestLogKey('voorbeeld', openRegionKeys(dir('keys'), { demo: true, storeExists: false }))
    const log = await newLog(storeFile(dir('data')))
    await append(log, SIZE)
    await writeCheckpoint(dir('state'), (await makeCheckpoint(log.db, key, new Date('2026-11-22T09:00:00Z'))).note)
    await log.db.destroy()
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('finds a whole log whole, and changes nothing', async () => {
    const before = snapshot()
    const { status, stdout, stderr } = run(['verify-log', '--json'])
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    const verdict = JSON.parse(stdout)
    expect(verdict)
      .to.include({ heel: true, omvang: SIZE })
      .and.to.have.property('wortel')
      .that.matches(/^[0-9a-f]{64}$/)
    expect(verdict.wortel).to.equal(Buffer.from((await readCheckpoint(dir('state')))!.split('\n')[2]!, 'base64').toString('hex'))
    expect(snapshot()).to.deep.equal(before)
  })

  it('reads beside a hub that has written more than the last checkpoint covers', async () => {
    const hub = openLog(storeFile(dir('data')))
    await append(hub, 5)
    const before = snapshot()
    const { status, stdout } = run(['verify-log'])
    expect({ status, ...JSON.parse(stdout) }).to.include({ status: 0, heel: true, omvang: SIZE + 5 })
    expect(snapshot()).to.deep.equal(before)
    await hub.db.destroy()
  })

  it('exits 1 and names the line that was changed, or is missing', () => {
    const edits: [string, number][] = [
      ["UPDATE access_log SET persoon = 'p_anders' WHERE number = 17", 17],
      [`DELETE FROM access_log WHERE number = ${SIZE}`, SIZE],
      [
        'CREATE TABLE a AS SELECT * FROM access_log; DROP TABLE access_log; ALTER TABLE a RENAME TO access_log; CREATE TABLE b (number, rest); ' +
          'ALTER TABLE access_log ADD COLUMN n; UPDATE access_log SET n = number; ALTER TABLE access_log DROP COLUMN number; ' +
          'ALTER TABLE access_log RENAME COLUMN n TO number; UPDATE access_log SET number = CAST(number AS REAL) WHERE number = 9',
        9,
      ],
    ]
    const whole = readFileSync(storeFile(dir('data')))
    for (const [sql, nummer] of edits) {
      writeFileSync(storeFile(dir('data')), whole)
      const log = openLog(storeFile(dir('data')))
      log.raw.exec(sql)
      log.raw.close()
      const { status, stdout } = run(['verify-log'])
      expect({ status, nummer: JSON.parse(stdout).eersteFout.nummer }, sql).to.deep.equal({ status: 1, nummer })
    }
  })

  it('exits 1 for a database behind the state folder, and for a file that is no database', async () => {
    const yesterday = readFileSync(storeFile(dir('data')))
    const log = openLog(storeFile(dir('data')))
    await append(log, 5)
    await writeCheckpoint(dir('state'), (await makeCheckpoint(log.db, key, new Date('2026-11-22T10:00:00Z'))).note)
    await log.db.destroy()
    writeFileSync(storeFile(dir('data')), yesterday)
    const behind = run(['verify-log'])
    expect({ status: behind.status, ...JSON.parse(behind.stdout).eersteFout }).to.include({ status: 1, nummer: SIZE + 1 })
    writeFileSync(storeFile(dir('data')), 'geen database, wel lang genoeg om er een te lijken'.repeat(100))
    const broken = run(['verify-log'])
    expect({ status: broken.status, ...JSON.parse(broken.stdout) }).to.include({ status: 1, heel: false })
  })

  it('exits 3 without a database or without keys, and makes neither', () => {
    for (const env of [{ DATA_DIR: dir('leeg') }, { KEYS_DIR: dir('leeg') }]) {
      const { status, stdout, stderr } = run(['verify-log'], env)
      expect({ status, stdout }).to.deep.equal({ status: 3, stdout: '' })
      expect(stderr).to.match(/database/)
      expect(() => readdirSync(dir('leeg'))).to.throw('ENOENT')
    }
  })

  it('writes a proof that verify-proof finds good, and only with the right key', () => {
    expect(run(['verify-log', '--entry', '12', '--out', dir('bewijs.json')])).to.include({ status: 0 })
    const good = run(['verify-proof', dir('bewijs.json'), '--key', key.vkey], { DATA_DIR: dir('leeg') })
    expect({ status: good.status, ...JSON.parse(good.stdout) }).to.deep.include({ status: 0, geldig: true, boomgrootte: SIZE })
    expect(JSON.parse(good.stdout).logregel).to.include({ nummer: 12, object: 'm_12' })
    const proof = JSON.parse(readFileSync(dir('bewijs.json'), 'utf8'))
    writeFileSync(dir('ander.json'), JSON.stringify({ ...proof, nummer: 13 }))
    const bad = run(['verify-proof', dir('ander.json'), '--key', key.vkey])
    expect({ status: bad.status, ...JSON.parse(bad.stdout) }).to.include({ status: 1, geldig: false })
  })

  it('proves a line that no checkpoint covers yet', async () => {
    const hub = openLog(storeFile(dir('data')))
    await append(hub, 5)
    const before = snapshot()
    expect(run(['verify-log', '--entry', `${SIZE + 3}`, '--out', dir('bewijs.json')])).to.include({ status: 0 })
    expect(snapshot()).to.deep.equal(before)
    expect(run(['verify-proof', dir('bewijs.json'), '--key', key.vkey])).to.include({ status: 0 })
    await hub.db.destroy()
  })

  it('exits 2 when it is asked wrongly', () => {
    const wrong = [
      ['verify-log', 'x'],
      ['verify-log', '--entry', '1'],
      ['verify-log', '--out', 'x'],
      ['verify-log', '--entry', '0', '--out', dir('x')],
      ['verify-log', '--entry', `${SIZE + 1}`, '--out', dir('x')],
      ['verify-proof'],
      ['verify-proof', dir('geen'), '--key', key.vkey],
      ['verify-proof', COMMAND, '--key', 'x'],
      ['verify-proof', COMMAND],
    ]
    for (const args of wrong) expect(run(args).status, args.join(' ')).to.equal(2)
  })

  it('needs for verify-proof nothing but Node 20 and the file', () => {
    const oldNode = ['/usr/bin/node', '/usr/local/bin/node', process.execPath].find((node) =>
      spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v2'),
    )!
    run(['verify-log', '--entry', '7', '--out', dir('bewijs.json')])
    mkdirSync(dir('bare/hub'), { recursive: true })
    for (const name of ['commands', 'stages', 'verwijsindex.mjs', 'main.ts', 'errors.ts'])
      cpSync(join(repository, 'hub', name), dir(`bare/hub/${name}`), { recursive: true })
    const args = [dir('bare/hub/verwijsindex.mjs'), 'verify-proof', dir('bewijs.json'), '--key', key.vkey]
    const { status, stdout, stderr } = spawnSync(oldNode, args, { encoding: 'utf8', cwd: root, env: {} })
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).to.have.nested.property('logregel.nummer', 7)
    const help = spawnSync(oldNode, [...args.slice(0, 2), '--help'], { encoding: 'utf8', env: {} })
    expect(help.stdout).to.include('--key')
  })
})
