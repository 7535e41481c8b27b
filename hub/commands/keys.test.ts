import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, type RunningHub, runCommand, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { aRegistration } from '../testing/registration.ts'

const SENT = aRegistration()

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
    const made = await ask('/registraties', { method: 'POST', headers, body: JSON.stringify(SENT) })
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
    expect(after.get('koppeling-1')).to.equal(before.get('koppeling-1'))
    const hub = await start()
    const { registraties } = (await (await ask('/registraties')).json()) as { registraties: { id: string }[] }
    const { persoon } = (await (await ask(`/registraties/${registraties[0]?.id}`)).json()) as { persoon: object }
    expect(persoon).to.include({ voornamen: 'Fenna' })
    await hub.stop()
  })

  it('begins another epoch of linking keys beside a running hub, shows how far it is, and retires the old one when nothing needs it', async () => {
    const hub = await start()
    const keysIn = async () => (await fingerprints()).keys()
    const before = await fingerprints()
    const rotated = await run('rotate', 'koppeling', '--json')
    expect([rotated.code, JSON.parse(rotated.stdout)]).to.eql([0, { tijdvak: '2' }])
    expect([...(await keysIn())]).to.include.members(['koppeling-1', 'koppeling-2'])
    expect((await run('rotate', 'koppeling')).code).to.equal(3)
    const progress = async () => JSON.parse((await run('list', '--json')).stdout).koppeling
    while ((await progress()).nieuw === 0);
    expect(await progress()).to.eql({ van: '1', naar: '2', oud: 0, beide: 0, nieuw: 1 })
    const retired = await run('retire', 'koppeling', '--json')
    expect([retired.code, JSON.parse(retired.stdout)]).to.eql([0, { ingetrokken: ['1'] }])
    expect([...(await keysIn())]).not.to.include('koppeling-1')
    expect((await fingerprints()).get('datasleutels')).to.equal(before.get('datasleutels'))
    const headers = { 'content-type': 'application/json' }
    const again = await ask('/registraties', { method: 'POST', headers, body: JSON.stringify(SENT) })
    expect(again.status, 'the same message').to.equal(200)
    await hub.stop()
    const file = JSON.parse(readFileSync(join(root, 'keys', 'regio.json'), 'utf8'))
    expect(file).to.include.keys('derived', 'linking').and.not.to.have.property('secret')
  })

  it('keeps the old epoch as long as a registration is under it', async () => {
    expect((await run('rotate', 'koppeling')).code).to.equal(0)
    const { code, stdout } = await run('retire', 'koppeling', '--json')
    expect([code, JSON.parse(stdout)]).to.eql([1, { koppeling: { van: '2', naar: '3', oud: 1, beide: 0, nieuw: 0 } }])
    expect([...(await fingerprints()).keys()]).to.include.members(['koppeling-2', 'koppeling-3'])
  })

  it('gives the screens another key at their provider, and shows its public part only', async () => {
    const path = join(root, 'keys', 'scherm.json')
    expect((await run('rotate', 'scherm')).code, 'the demo has none').to.equal(3)
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(path, JSON.stringify({ ...pair.privateKey.export({ format: 'jwk' }), kid: 'een', alg: 'ES256' }), {
      mode: 0o600,
    })
    const { code, stdout } = await run('rotate', 'scherm', '--json')
    const { sleutel } = JSON.parse(stdout)
    expect([code, Object.keys(sleutel).sort()]).to.eql([0, ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']])
    const listed = await fingerprints()
    expect([listed.has('scherm'), listed.has('scherm-vorige')]).to.eql([true, true])
    expect(listed.get('scherm')).not.to.equal(listed.get('scherm-vorige'))
    expect(JSON.parse((await run('retire', 'scherm', '--json')).stdout)).to.eql({ ingetrokken: 1 })
    expect(JSON.parse(readFileSync(path, 'utf8')))
      .to.include({ kid: sleutel.kid })
      .and.not.to.have.property('eerder')
    rmSync(path)
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
    for (const name of ['koppeling-2', 'logboek', 'datasleutels', 'identiteitsdienst', 'client-mee'])
      expect(stdout).to.contain(name)
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
