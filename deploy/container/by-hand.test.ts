import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { assemble } from './image-files.ts'

const ROOT = join(import.meta.dirname, '../..')
const USER = 10001
const START_MS_MAX = 60_000
/** Only root can be somebody else; who is not root runs the image as itself, on the same read-only tree. */
const AS_USER = process.getuid?.() === 0 ? { uid: USER, gid: USER } : {}
const dockerfile = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8')

/** What a build makes, made without Docker: the same files, the same packages, a user without rights and a tree that cannot be written. */
describe('the image, put together by hand', function () {
  this.timeout(300_000)
  let top: string
  let image: string
  const running: ChildProcess[] = []
  before(() => {
    top = mkdtempSync(join(tmpdir(), 'verwijsindex-image-'))
    chmodSync(top, 0o755)
    image = join(top, 'app')
    assemble(ROOT, dockerfile, image)
    const packages = join(top, 'packages')
    mkdirSync(packages)
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(ROOT, name), join(packages, name))
    const [, command = ''] = /^RUN npm (ci .*)$/m.exec(dockerfile) ?? []
    const { status, stderr } = spawnSync('npm', [...command.split(' '), '--prefer-offline'], { cwd: packages, encoding: 'utf8' })
    expect({ status, stderr }).to.eql({ status: 0, stderr: '' })
    cpSync(join(packages, 'node_modules'), join(image, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    for (const path of walk(image)) if (!lstatSync(path).isSymbolicLink()) chmodSync(path, statSync(path).mode & 0o555)
    for (const name of ['data', 'keys', 'state']) {
      mkdirSync(join(top, name), { mode: 0o700 })
      if (AS_USER.uid) chownSync(join(top, name), USER, USER)
    }
  })
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    }
  })
  after(() => {
    for (const path of walk(image)) if (lstatSync(path).isDirectory()) chmodSync(path, 0o755)
    rmSync(top, { recursive: true, force: true })
  })

  const env = () => ({
    PATH: '/usr/bin:/bin',
    NODE_ENV: 'production',
    DATA_DIR: join(top, 'data'),
    KEYS_DIR: join(top, 'keys'),
    STATE_DIR: join(top, 'state'),
    LOG_LEVEL: 'warn',
  })
  const run = (args: string[], input = '', more: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['hub/verwijsindex.mjs', ...args], {
      ...{ cwd: image, env: { ...env(), ...more }, encoding: 'utf8', input, timeout: 60_000 },
      ...AS_USER,
    })
  const start = async (args: string[], more: Record<string, string>) => {
    const port = String(await freePort())
    const child = spawn(process.execPath, ['hub/verwijsindex.mjs', ...args], {
      cwd: image,
      env: { ...env(), ...more, PORT: port },
      ...AS_USER,
    })
    running.push(child)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part) => (text += part))
    const baseUrl = `http://127.0.0.1:${port}`
    for (const from = performance.now(); ; await wait(50)) {
      if (
        await fetch(`${baseUrl}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return { child, baseUrl, port, text: () => text }
      if (child.exitCode !== null || performance.now() - from > START_MS_MAX) throw new Error(`did not start: ${text}`)
    }
  }
  const stop = async (child: ChildProcess) => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    return (await ended)[0]
  }
  const SERVE = { OIDC_ISSUER: 'https://127.0.0.1:1/oidc', PUBLIC_URL: 'https://verwijsindex.voorbeeld.example' }
  const listing = () =>
    walk(image)
      .map((path) => path.slice(image.length))
      .sort()

  it('has no test, no sample of a source, no tool and no key in it', () => {
    const own = listing().filter((path) => !path.startsWith('/node_modules'))
    expect(own.length).to.be.above(300)
    expect(
      own.filter((path) =>
        /\.test\.ts$|\/samples\/|^\/(docs|deploy)\b|^\/hub\/(bench|faults|testing|e2e)\b|\.pem$|\/var\//.test(path),
      ),
    ).to.eql([])
    const files = own.filter((path) => statSync(image + path).isFile())
    expect(files.filter((path) => /-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\w+/=]/.test(readFileSync(image + path, 'utf8')))).to.eql(
      [],
    )
    for (const name of ['typescript', 'mocha', 'playwright-core'])
      expect(readdirSync(join(image, 'node_modules'))).not.to.include(name)
  })

  it('serves a region as a user without rights, keeps everything in its three folders, and stops when it is asked', async () => {
    const before = listing()
    const { child, baseUrl, port, text } = await start(['serve'], SERVE)
    expect((await fetch(`${baseUrl}/v1/openapi.json`)).status).to.equal(200)
    expect((await fetch(`${baseUrl}/docs`)).status).to.equal(200)
    expect((await fetch(`${baseUrl}/v1/registraties`)).status).to.equal(401)
    const [, check = ''] = /CMD (\["node", "-e", .*\])$/m.exec(dockerfile) ?? []
    const healthy = spawnSync(process.execPath, JSON.parse(check).slice(1), { env: { PORT: port }, timeout: 20_000 })
    expect(healthy.status, 'the check of the image').to.equal(0)
    expect(await stop(child), text()).to.equal(0)
    expect(spawnSync(process.execPath, JSON.parse(check).slice(1), { env: { PORT: port }, timeout: 20_000 }).status).to.equal(1)
    expect(listing()).to.eql(before)
    expect(readdirSync(join(top, 'data'))).to.include('verwijsindex.sqlite')
    const { uid, mode } = statSync(join(top, 'keys', 'regio.json'))
    expect([uid, mode & 0o777]).to.eql([AS_USER.uid ?? process.getuid?.(), 0o600])
  })

  it('has every command that works on a region: the log, the keys, a copy, policies and the linker', () => {
    expect(JSON.parse(run(['verify-log']).stdout)).to.include({ heel: true })
    expect(run(['keys', 'list']).status).to.equal(0)
    expect(run(['backup', join(top, 'state', 'kopie')]).status).to.equal(0)
    expect(run(['--help']).status).to.equal(0)
    const person = { voornamen: 'Noor', geslachtsnaam: 'Berg', geboortedatum: '2013-04-01' }
    const linked = run(['link', '-'], `${JSON.stringify({ rid: '1', ...person })}\n${JSON.stringify({ rid: '2', ...person })}\n`)
    expect([linked.status, linked.stdout.trim().split('\n').length, linked.stderr]).to.eql([0, 2, ''])
  })

  it('runs the demo too, screens and identity provider included', async () => {
    mkdirSync(join(top, 'leeg'))
    const dirs = Object.fromEntries(
      ['data', 'keys', 'state'].map((name) => [`${name.toUpperCase()}_DIR`, join(top, 'demo', name)]),
    )
    mkdirSync(join(top, 'demo'))
    if (AS_USER.uid) chownSync(join(top, 'demo'), USER, USER)
    const { child, baseUrl, text } = await start(['demo', '--dir', join(top, 'leeg')], dirs)
    expect((await fetch(`${baseUrl}/aanmelden`, { redirect: 'manual' })).status).to.equal(303)
    for (const path of ['/', '/oidc/.well-known/openid-configuration', '/scherm/icoon.svg'])
      expect((await fetch(baseUrl + path)).status, path).to.equal(200)
    expect(await stop(child), text()).to.be.oneOf([0, 130])
  })

  it('writes nothing in its own tree, and could not', () => {
    const probe = spawnSync(process.execPath, ['-e', "require('node:fs').writeFileSync('hub/x', '')"], { cwd: image, ...AS_USER })
    if (AS_USER.uid) expect(probe.status).to.equal(1)
    expect(listing().filter((path) => path.includes('.cache'))).to.eql([])
  })
})

function walk(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
