import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { deliveryOf } from '../bench/deliveries.ts'
import { type Config, loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { addLinkEpoch, dropLinkEpochs } from '../edges/keys/rotate.ts'
import { createLog } from '../edges/log.ts'
import { adoptKeys } from '../edges/store/postgres/set-up.ts'
import { rotateLinkKeys } from '../flows/key-epochs.ts'
import { type OpenHub, openHub } from '../hub.ts'
import { accept } from '../pipeline.ts'
import { startTestHub, type TestDatabases, type TestHub, testDefaults } from '../testing/hub.ts'
import { anew, answerOne, GROUP, keysIn, linkedAgain, processAll, SENT, stateOf, take } from '../testing/key-rotation.ts'
import { scenarioOn } from '../testing/scenario.ts'

/** Without a server nothing moves by itself: every order of steps is one that the test chose. */
const PIECE = 8

describe('linking keys that rotate', () => {
  let root: string
  const open: OpenHub[] = []
  const databases = new Map<string, TestDatabases>()
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  afterEach(async () => {
    for (const hub of open.splice(0)) await hub.close()
  })
  after(async () => {
    for (const each of databases.values()) await each.drop()
    rmSync(root, { recursive: true })
  })

  const configOf = (name: string): Config => {
    const dirs = { DATA_DIR: join(root, name, 'd'), KEYS_DIR: join(root, name, 'k'), STATE_DIR: join(root, name, 's') }
    const config = loadConfig({ demo: true }, { ...dirs, CLOCK: '2026-11-22T09:00:00+01:00' })
    return { ...config, database: databases.get(name)?.settings ?? null }
  }
  const start = async (name: string): Promise<Hub> => {
    const own = databases.has(name) ? undefined : await testDefaults.database?.()
    if (own) databases.set(name, own)
    const hub = await openHub(configOf(name), 'test', createLog('silent'))
    open.push(hub)
    return hub.hub
  }
  /** As `keys retire` and `restore` do: these are the database's keys from now on. */
  const adopt = async (name: string): Promise<void> => {
    const { database, keysDir } = configOf(name)
    if (database) await adoptKeys(database, openRegionKeys(keysDir, { demo: true, storeExists: true }).prints())
  }
  const stop = async (hub: Hub): Promise<void> => {
    const at = open.findIndex((each) => each.hub === hub)
    await open.splice(at, 1)[0]?.close()
  }

  it('keep every link, review and family, and miss nothing that comes in meanwhile', async function () {
    this.timeout(120_000)
    const plain = await start('plain')
    let hub = await start('rotated')
    const { keysDir } = configOf('rotated')
    const before = new Set<string>()
    const seen = { under: new Set<string>(), moved: 0 }
    for (let at = 0; at < SENT.length; at += GROUP) {
      const sent = SENT.slice(at, at + GROUP)
      await take(plain, sent)
      await take(hub, sent)
      if (at === 20 * GROUP) {
        for (const key of await keysIn(hub)) before.add(key)
        expect(addLinkEpoch(keysDir, new Date())).to.equal('2')
      }
      if (at > 20 * GROUP) {
        seen.moved += await rotateLinkKeys(hub, PIECE)
        seen.under.add(hub.keys.link.now().name)
      }
      if (at % (10 * GROUP) === 0) {
        await answerOne(plain, at)
        await answerOne(hub, at)
        expect(await stateOf(hub), `after ${at}`).to.eql(await stateOf(plain))
      }
      if (at === 23 * GROUP || at === 40 * GROUP) {
        await stop(hub)
        hub = await start('rotated')
      }
    }
    while ((await rotateLinkKeys(hub)) > 0);
    const end = await stateOf(plain)
    expect(await stateOf(hub)).to.eql(end)
    expect(end.matches?.map((match) => match.split(' ')[0])).to.include.members(['persoon', 'gezin'])
    expect([...seen.under]).to.eql(['1 2', '2'])
    expect(seen.moved).to.be.above(2 * 80)
    expect([...(await hub.store.read((tx) => tx.keyEpochs.count()))]).to.eql([['2', SENT.length]])
    const after = await keysIn(hub)
    expect(after.length).to.be.above(800)
    expect(after.filter((key) => before.has(key))).to.eql([])
  })

  it('are gone when retired, and everything is still found, by what comes in and by its message', async () => {
    const { keysDir } = configOf('rotated')
    expect(dropLinkEpochs(keysDir)).to.eql(['1'])
    await adopt('rotated')
    const hub = await start('rotated')
    const again = SENT.slice(0, 50)
    const receipts = await accept(
      hub,
      again.map(({ client, registration }) => deliveryOf(client, registration)),
    )
    expect(receipts.every(({ reception }) => reception === 'herhaald')).to.equal(true)
    await accept(hub, again.map(anew))
    await processAll(hub)
    expect(await linkedAgain(hub)).to.equal(50)
  })

  it('heal an older copy of the database, of which no key is left', async () => {
    const source = await start('older')
    await take(source, SENT.slice(0, 60))
    const wanted = await stateOf(source)
    await stop(source)
    const { keysDir } = configOf('older')
    addLinkEpoch(keysDir, new Date())
    expect(dropLinkEpochs(keysDir)).to.eql(['1'])
    await adopt('older')
    const hub = await start('older')
    expect([...(await hub.store.read((tx) => tx.keyEpochs.count()))]).to.eql([['2', 60]])
    expect(await stateOf(hub)).to.eql(wanted)
    await accept(hub, SENT.slice(0, 50).map(anew))
    await processAll(hub)
    expect(await linkedAgain(hub)).to.equal(50)
  })
})

describe('the family of a case, when the linking keys rotate', () => {
  let test: TestHub
  before(async () => {
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00' })
  })
  after(() => test.stop())

  it('is known under the new keys too: a brother’s registration is signalled to the zorgcoördinator', async function () {
    this.timeout(30_000)
    const s = scenarioOn(test)
    const parent = { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit' }
    const gezagsdragers = [{ ...parent, geboortedatum: '1985-02-03' }]
    const register = async (by: string, voornamen: string, geboortedatum: string) => {
      await s.register({ by, kenmerk: voornamen, persoon: { voornamen, geslachtsnaam: 'Berg', geboortedatum }, gezagsdragers })
      await s.consent(by, voornamen, { gever: 'o1' })
    }
    await register('mee', 'Noor', '2019-05-06')
    await register('rubicon', 'Noor', '2019-05-06')
    const match = (await s.matches('coordinatiepunt')).at(-1)?.id
    const { id } = (await s.must('coordinatiepunt', 'POST', '/coordinatiecasussen', { match })).body
    const coordinator = { soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee' }
    await s.must('coordinatiepunt', 'POST', `/coordinatiecasussen/${id}/handelingen`, coordinator)
    const before = await s.events('mee')
    const managed = async () => {
      return (await s.must('privacy-functionaris', 'POST', '/logregels/_zoek', { actie: 'beheren' })).body.logregels.length
    }
    const known = await managed()
    addLinkEpoch(test.config.keysDir, new Date())
    while ([...(await test.hub.store.read((tx) => tx.keyEpochs.count())).keys()].join() !== '2') await wait(20)
    dropLinkEpochs(test.config.keysDir)
    expect((await s.events('mee', before.next)).types).to.eql([])
    await register('vorkmeer', 'Sem', '2021-07-08')
    expect((await s.events('mee', before.next)).types).to.include('casus.signaal')
    expect(await managed()).to.equal(known + 1)
  })
})
