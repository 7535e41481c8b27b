import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { redis } from '../../deploy/engines/redis.ts'
import { folderOf } from '../../deploy/engines/running.ts'
import { aBsn } from '../testing/registration.ts'
import { makeSite, type RunningHub, type Site, startHub } from './child-hub.ts'
import { sendEverywhere } from './testing/everywhere.ts'
import { findNeedles, type Needle, needlesOfNumber, needlesOfText } from './testing/needles.ts'

/** Two numbers: by chance four random bytes may be one of them, never both. */
const BSNS = [aBsn(3_141_592), aBsn(2_718_281)]
const NAMES = ['Qwintessanne', 'Xyvandrelsma'] as const
describe('a planted number and name', function () {
  this.timeout(120_000)
  let site: Site
  let hub: RunningHub
  before(async () => {
    site = await makeSite(mkdtempSync(join(tmpdir(), 'verwijsindex-')), { LOG_LEVEL: 'trace' })
    hub = await startHub(site)
  })
  after(() => rmSync(site.root, { recursive: true, force: true }))

  it('are in no file, no output and no metric, however they were sent', async () => {
    for (const bsn of BSNS) await sendEverywhere(site, bsn, NAMES)
    await wait(1500)
    const metrics = await (await fetch(`${site.baseUrl}/metrics`)).text()
    const running = filesOf(site)
    const { stdout, stderr } = await hub.stop()
    const texts = { metrics, stdout, stderr }
    const places = [
      ...running,
      ...filesOf(site),
      ...Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)] as const),
    ]
    expect(places.map(([name]) => name).filter((name) => name.endsWith('-wal'))).to.have.length.greaterThan(0)
    const found = places.flatMap(([name, bytes]) => leaksIn(bytes).map((form) => `${name}: ${form}`))
    expect(found).to.deep.equal([])
  })

  it('are in nothing that Redis was ever told', async function () {
    const { url: REDIS_URL = '' } = await engineOrSkip(this, redis)
    const own = await makeSite(mkdtempSync(join(tmpdir(), 'verwijsindex-')), { LOG_LEVEL: 'trace', REDIS_URL })
    const other = await startHub(own)
    for (const bsn of BSNS) await sendEverywhere(own, bsn, NAMES)
    await wait(2500)
    const { stdout, stderr } = await other.stop()
    rmSync(own.root, { recursive: true })
    const told = filesUnder(join(folderOf(redis), 'data'))
    for (const room of ['sleutels', 'emmer', 'geteld'])
      expect(
        told.some(([, bytes]) => bytes.includes(`:${room}:`)),
        room,
      ).to.equal(true)
    const texts = [['stdout', Buffer.from(stdout)] as const, ['stderr', Buffer.from(stderr)] as const]
    expect([...told, ...texts].flatMap(([name, bytes]) => leaksIn(bytes).map((form) => `${name}: ${form}`))).to.deep.equal([])
    expect(stdout + stderr).to.not.include(new URL(REDIS_URL).password)
  })

  it('would be found in each of these forms', () => {
    const [bsn, name] = [BSNS[0] as string, NAMES[0]]
    const padded = (text: string) => Buffer.from(`x${text}y`)
    const integer = Buffer.alloc(8)
    integer.writeBigInt64LE(BigInt(bsn))
    for (const hay of [
      ...[padded(bsn), padded(`"${name.toUpperCase()}"`), Buffer.from(`..${bsn}`, 'utf16le'), integer],
      ...['a', 'ab', 'abc'].map((before) => padded(Buffer.from(`${before}${name}${bsn}`).toString('base64'))),
      ...[padded(Buffer.from(bsn).toString('hex')), padded(Number(bsn).toString(16).toUpperCase())],
    ])
      expect(findNeedles([...needlesOfNumber(bsn), ...needlesOfText(name)], hay), hay.toString('latin1')).to.not.deep.equal([])
  })
})

function leaksIn(bytes: Buffer): string[] {
  const isInteger = ({ form }: Needle) => form.endsWith('endian')
  const numbers = BSNS.map(needlesOfNumber)
  const integers = numbers.map((needles) => findNeedles(needles.filter(isInteger), bytes))
  const texts = [...numbers.flat().filter((needle) => !isInteger(needle)), ...NAMES.flatMap(needlesOfText)]
  return [...findNeedles(texts, bytes), ...(integers.every((found) => found.length > 0) ? integers.flat() : [])]
}

function filesOf({ root }: Site): (readonly [string, Buffer])[] {
  return ['data', 'keys', 'state'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name))] as const),
  )
}

/** Redis keeps a file of every change that it was told of. */
function filesUnder(folder: string): (readonly [string, Buffer])[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return names.flatMap((entry) =>
    entry.isFile() ? [[entry.name, readFileSync(join(entry.parentPath, entry.name))] as const] : [],
  )
}
