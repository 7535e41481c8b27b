import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { storeFile } from '../edges/store/store-file.ts'
import { onFile } from '../edges/store/testing/on-file.ts'
import { makeSite, type RunningHub, runCommand, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { openCheckpoint } from '../stages/audit/note.mjs'
import { aRegistration } from '../testing/registration.ts'

const OVER_MS_MAX = 30_000

/** Another key of the access log, by the command line and beside clients at work. */
describe('the key of the access log rotates', function () {
  this.timeout(300_000)
  let root: string
  let site: Site
  let hub: RunningHub | undefined
  let tokens: (client: string) => Promise<string>
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    site = await makeSite(root)
    tokens = tokensOf(site)
    hub = await startHub(site)
  })
  afterEach(async () => {
    await hub?.kill()
    rmSync(root, { recursive: true })
  })

  const run = (...args: string[]) => runCommand(site, args)
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await run(...args)
    return { code, ...JSON.parse(stdout.trim().split('\n').at(-1) || '{}'), stderr }
  }
  const ask = async (client: string, path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${await tokens(client)}`, 'content-type': 'application/json' }
    return fetch(`${site.baseUrl}/v1${path}`, { ...init, headers })
  }
  const officer = async (path: string) => (await ask('privacy-functionaris', path)).text()
  const vkey = async () => (await officer('/controlepunt/_sleutel')).trim()
  const untilUnder = async (key: string) => {
    for (const from = performance.now(); (await vkey()) !== key; await wait(50))
      if (performance.now() - from > OVER_MS_MAX) throw new Error('the log did not go over')
  }
  /** What senders get until `done`: they register, read, and ask for the checkpoint. */
  const sendUntil = async (done: () => boolean) => {
    const statuses = new Map<string, number>()
    const sender = async (n: number) => {
      for (let i = 0; !done(); i++) {
        const body = JSON.stringify(aRegistration({ bronbericht: `s${n}-${i}`, kenmerk: `k${n}-${i % 5}`, versie: i + 1 }))
        const answers = [
          await ask('mee', '/registraties', { method: 'POST', body }),
          await ask('rubicon', '/registraties?limiet=1'),
          await ask('privacy-functionaris', '/controlepunt'),
        ]
        for (const { status } of answers) {
          const name = status < 300 ? 'goed' : String(status)
          statuses.set(name, (statuses.get(name) ?? 0) + 1)
        }
      }
    }
    await Promise.all([1, 2, 3].map(sender))
    return Object.fromEntries(statuses)
  }

  it('while clients are at work: none is refused, the log is whole, old and new key both verify until the old one is retired', async () => {
    const first = await vkey()
    let isDone = false
    const sent = sendUntil(() => isDone)
    await wait(500)
    const rotated = await json('keys', 'rotate', 'logboek', '--json')
    expect(rotated.code).to.equal(0)
    const second = String(rotated.sleutel)
    await untilUnder(second)
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
    const note = await officer('/controlepunt')
    expect([first, second].map((key) => openCheckpoint(note, key)?.size ?? 0).every((size) => size > 0)).to.equal(true)
    const early = await json('keys', 'rotate', 'logboek', '--json')
    expect([early.code, early.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 3 && text.includes('retire logboek'),
    )
    const witness = ['witness', '--hub', site.baseUrl, '--dir', join(root, 'getuige')]
    expect(await json(...witness, '--key', first)).to.include({ goed: true })
    expect(await json(...witness, '--key', second)).to.include({ goed: true })
    expect(await json('keys', 'retire', 'logboek', '--json')).to.include({ code: 0, ingetrokken: 1 })
    while (openCheckpoint(await officer('/controlepunt'), first)) await wait(50)
    expect(await json(...witness, '--key', second)).to.include({ goed: true })
    expect((await json('keys', 'rotate', 'logboek', '--json')).code).to.equal(0)
    await wait(1500)
    isDone = true
    const statuses = await sent
    expect(statuses.goed).to.be.above(60)
    expect(statuses).to.have.all.keys('goed')
    expect(readFileSync(join(root, 'keys', 'regio.json'), 'utf8').match(/BEGIN PRIVATE KEY/g)).to.have.length(2)
    await untilUnder(JSON.parse((await run('keys', 'list', '--json')).stdout).logboek.sleutel)
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
    expect((await hub?.stop())?.code).to.equal(0)
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
    const changes = onFile(storeFile(join(root, 'data')), "select number from access_log where object = 'logsleutel'")
    expect(changes).to.have.length(2)
  })

  it('with the hub killed at any moment of it: the next one goes on, and nothing that was answered is missing', async () => {
    for (let turn = 0; turn < 4; turn++) {
      if (turn > 0) expect(await json('keys', 'retire', 'logboek', '--json')).to.include({ code: 0, ingetrokken: 1 })
      const { sleutel } = await json('keys', 'rotate', 'logboek', '--json')
      await wait(turn * 300)
      await hub?.kill()
      expect(await json('verify-log'), `turn ${turn}`).to.include({ code: 0, heel: true })
      hub = await startHub(site)
      await untilUnder(String(sleutel))
      expect(await json('verify-log'), `turn ${turn}, started`).to.include({ code: 0, heel: true })
    }
    const changes = onFile(storeFile(join(root, 'data')), "select number from access_log where object = 'logsleutel'")
    expect(changes).to.have.length(4)
  })

  it('to be retired only when the log went over; an edit on either side of the change is found, and a copy of before comes back', async () => {
    await ask('mee', '/registraties', { method: 'POST', body: JSON.stringify(aRegistration()) })
    expect((await run('backup', join(root, 'kopie'))).code).to.equal(0)
    await hub?.stop()
    const { sleutel } = await json('keys', 'rotate', 'logboek', '--json')
    expect(await json('keys', 'retire', 'logboek', '--json')).to.deep.include({ code: 1 })
    hub = await startHub(site)
    await untilUnder(String(sleutel))
    await hub.stop()
    expect((await json('keys', 'retire', 'logboek', '--json')).code).to.equal(0)
    const path = storeFile(join(root, 'data'))
    const [change] = onFile(path, "select number from access_log where object = 'logsleutel'")
    for (const number of [Number(change?.number) - 1, Number(change?.number) + 1]) {
      const [{ controles }] = onFile(path, `select controles from access_log where number = ${number}`) as [{ controles: string }]
      onFile(path, `update access_log set controles = 'anders' where number = ${number}`)
      const verdict = await json('verify-log')
      expect([verdict.code, (verdict.eersteFout as { nummer: number }).nummer]).to.eql([1, number])
      onFile(path, `update access_log set controles = '${controles}' where number = ${number}`)
    }
    expect((await run('restore', join(root, 'kopie'))).code).to.equal(0)
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
    hub = await startHub(site)
    await untilUnder(String(sleutel))
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
  })

  it('is no way in: keys that say another history than the log does are found, and a lost retirement is too', async () => {
    const { sleutel } = await json('keys', 'rotate', 'logboek', '--json')
    await untilUnder(String(sleutel))
    await hub?.stop()
    const file = join(root, 'keys', 'regio.json')
    const kept = readFileSync(file, 'utf8')
    const { logKeysBefore, ...keys } = JSON.parse(kept)
    writeFileSync(file, JSON.stringify(keys))
    expect(await json('verify-log'), 'the history is forgotten').to.deep.include({ code: 1 })
    writeFileSync(file, JSON.stringify({ ...keys, logKey: logKeysBefore[0].pem }))
    expect(await json('verify-log'), 'the old key put back').to.deep.include({ code: 1 })
    writeFileSync(file, JSON.stringify({ ...keys, logKeysBefore: [...logKeysBefore, ...logKeysBefore] }))
    expect(await json('verify-log'), 'a key that the log never had').to.deep.include({ code: 1 })
    writeFileSync(file, kept)
    expect(await json('verify-log')).to.include({ code: 0, heel: true })
    expect(readdirSync(join(root, 'keys')).filter((name) => name.startsWith('regio.json.'))).to.eql([])
  })
})
