import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { logKey, signCheckpoint } from '../stages/audit/log-key.ts'
import { leafHash, nodeHash } from '../stages/audit/tree-hash.mjs'

const COMMAND = fileURLToPath(new URL('../verwijsindex.mjs', import.meta.url))
const key = logKey('verwijsindex/voorbeeld', generateKeyPairSync('ed25519').privateKey)
const [a, b, c] = ['a', 'b', 'c'].map((text) => leafHash(Buffer.from(text))) as [Buffer, Buffer, Buffer]
const one = signCheckpoint(key, 1, a)
const two = signCheckpoint(key, 2, nodeHash(a, b))
const otherTwo = signCheckpoint(key, 2, nodeHash(c, b))

describe('verwijsindex witness', function () {
  this.timeout(120_000)
  let hub: Server
  let root: string
  let shown: string
  let authorization: string | undefined
  let requests: string[]
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    requests = []
    hub = createServer((request, response) => {
      requests.push(request.url ?? '')
      const answers: Record<string, string> = {
        '/v1/controlepunt': shown,
        '/v1/controlepunt/_consistentie?van=1&tot=2': JSON.stringify({ van: 1, tot: 2, pad: [b.toString('base64')] }),
      }
      const isKnown = authorization === undefined || request.headers.authorization === authorization
      response.statusCode = isKnown ? (answers[request.url ?? ''] === undefined ? 404 : 200) : 401
      response.end(isKnown ? answers[request.url ?? ''] : '')
    })
    await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve))
    authorization = undefined
  })
  afterEach(() => {
    hub.close()
    rmSync(root, { recursive: true })
  })

  const address = () => `http://127.0.0.1:${(hub.address() as AddressInfo).port}`
  const dir = () => join(root, 'getuige')
  function witness(args: string[] = [], vkeys = [key.vkey], url = address()) {
    const keys = vkeys.flatMap((vkey) => ['--key', vkey])
    const child = spawn(process.execPath, [COMMAND, 'witness', '--hub', url, ...keys, '--dir', dir(), ...args], {
      env: { PATH: process.env.PATH, KEYS_DIR: join(root, 'keys') },
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
      child.once('close', (status) => resolve({ status, stdout, stderr })),
    )
  }

  it('keeps the first checkpoint and each that the log grew to', async () => {
    shown = one
    expect(await witness()).to.include({ status: 0, stdout: '{"goed":true,"stand":"eerste","omvang":1}\n' })
    expect(await witness()).to.include({ status: 0, stdout: '{"goed":true,"stand":"gelijk","omvang":1}\n' })
    shown = two
    expect(await witness()).to.include({ status: 0, stdout: '{"goed":true,"stand":"gegroeid","omvang":2}\n' })
    expect(readdirSync(dir()).sort()).to.deep.equal(['checkpoint', 'omvang-0000000000000001', 'omvang-0000000000000002'])
    expect(readFileSync(join(dir(), 'checkpoint'), 'utf8')).to.equal(two)
  })

  it('follows a log that goes over to another key, by both keys, and with the new one alone from then on', async () => {
    const second = logKey(key.name, generateKeyPairSync('ed25519').privateKey, [key])
    shown = one
    expect(await witness()).to.include({ status: 0 })
    shown = signCheckpoint(second, 2, nodeHash(a, b))
    expect(await witness([], [second.vkey]), 'of before it has nothing').to.include({ status: 1 })
    expect(await witness([], [second.vkey, key.vkey])).to.include({
      status: 0,
      stdout: '{"goed":true,"stand":"gegroeid","omvang":2}\n',
    })
    expect(await witness([], [second.vkey])).to.include({ status: 0 })
    shown = signCheckpoint(key, 2, nodeHash(a, b))
    expect(await witness([], [second.vkey])).to.include({ status: 1 })
  })

  it('exits 1 for a step back or a fork, keeps the evidence and what was good', async () => {
    shown = two
    await witness()
    for (const [note, fout] of [
      [one, 'stap-terug'],
      [otherTwo, 'vork'],
      ['onzin', 'handtekening'],
    ] as const) {
      shown = note
      const { status, stdout } = await witness()
      expect({ status, fout: JSON.parse(stdout).fout }).to.deep.equal({ status: 1, fout })
    }
    expect(readFileSync(join(dir(), 'checkpoint'), 'utf8')).to.equal(two)
    expect(readdirSync(dir()).filter((name) => name.startsWith('afwijkend-'))).to.have.length(3)
  })

  it('goes on until something is wrong', async () => {
    shown = one
    const watching = witness(['--every', '1'])
    while (requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 20))
    shown = otherTwo
    const { status, stdout } = await watching
    expect(status).to.equal(1)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).goed),
    ).to.deep.equal([true, false])
  })

  it('shows the token of a file, and says so when the hub wants one', async () => {
    shown = one
    authorization = 'Bearer geheim'
    const refused = await witness()
    expect(refused.status).to.equal(3)
    expect(refused.stderr).to.include('--token-file')
    writeFileSync(join(root, 'token'), 'geheim\n')
    expect(await witness(['--token-file', join(root, 'token')])).to.include({ status: 0 })
  })

  it('exits 4 when the hub is not there, and 2 when it is asked wrongly', async () => {
    const gone = address()
    await new Promise((resolve) => hub.close(resolve))
    expect(await witness([], undefined, gone)).to.include({ status: 4, stdout: '' })
    for (const args of [['--every', '0'], ['--hub', 'ftp://x.example'], ['--key', 'x'], ['--dir', ''], ['los']])
      expect(await witness(args, undefined, gone), args.join(' ')).to.include({ status: 2, stdout: '' })
  })
})
