import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { HubError } from '../errors.ts'
import { machineError } from './machine-error.ts'

const MAIN = new URL('../main.ts', import.meta.url).pathname

describe('what a machine does not allow', function () {
  this.timeout(60_000)
  let folder: string
  let taken: Server
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'verwijsindex-machine-'))
    writeFileSync(join(folder, 'bestand'), '')
    mkdirSync(join(folder, 'regio'))
    taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  })
  after(() => {
    taken.close()
    rmSync(folder, { recursive: true })
  })

  const run = (args: string[], settings: NodeJS.ProcessEnv = {}) => {
    const own = mkdtempSync(join(folder, 'hub-'))
    const [DATA_DIR, KEYS_DIR, STATE_DIR] = ['d', 'k', 's'].map((name) => join(own, name))
    const env = { PATH: process.env.PATH, LOG_LEVEL: 'silent', PORT: '0', DATA_DIR, KEYS_DIR, STATE_DIR, ...settings }
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' })
    expect(stderr).not.to.match(/^ +at /m)
    return { status, stdout, stderr }
  }
  const inFile = (name: string) => join(folder, 'bestand', name)
  const portOf = (server: Server) => String((server.address() as { port: number }).port)

  it('does not start on a port that is taken, nor where it cannot listen or write', () => {
    for (const settings of [
      { PORT: portOf(taken) },
      { METRICS_PORT: portOf(taken) },
      { HOST: '999.1.1.1' },
      { DATA_DIR: inFile('d') },
      { KEYS_DIR: inFile('k') },
      { STATE_DIR: inFile('s') },
    ]) {
      const { status, stderr } = run(['demo', '--once', '--dir', join(folder, 'regio')], settings)
      expect({ status, said: stderr.includes('staat dat niet toe') }, JSON.stringify(settings)).to.deep.equal({
        status: 3,
        said: true,
      })
    }
  })

  it('does not start on a file that is no database', () => {
    const dirs = { DATA_DIR: join(folder, 'kapot'), KEYS_DIR: join(folder, 'kapot-k'), STATE_DIR: join(folder, 'kapot-s') }
    expect(run(['demo', '--once', '--dir', join(folder, 'regio')], dirs).status).to.equal(0)
    writeFileSync(join(dirs.DATA_DIR, 'verwijsindex.sqlite'), 'geen database '.repeat(1000))
    for (const args of [
      ['demo', '--once', '--dir', join(folder, 'regio')],
      ['export'],
      ['sweep'],
      ['backup', join(folder, 'kopie')],
    ])
      expect(run(args, dirs), args.join(' ')).to.deep.include({ status: 3, stdout: '' })
    expect(readdirSync(join(folder, 'kopie'))).to.deep.equal([])
    const verdict = run(['verify-log'], dirs)
    expect(verdict.status).to.equal(1)
    expect(JSON.parse(verdict.stdout).heel).to.equal(false)
  })

  it('is not what SQLite has against a statement: that is a fault of the hub', () => {
    const sqlite = (errcode: number) => Object.assign(new Error('sqlite'), { code: 'ERR_SQLITE_ERROR', errcode })
    const unique = sqlite(2067)
    expect(machineError(unique)).to.equal(unique)
    for (const unusable of [11, 26, 267, 1032])
      expect(machineError(sqlite(unusable)), String(unusable))
        .to.be.instanceOf(HubError)
        .and.include({ code: 'configuratie' })
  })

  it('tells a folder in which nothing can be written from one that has a copy', () => {
    const dirs = { DATA_DIR: join(folder, 'goed'), KEYS_DIR: join(folder, 'goed-k'), STATE_DIR: join(folder, 'goed-s') }
    expect(run(['demo', '--once', '--dir', join(folder, 'regio')], dirs).status).to.equal(0)
    // The kernel makes no file there, for root neither.
    const refused = run(['backup', '/proc/self'], dirs)
    expect({ status: refused.status, said: refused.stderr.includes('staat dat niet toe') }).to.deep.equal({
      status: 3,
      said: true,
    })
    expect(run(['backup', join(folder, 'kopie-goed')], dirs).status).to.equal(0)
    const again = run(['backup', join(folder, 'kopie-goed')], dirs)
    expect({ status: again.status, said: again.stderr.includes('is er al') }).to.deep.equal({ status: 2, said: true })
  })

  it('does not start with settings that cannot be', () => {
    for (const settings of [
      { CLOCK: '2026-02-29T00:00:00Z' },
      { OIDC_ISSUER: 'inloggen' },
      { DATA_DIR: join(folder, 'd'), KEYS_DIR: `${join(folder, 'd')}/` },
      { DATA_DIR: join(folder, 'd'), STATE_DIR: `${folder}/x/../d` },
    ]) {
      const { status, stderr } = run(['demo', '--once', '--dir', join(folder, 'regio')], settings)
      expect({ status, said: stderr.includes('instellingen') }, JSON.stringify(settings)).to.deep.equal({ status: 3, said: true })
    }
  })

  it('calls it usage when an option names a file that cannot be written', () => {
    for (const args of [
      ['link', '-', '--tokens-out', inFile('t')],
      ['verify-log', '--entry', '1', '--out', inFile('b')],
      ['adapter', 'sample', 'mee', '--out', folder],
      ['import', 'mee', join(folder, 'bestand'), '--dry-run', '--result', inFile('r')],
    ])
      expect(run(args), args.join(' ')).to.include({ status: 2, stdout: '' })
  })

  it('writes over no file that it reads', () => {
    const file = join(folder, 'bron.ndjson')
    const link = join(folder, 'bron-anders')
    writeFileSync(file, '{"rid":"a"}\n')
    symlinkSync(file, link)
    for (const args of [
      ['link', file, '--tokens-out', link],
      ['import', 'eigen', file, '--client', 'mee', '--dry-run', '--result', `${folder}/./bron.ndjson`],
    ])
      expect(run(args), args.join(' ')).to.include({ status: 2, stdout: '' })
    expect(readFileSync(file, 'utf8')).to.equal('{"rid":"a"}\n')
  })

  it('tells its version, and help for -h', () => {
    expect(run(['--version'])).to.deep.include({ status: 0, stderr: '' })
    expect(run(['--version']).stdout).to.match(/^\d+\.\d+\.\d+\n$/)
    expect(run(['link', '-h'])).to.deep.equal(run(['link', '--help']))
    expect(run(['-h'])).to.deep.equal(run(['--help']))
    expect(run(['toString'])).to.include({ status: 2, stdout: '' })
  })
})
