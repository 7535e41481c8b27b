import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { skipWithout } from './absent.ts'
import { newDatabases } from './databases.ts'
import type { Engine } from './engine.ts'
import { answersOk } from './http.ts'
import { ENGINES } from './list.ts'
import { wrongFiles } from './maven.ts'
import { freePorts } from './ports.ts'
import { postgresql } from './postgresql.ts'
import { findProgram } from './run.ts'
import { runningAddress, signalEngine, startEngine, stopEngine } from './running.ts'

const SERVER = (port: number) => `require('node:http').createServer((q, a) => a.end('ok')).listen(${port}, '127.0.0.1')`

/** A process that stands for an engine: a server that answers. */
const trifle: Engine = {
  name: 'trifle',
  needs: [],
  patience_s: 20,
  install() {},
  isInstalled: () => true,
  async prepare() {
    const [port] = await freePorts(1)
    return { command: process.execPath, arguments: ['-e', SERVER(port!)], address: { url: `http://127.0.0.1:${port}` } }
  },
  isReady: ({ url }) => answersOk(url!),
}

describe('engines for tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'engines-'))
  const before_ = process.env.ENGINES_DIR
  before(() => {
    process.env.ENGINES_DIR = folder
  })
  after(() => {
    if (before_ === undefined) delete process.env.ENGINES_DIR
    else process.env.ENGINES_DIR = before_
    rmSync(folder, { recursive: true })
  })

  it('starts once, is found, is stopped, and is gone', async () => {
    const address = await startEngine(trifle)
    expect(await startEngine(trifle)).to.eql(address)
    expect(runningAddress(trifle)).to.eql(address)
    expect(await answersOk(address.url!)).to.equal(true)
    await stopEngine(trifle)
    expect(runningAddress(trifle)).to.equal(undefined)
    expect(await answersOk(address.url!)).to.equal(false)
  })

  it('knows that an engine was killed, and starts it again', async () => {
    const first = await startEngine(trifle)
    signalEngine(trifle, 'SIGKILL')
    while (await answersOk(first.url!));
    expect(await answersOk((await startEngine(trifle)).url!)).to.equal(true)
    await stopEngine(trifle)
  })

  it('leaves a stranger with the same number alone', async () => {
    const server = createServer().listen(0)
    writeFileSync(join(folder, 'trifle', 'running.json'), JSON.stringify({ pid: process.pid, began: '1', address: {} }))
    expect(runningAddress(trifle)).to.equal(undefined)
    await stopEngine(trifle)
    expect(server.listening).to.equal(true)
    server.close()
  })

  it('refuses a file with another content, one too many and one too few', () => {
    const list = join(folder, 'SUMS')
    const files = join(folder, 'files')
    const [abc, other] = ['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', '0'.repeat(64)]
    spawnSync('mkdir', ['-p', files])
    for (const name of ['a', 'b', 'd']) writeFileSync(join(files, name), 'abc')
    writeFileSync(list, `${abc}  a\n${other}  b\n${abc}  c\n`)
    expect(wrongFiles(list, files).map((line) => line.split(':')[0])).to.eql(['d', 'b', 'c'])
  })

  if (process.getuid?.() === 0)
    it('PostgreSQL runs too where only root may enter its folder: with its data outside', async function () {
      if (!postgresql.isInstalled(folder)) skipWithout(this, 'postgresql', 'npm run engines -- install postgresql')
      this.timeout(120_000)
      chmodSync(folder, 0o700)
      const { url = '' } = await startEngine(postgresql)
      const databases = await newDatabases(url)
      expect(await databases.count('select 1')).to.equal(1)
      await databases.drop()
      const outside = readFileSync(join(folder, 'postgresql', 'outside'), 'utf8')
      expect(readdirSync(outside).sort()).to.eql(['data', 'password'])
      await stopEngine(postgresql)
      expect((await startEngine(postgresql)).url, 'the same data').to.equal(url)
      await stopEngine(postgresql)
      rmSync(outside, { recursive: true })
    })

  it('are five, each with a command that says how it stands', () => {
    expect(ENGINES.map(({ name }) => name)).to.eql(['postgresql', 'redis', 'kafka', 'fhir', 'keycloak'])
    expect(findProgram('no-such-program')).to.equal(undefined)
    const program = join(import.meta.dirname, 'engines.ts')
    const status = spawnSync(process.execPath, [program, 'status'], { encoding: 'utf8' })
    expect(status.stdout.trim().split('\n')).to.have.length(5)
    expect(spawnSync(process.execPath, [program, 'up', 'no-such-engine']).status).to.equal(2)
  })
})
