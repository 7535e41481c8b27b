import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { loadConfig } from '../config.ts'
import { createLog } from '../edges/log.ts'
import { countKeyEpochs } from '../edges/store/key-epochs-beside.ts'
import { openHub } from '../hub.ts'
import { processWaiting } from '../pipeline.ts'
import { type TestDatabases, testDefaults } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import { makeSite, type RunningHub, runCommand, type Site, startHub, tokensOf } from './child-hub.ts'

const FIRST = 600
const KILLS = 3

/** The hub is killed whenever it has gone a step further, until it has been killed so many times; then it may finish. */
describe('a rotation of the linking keys with kill -9 in the middle', () => {
  let root: string
  let site: Site
  let databases: TestDatabases | undefined
  const started: RunningHub[] = []
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    databases = await testDefaults.database?.()
    const { url, keysUrl } = databases?.settings ?? {}
    site = await makeSite(root, url && keysUrl ? { DATABASE_URL: url, KEYS_DATABASE_URL: keysUrl } : {})
  })
  afterEach(() => Promise.all(started.splice(0).map((hub) => hub.kill())))
  after(async () => {
    await databases?.drop()
    rmSync(root, { recursive: true })
  })

  const progress = async () => {
    const dirs = { dataDir: site.env.DATA_DIR as string, keysDir: site.env.KEYS_DIR as string }
    const counts = await countKeyEpochs({ ...dirs, database: databases?.settings ?? null })
    return [...counts].map((each) => each.join(':')).sort()
  }
  const isDone = (counts: string[]) => counts.length === 1 && counts[0]?.startsWith('2:')

  it('finishes, and finds for everything that came in meanwhile what was there before', async function () {
    this.timeout(180_000)
    const lines = Array.from({ length: FIRST }, (_, at) => JSON.stringify(aPerson(at, 'eerst'))).join('\n')
    expect((await runCommand(site, ['import', 'eigen', '-', '--client', 'mee'], lines)).code).to.equal(0)
    expect((await runCommand(site, ['keys', 'rotate', 'koppeling'])).code).to.equal(0)
    const seen = new Set<string>()
    let sent = 0
    for (let kills = 0; kills < KILLS; kills++) {
      const before = (await progress()).join()
      const hub = await startHub(site)
      started.push(hub)
      for (let each = 0; each < 4; each++) await send(site, aPerson(sent++, 'meanwhile'))
      while ((await progress()).join() === before) await wait(2)
      await hub.kill()
      seen.add((await progress()).join())
    }
    expect(seen.size, [...seen].join(' ')).to.equal(KILLS)
    const hub = await startHub(site)
    started.push(hub)
    while (!isDone(await progress())) {
      await send(site, aPerson(sent++, 'meanwhile'))
      await wait(20)
    }
    expect((await runCommand(site, ['keys', 'retire', 'koppeling'])).code).to.equal(0)
    for (let each = 0; each < 4; each++) await send(site, aPerson(sent++, 'meanwhile'))
    await hub.stop()
    expect(await apart(site)).to.eql([])
  })
})

/** One person each, by name and birth date and, for every second, by number. */
function aPerson(at: number, prefix: string) {
  const born = new Date(Date.UTC(2010, 0, 2) + at * 86_400_000).toISOString().slice(0, 10)
  const persoon = {
    voornamen: 'Jasmijn',
    geslachtsnaam: surnameOf(at),
    geboortedatum: born,
    adres: { postcode: '5981AB', huisnummer: at + 1 },
  }
  const name = `${prefix}-${at}`
  return aRegistration({ bronbericht: name, kenmerk: name, persoon: { ...persoon, ...(at % 2 === 0 ? { bsn: aBsn(at) } : {}) } })
}

function surnameOf(at: number): string {
  return `V${[...String(at)].map((digit) => 'aeiou'[Number(digit) % 5] + 'bdfgklmnpr'[Number(digit)]!).join('')}ink`
}

async function send(site: Site, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${await tokensOf(site)('rubicon')}`, 'content-type': 'application/json' }
  const answer = await fetch(`${site.baseUrl}/v1/registraties`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).to.equal(201)
}

/** What came in meanwhile and is not one with what came first. */
async function apart(site: Site): Promise<string[]> {
  const { hub, close } = await openHub(loadConfig({ demo: true }, site.env), 'test', createLog('silent'))
  try {
    while ((await processWaiting(hub, 100)) > 0);
    return await hub.store.read(async (tx) => {
      const rows = await tx.registrations.listAll(0, 10_000)
      const contents = await hub.contents.open(tx, rows)
      const referenceOf = (seq: number) => contents.get(seq)?.registration.kenmerk ?? ''
      const first = new Map(rows.map((row) => [referenceOf(row.seq), row.person]))
      const later = rows.filter((row) => row.organisation === 'rubicon')
      return later.flatMap((row) => {
        const name = referenceOf(row.seq)
        return row.person !== null && row.person === first.get(name.replace('meanwhile', 'eerst')) ? [] : [name]
      })
    })
  } finally {
    await close()
  }
}
