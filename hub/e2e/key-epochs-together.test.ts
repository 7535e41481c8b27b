import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Databases, newDatabases } from '../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { postgresql } from '../../deploy/engines/postgresql.ts'
import { type Config, loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { openRegionKeys } from '../edges/keys/region-keys.ts'
import { addLinkEpoch, dropLinkEpochs } from '../edges/keys/rotate.ts'
import { createLog } from '../edges/log.ts'
import { adoptKeys } from '../edges/store/postgres/set-up.ts'
import { rotateLinkKeys } from '../flows/key-epochs.ts'
import { type OpenHub, openHub } from '../hub.ts'
import { answerOne, GROUP, keysIn, SENT, stateOf, take } from '../testing/key-rotation.ts'

/** Without servers nothing moves by itself: every order of steps is one that the test chose. */
const PIECE = 8
/** The group with which the second hub gets the keys that the first one has had for a while. */
const COPIED = 36

describe('linking keys that rotate while several hubs are at work', function () {
  this.timeout(180_000)
  let root: string
  let databases: Databases
  const open = new Map<string, OpenHub>()
  before(async function () {
    databases = await newDatabases((await engineOrSkip(this, postgresql)).url as string)
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  })
  after(async () => {
    for (const hub of open.values()) await hub.close()
    await databases?.drop()
    if (root) rmSync(root, { recursive: true })
  })

  const configOf = (name: string): Config => {
    const dirs = { DATA_DIR: join(root, name, 'd'), KEYS_DIR: join(root, name, 'k'), STATE_DIR: join(root, name, 's') }
    const config = loadConfig({ demo: true }, { ...dirs, CLOCK: '2026-11-22T09:00:00+01:00' })
    return { ...config, database: name === 'plain' ? null : databases.settings }
  }
  const start = async (name: string): Promise<Hub> => {
    const hub = await openHub(configOf(name), 'test', createLog('silent'))
    open.set(name, hub)
    return hub.hub
  }
  const stop = async (name: string) => {
    await open.get(name)?.close()
    open.delete(name)
  }
  const fileOf = (name: string) => join(configOf(name).keysDir, 'regio.json')
  /** Whole or not at all, as whoever runs the hubs is told to. */
  const copyKeys = (from: string, to: string) => {
    mkdirSync(configOf(to).keysDir, { recursive: true, mode: 0o700 })
    copyFileSync(fileOf(from), `${fileOf(to)}.nieuw`)
    renameSync(`${fileOf(to)}.nieuw`, fileOf(to))
  }
  /** As the command does. */
  const retire = async (name: string) => {
    const { keysDir } = configOf(name)
    dropLinkEpochs(keysDir)
    await adoptKeys(databases.settings, openRegionKeys(keysDir, { demo: true, storeExists: true }).prints())
  }
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => String(error),
    )

  it('go over together, and keep every link, review and family, whoever takes in and links what comes meanwhile', async () => {
    const plain = await start('plain')
    const one = await start('one')
    copyKeys('one', 'two')
    const two = await start('two')
    const before = new Set<string>()
    const seen: string[] = []
    const steps = new Map<number, () => unknown>([
      [
        20,
        async () => {
          for (const key of await keysIn(one)) before.add(key)
          addLinkEpoch(configOf('one').keysDir, new Date())
        },
      ],
      [COPIED, () => copyKeys('one', 'two')],
    ])
    for (let group = 0; group * GROUP < SENT.length; group++) {
      const sent = SENT.slice(group * GROUP, (group + 1) * GROUP)
      await steps.get(group)?.()
      await take(plain, sent)
      await take(group % 2 === 0 ? one : two, sent)
      // First the one is ahead, then the other, for a good many groups each.
      if (group < COPIED || group % 7 === 0) await rotateLinkKeys(one, PIECE)
      await rotateLinkKeys(two, PIECE)
      const now = `${one.keys.link.now().name} | ${two.keys.link.now().name}`
      if (seen.at(-1) !== now) seen.push(now)
      if (group % 10 === 0) {
        await answerOne(plain, group * GROUP)
        await answerOne(group % 20 === 0 ? one : two, group * GROUP)
        expect(await stateOf(one), `after ${group}`).to.eql(await stateOf(plain))
      }
    }
    while ((await rotateLinkKeys(two)) + (await rotateLinkKeys(one)) > 0);
    expect(await stateOf(two)).to.eql(await stateOf(plain))
    expect(seen).to.eql(['1 | 1', '1 2 | 1', '1 2 | 2', '2 | 2'])
    expect([...(await one.store.read((tx) => tx.keyEpochs.count()))]).to.eql([['2', SENT.length]])
    const after = await keysIn(one)
    expect(after.length).to.be.above(800)
    expect(after.filter((key) => before.has(key))).to.eql([])
  })

  it('wait for a hub that is there and does not know them, and for no hub that is gone', async () => {
    const [one, two] = [open.get('one')!.hub, open.get('two')!.hub]
    await retire('one')
    addLinkEpoch(configOf('one').keysDir, new Date())
    while ((await rotateLinkKeys(one)) > 0);
    expect([one.keys.link.now().name, two.keys.link.now().name]).to.eql(['2 3', '2'])
    // What the other is at is not undone, nor does it undo anything.
    expect(await rotateLinkKeys(two)).to.equal(0)
    expect(await rotateLinkKeys(one)).to.equal(0)
    expect([...(await one.store.read((tx) => tx.keyEpochs.count())).keys()]).to.eql(['2 3'])
    await stop('two')
    while (one.keys.link.now().name !== '3') await rotateLinkKeys(one)
  })

  it('are refused of a hub that comes with the keys of before, or with others of the same name', async () => {
    expect(await failure(openHub(configOf('two'), 'test', createLog('silent')))).to.include('De sleutels in KEYS_DIR')
    copyKeys('one', 'three')
    const three = await start('three')
    expect(three.keys.link.now().name).to.equal('3')
    const one = open.get('one')!.hub
    for (const name of ['one', 'three']) await retire(name)
    for (const name of ['one', 'three']) addLinkEpoch(configOf(name).keysDir, new Date())
    await rotateLinkKeys(one)
    expect(await failure(rotateLinkKeys(three))).to.include('De sleutels in KEYS_DIR')
    expect([one.keys.link.now().name, three.keys.link.now().name]).to.eql(['3 4', '3'])
    copyKeys('one', 'three')
    while ((await rotateLinkKeys(one)) + (await rotateLinkKeys(three)) > 0);
    expect([one.keys.link.now().name, three.keys.link.now().name]).to.eql(['4', '4'])
  })
})
