import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, type RunningHub, runCommand, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { aRegistration } from '../testing/registration.ts'

describe('keys', () => {
  let root: string
  let site: Site
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    site = await makeSite(root)
  })
  const started: RunningHub[] = []
  const start = async () => {
    const hub = await startHub(site)
    started.push(hub)
    return hub
  }
  afterEach(() => Promise.all(started.splice(0).map((hub) => hub.kill())))
  after(() => rmSync(root, { recursive: true }))

  const run = (...args: string[]) => runCommand(site, ['keys', ...args])
  const list = async () => JSON.parse((await run('list', '--json')).stdout).sleutels as { naam: string; vingerafdruk: string }[]
  const fingerprints = async () => new Map((await list()).map(({ naam, vingerafdruk }) => [naam, vingerafdruk]))
  const ask = async (path: string, init: RequestInit = {}) => {
    const { stdout } = await runCommand(site, ['token', '--client', 'mee'])
    return fetch(`${site.baseUrl}/v1${path}`, { ...init, headers: { authorization: `Bearer ${stdout.trim()}`, ...init.headers } })
  }

  it('rotates the key of the identity provider beside a running hub, without a refused request, and retires the old one', async () => {
    const hub = await start()
    const old = await tokensOf(site)('mee')
    const look = async (token: string) =>
      (await fetch(`${site.baseUrl}/v1/registraties`, { headers: { authorization: `Bearer ${token}` } })).status
    expect(await look(old)).to.equal(200)
    expect((await run('rotate', 'identiteitsdienst')).code).to.equal(0)
    const headers = { 'content-type': 'application/json' }
    const made = await ask('/registraties', { method: 'POST', headers, body: JSON.stringify(aRegistration()) })
    expect([made.status, await look(old)]).to.eql([201, 200])
    expect((await run('retire', 'identiteitsdienst')).code).to.equal(0)
    while ((await look(old)) === 200);
    expect([await look(old), (await ask('/registraties')).status]).to.eql([401, 200])
    expect((await run('rotate', 'datasleutels')).code).to.equal(3)
    await hub.stop()
  })

  it('gives the data keys another wrapping key: what was registered is still to be read, and the old key opens nothing', async () => {
    const before = await fingerprints()
    const { code, stdout } = await run('rotate', 'datasleutels', '--json')
    expect([code, JSON.parse(stdout)]).to.eql([0, { datasleutels: 1 }])
    const after = await fingerprints()
    expect(after.get('datasleutels')).not.to.equal(before.get('datasleutels'))
    expect(after.get('koppelen')).to.equal(before.get('koppelen'))
    const hub = await start()
    const { registraties } = (await (await ask('/registraties')).json()) as { registraties: { id: string }[] }
    const { persoon } = (await (await ask(`/registraties/${registraties[0]?.id}`)).json()) as { persoon: object }
    expect(persoon).to.include({ voornamen: 'Fenna' })
    await hub.stop()
  })

  it('goes on with a rotation that was cut off, and nothing starts before that', async () => {
    const file = join(root, 'keys', 'regio.json')
    const keys = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...keys, wrappingNext: Buffer.alloc(32, 7).toString('base64') }))
    const started = await runCommand(site, ['sweep'])
    expect(started.code).to.equal(3)
    expect(started.stderr).to.contain('rotatie')
    expect((await run('rotate', 'datasleutels')).code).to.equal(0)
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.include({ wrapping: Buffer.alloc(32, 7).toString('base64') })
    expect((await runCommand(site, ['sweep'])).code).to.equal(0)
  })

  it('names every key and none of its secrets, and finds a file that others can read', async () => {
    const { stdout, stderr, code } = await run('list')
    expect(code).to.equal(0)
    for (const name of ['koppelen', 'logboek', 'datasleutels', 'identiteitsdienst', 'client-mee']) expect(stdout).to.contain(name)
    const secrets = ['regio.json', 'demo-oidc.json', 'demo-clients.json'].flatMap((name) => [
      ...readFileSync(join(root, 'keys', name), 'utf8').matchAll(/"(?:secret|wrapping|d|logKey)": ?"([^"]+)"/g),
    ])
    expect(secrets.length).to.be.above(5)
    for (const [, secret = ''] of secrets) expect(stdout + stderr).not.to.include(secret)
    const file = join(root, 'keys', 'demo-oidc.json')
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    chmodSync(file, 0o644)
    expect((await run('list')).code).to.equal(1)
  })

  it('explains what it cannot do', async () => {
    for (const args of [[], ['rotate'], ['rotate', 'alles'], ['list', 'x', 'y']])
      expect((await run(...args)).code, args.join()).to.equal(2)
  })
})
