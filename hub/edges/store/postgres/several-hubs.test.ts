import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { type Databases, newDatabases } from '../../../../deploy/engines/databases.ts'
import { engineOrSkip } from '../../../../deploy/engines/needed.ts'
import { postgresql } from '../../../../deploy/engines/postgresql.ts'
import type { Hub } from '../../../context.ts'
import { HubError } from '../../../errors.ts'
import { erasureFollower } from '../../../flows/follow-erasures.ts'
import { hubLine } from '../../../stages/audit/line-of.ts'
import { logKey, logKeys } from '../../../stages/audit/log-key.ts'
import { readState } from '../../checkpoint-file.ts'
import { erasureFile } from '../../erasure-list.ts'
import { logKeyring } from '../../log-keyring.ts'
import { MOVED, OF_THE_MOMENT } from '../move/tables.ts'
import type { OpenStore } from '../open.ts'
import { ALWAYS_HERE } from '../testing/always-here.ts'
import { newRegistration } from '../testing/rows.ts'
import { openPostgresStore } from './open.ts'
import { takePresence } from './presence.ts'

const signing = logKey('verwijsindex/proef', generateKeyPairSync('ed25519').privateKey)
const keys = {
  wrapping: randomBytes(32),
  log: logKeyring(() => [signing]),
  prints: () => ({ whole: 'proef', oldest: 'proef', newest: 'proef' }),
}
const rejection = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof HubError ? `${error.code}: ${error.detail}` : String(error)),
  )

const TOGETHER = { isAlone: false, hasOwnIndex: true, epoch: 1 }
const ALONE = { isAlone: true, hasOwnIndex: true, epoch: 1 }

describe('hubs that share a database', function () {
  this.timeout(60_000)
  let databases: Databases
  let root: string
  let hubs: OpenStore[]
  const open = (name: string, given = keys) =>
    openPostgresStore(
      databases.settings,
      { stateDir: join(root, name), command: 'test', presence: ALWAYS_HERE, hasOwnIndex: true },
      given,
      (error) => {
        throw error
      },
    )
  before(async function () {
    databases = await newDatabases((await engineOrSkip(this, postgresql)).url as string)
    root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
    hubs = await Promise.all(['een', 'twee', 'drie'].map((name) => open(name)))
  })
  after(async () => {
    await Promise.all((hubs ?? []).map((hub) => hub.close()))
    await databases?.drop()
    if (root) rmSync(root, { recursive: true })
  })
  const hub = (at: number) => hubs[at] as OpenStore

  it('make it ready once, whoever comes first', async () => {
    expect(await databases.count('select count(*) from kysely_migration')).to.be.greaterThan(10)
    expect(await databases.count('select count(*) from log_head')).to.equal(1)
  })

  it('have every table named that a move takes along, or leaves', async () => {
    const tables = await databases.rows(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely_%'",
    )
    expect(tables.map(({ name }) => name).sort()).to.deep.equal([...Object.keys(MOVED), ...OF_THE_MOMENT].sort())
  })

  it('take each waiting registration to one of them, and free what a hub did not finish', async () => {
    const made = await hub(0).store.write((tx) => tx.registrations.insert(Array.from({ length: 90 }, () => newRegistration())))
    const taken = await Promise.all(hubs.map(({ shares }) => shares.takeWaiting(25)))
    const seqs = taken.flat().map(({ seq }) => seq)
    expect([seqs.length, new Set(seqs).size]).to.deep.equal([75, 75])
    const again = await hub(0).shares.takeWaiting(100)
    expect(again, 'its own once more, and what nobody took').to.have.length(40)
    await databases.rows('update linking_claim set until = 0')
    expect(await hub(1).shares.takeWaiting(100), 'their time is over').to.have.length(90)
    await hub(0).store.write((tx) => tx.registrations.setState([...made.values()], 'verwerkt'))
    expect(await hub(2).shares.takeWaiting(100)).to.deep.equal([])
  })

  it('let one do what one does, and stop it when another has taken over', async () => {
    const write = (name: string) => (store: OpenStore['store']) => store.write((tx) => tx.state.set('werk', name))
    await hub(0).shares.asOnly('werk', async (store) => {
      await write('een')(store)
      expect(await hub(1).shares.asOnly('werk', write('twee'))).to.equal(undefined)
      await databases.rows("update lease set until = 0 where name = 'werk'")
      await hub(1).shares.asOnly('werk', write('twee'))
      expect(await rejection(write('te laat')(store))).to.match(/^tijdelijk-niet-beschikbaar/)
    })
    expect(await hub(0).store.read((tx) => tx.state.get('werk'))).to.equal('twee')
  })

  it('see a data key that another destroyed no more', async () => {
    await hub(0).dataKeys.create(['r_gedeeld'])
    expect((await hub(1).dataKeys.get(['r_gedeeld'])).size).to.equal(1)
    await hub(0).dataKeys.destroy(['r_gedeeld'])
    expect((await hub(1).dataKeys.get(['r_gedeeld'])).size).to.equal(0)
  })

  it('each have the whole erasure list, and forget what another erased', async () => {
    const { id, ...rest } = newRegistration()
    const seqs = await hub(0).store.write((tx) => tx.registrations.insert([{ id, ...rest }]))
    await hub(0).store.write((tx) => tx.registrations.erase([...seqs.values()], '2026-11-22'))
    const erased = erasureFile(join(root, 'twee'))
    const forgotten: string[] = []
    const contents = { forget: (ids: string[]) => forgotten.push(...ids) }
    const follow = erasureFollower({ shares: hub(1).shares, erased, contents } as unknown as Hub)
    expect([await follow(), await follow()]).to.deep.equal([1, 0])
    expect([await erased.list(), forgotten]).to.deep.equal([[id], [id]])
  })

  it('write one log, and keep each a checkpoint of it outside the database', async () => {
    const { hubLine } = await import('../../../stages/audit/line-of.ts')
    const line = hubLine({ actie: 'lezen', uitkomst: 'toegestaan', object: 'proef' })
    await Promise.all(hubs.map(({ store }) => store.writeBeside((tx) => tx.log.append([line], new Date()))))
    const size = await hub(0).accessLog.size()
    const sizes = async () =>
      Promise.all(['een', 'twee', 'drie'].map(async (name) => (await readState(join(root, name))).note?.split('\n')[1]))
    for (let tries = 0; tries < 100 && (await sizes()).some((each) => each !== String(size)); tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await sizes()).to.deep.equal(Array(3).fill(String(size)))
    expect(await hub(2).accessLog.verify()).to.deep.equal({ omvang: size, heel: true })
  })

  it('are refused with the keys of another region, and without the data keys', async () => {
    expect(
      await rejection(open('ander', { ...keys, prints: () => ({ whole: 'ander', oldest: 'ander', newest: 'ander' }) })),
    ).to.include('configuratie: De sleutels in KEYS_DIR')
    const { settings } = databases
    const without = { ...settings, keysUrl: settings.keysUrl.replace(/[^/]+$/, 'postgres') }
    const opening = openPostgresStore(
      without,
      { stateDir: root, command: 'test', presence: ALWAYS_HERE, hasOwnIndex: true },
      keys,
      () => {},
    )
    expect(await rejection(opening)).to.include('configuratie: De datasleutels ontbreken')
  })

  it('are told from a database that is away, does not exist or does not know them', async () => {
    const { settings } = databases
    const at = (change: (url: URL) => void) => {
      const url = new URL(settings.url)
      change(url)
      return openPostgresStore(
        { ...settings, url: url.href },
        { stateDir: root, command: 'test', presence: ALWAYS_HERE, hasOwnIndex: true },
        keys,
        () => {},
      )
    }
    expect(await rejection(at((url) => (url.port = '1')))).to.match(/^tijdelijk-niet-beschikbaar/)
    expect(await rejection(at((url) => (url.pathname = '/bestaat_niet')))).to.match(/^configuratie: PostgreSQL laat/)
    expect(await rejection(at((url) => (url.password = 'anders')))).to.match(/^configuratie: PostgreSQL laat/)
  })

  it('are named to a command that needs the store for itself, and keep it out until they are gone', async () => {
    const { settings } = databases
    const [one, two] = [await takePresence(settings, 'serve', TOGETHER), await takePresence(settings, 'serve', TOGETHER)]
    const refused = await rejection(takePresence(settings, 'restore', ALONE))
    expect(refused).to.match(/^configuratie: De database is in gebruik door verwijsindex serve \d+@.* en verwijsindex serve/)
    await Promise.all([one.release(), two.release()])
    const alone = await takePresence(settings, 'restore', ALONE)
    expect(await rejection(takePresence(settings, 'serve', TOGETHER))).to.include(`verwijsindex restore ${process.pid}@`)
    await alone.release()
  })

  it('have their blind index in one place: with Redis and without it they are not at work together', async () => {
    const { settings } = databases
    const elsewhere = { isAlone: false, hasOwnIndex: false, epoch: 1 }
    for (const [first, then] of [
      [TOGETHER, elsewhere],
      [elsewhere, TOGETHER],
    ] as const) {
      const hubs = [await takePresence(settings, 'serve', first), await takePresence(settings, 'serve', first)]
      expect(await rejection(takePresence(settings, 'serve', then))).to.match(/^configuratie: .*REDIS_URL/)
      await Promise.all(hubs.map((hub) => hub.release()))
    }
  })

  it('write nothing while the server does not know of them, and come back by themselves', async () => {
    const presence = await takePresence(databases.settings, 'serve', TOGETHER)
    const seen: boolean[] = []
    const looking = setInterval(() => {
      try {
        presence.assertHeld()
        seen.push(true)
      } catch {
        seen.push(false)
      }
    })
    const sessions = "pg_stat_activity where application_name like 'verwijsindex serve%'"
    await databases.rows(`select pg_terminate_backend(pid) from ${sessions}`)
    while (!seen.includes(false) || seen.at(-1) === false) await new Promise((resolve) => setTimeout(resolve, 5))
    clearInterval(looking)
    await presence.release()
  })

  it('go over to another key of the access log once, whoever starts first, and are whole on both sides of it', async () => {
    await Promise.all(hubs.splice(0).map((each) => each.close()))
    const file = logKeys('verwijsindex/proef', [{ pem: signing.privateKey }, { pem: generateKeyPairSync('ed25519').privateKey }])
    const line = hubLine({ actie: 'beheren', uitkomst: 'toegestaan', object: 'proef' })
    const names = ['een', 'twee', 'drie']
    hubs = await Promise.all(names.map((name) => open(name, { ...keys, log: logKeyring(() => file) })))
    const write = (each: OpenStore) => each.store.writeBeside((tx) => tx.log.append([line], new Date()))
    await Promise.all(Array.from({ length: 20 }, () => hubs.map(write)).flat())
    expect(await databases.count("select count(*) from access_log where object = 'logsleutel'")).to.equal(1)
    for (const { accessLog } of hubs) {
      expect(await accessLog.verify()).to.include({ heel: true })
      expect(accessLog.key).to.equal(file[1]?.vkey)
    }
  })

  it('do not come back with linking keys that the others have left behind meanwhile', async () => {
    const presence = await takePresence(databases.settings, 'serve', TOGETHER)
    const other = await takePresence(databases.settings, 'test', { ...TOGETHER, epoch: 2 })
    expect([await other.allKnowEpoch(1), await other.allKnowEpoch(2)]).to.eql([true, false])
    await databases.rows("insert into hub_state (name, value) values ('koppeltijdvak', '2')")
    const isHeld = () => {
      try {
        presence.assertHeld()
        return true
      } catch {
        return false
      }
    }
    await databases.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'verwijsindex serve%'",
    )
    while (isHeld()) await wait(5)
    expect(await other.allKnowEpoch(2)).to.equal(true)
    for (let looks = 0; looks < 30; looks++) {
      await wait(50)
      expect(isHeld(), `after ${looks}`).to.equal(false)
    }
    await presence.knowsEpoch(2)
    while (!isHeld()) await wait(5)
    expect(await other.allKnowEpoch(2)).to.equal(true)
    await Promise.all([presence.release(), other.release()])
  })
})
