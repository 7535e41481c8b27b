import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { expect } from 'chai'
import { keyChangeLine } from '../../../stages/audit/key-change.ts'
import { type LogKey, type LogKeyring, logKeys, retiredPart, signCheckpoint } from '../../../stages/audit/log-key.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { verifyProof } from '../../../stages/audit/verify-proof.mjs'
import { logKeyring } from '../../log-keyring.ts'
import { appendLines } from './append.ts'
import { goOver, takeUpKeys } from './change-key.ts'
import { type Checkpoint, lastCheckpoint, makeCheckpoint } from './checkpoints.ts'
import { inclusionProof, rootAt } from './proofs.ts'
import { pruneLines } from './prune.ts'
import { heldAgainst } from './stored-log.ts'
import { copyLog, lineFor, newLog, openLog, type TestLog, testFolder } from './testing/log.ts'
import { verifyLog } from './verify.ts'

const NAME = 'verwijsindex/proef'
const [FIRST, SECOND, THIRD, STRANGE] = Array.from({ length: 4 }, () => generateKeyPairSync('ed25519').privateKey)
const pem = (...keys: (typeof FIRST)[]) =>
  logKeys(
    NAME,
    keys.map((key) => ({ pem: key! })),
  )
const retiring = (old: typeof FIRST, ...keys: (typeof FIRST)[]) =>
  logKeys(NAME, [retiredPart(old!), ...keys.map((key) => ({ pem: key! }))])
const now =
  (years = 0) =>
  () =>
    new Date(Date.UTC(2026 - years, 10, 22, 9))

describe('access log: another key', () => {
  let folder: ReturnType<typeof testFolder>
  let log: TestLog
  let file: readonly LogKey[]
  let ring: LogKeyring
  const path = (name: string) => `${folder.folder}/${name}.sqlite`

  beforeEach(async () => {
    folder = testFolder()
    log = await newLog(path('log'))
    file = pem(FIRST)
    ring = logKeyring(() => file)
  })
  afterEach(async () => {
    await log.db.destroy()
    folder.remove()
  })

  const add = (count: number, at = now()()) =>
    log.db.transaction().execute((tx) =>
      appendLines(
        tx,
        ring,
        Array.from({ length: count }, (_, i) => lineFor(i)),
        at,
      ),
    )
  const checkpoint = () => makeCheckpoint(log.db, ring, now()())
  const verify = async (keys = file, stateNote: string | null = null, of = log) =>
    verifyLog(of.db, { ...heldAgainst(keys.at(-1) as LogKey), stateNote })
  const rotate = async (...keys: (typeof FIRST)[]) => {
    file = pem(...keys)
    expect(ring.refresh()).to.equal(true)
    return goOver(log.db, ring, now())
  }
  const vkeyOf = (key: typeof FIRST) => pem(key)[0]!.vkey
  const signersOf = ({ note, size }: Checkpoint) =>
    [FIRST, SECOND, THIRD].map((key) => openCheckpoint(note, vkeyOf(key))?.size === size)
  /** Numbers of 25 lines under the first key, its last line, 20 under the second, and its checkpoints. */
  const rotated = async () => {
    await add(25)
    const before = await checkpoint()
    await rotate(FIRST, SECOND)
    await add(20)
    return { before, after: await checkpoint() }
  }

  it('is named by a line of the log, the last under the key before; all is whole, and both keys sign until the old one is retired', async () => {
    const { before, after } = await rotated()
    expect([signersOf(before), signersOf(after)]).to.eql([
      [true, false, false],
      [true, true, false],
    ])
    const [line] = log.raw.prepare("select number, client, actie, controles from access_log where object = 'logsleutel'").all()
    const controles = `van ${vkeyOf(FIRST)} naar ${vkeyOf(SECOND)}`
    expect({ ...line }).to.eql({ number: 26, client: 'hub', actie: 'beheren', controles })
    expect(await verify()).to.include({ heel: true, omvang: 46 })
    expect(await verify(file, after.note)).to.include({ heel: true })
    file = retiring(FIRST, SECOND)
    expect(ring.refresh()).to.equal(false)
    await add(1)
    const last = await checkpoint()
    expect(signersOf(last)).to.eql([false, true, false])
    expect(await verify(file, last.note)).to.include({ heel: true, omvang: 47 })
    for (const number of [1, 26, 27, 47])
      expect(verifyProof(await inclusionProof(log.db, number, last), vkeyOf(SECOND)).geldig, String(number)).to.equal(true)
  })

  it('lets who has only the old key follow: it signed a tree in which the new one is named', async () => {
    const { after } = await rotated()
    const verdict = verifyProof(await inclusionProof(log.db, 26, after), vkeyOf(FIRST))
    expect(verdict).to.have.nested.property('logregel.controles', `van ${vkeyOf(FIRST)} naar ${vkeyOf(SECOND)}`)
  })

  it('is taken while others append: each line stands under the key that the log says', async () => {
    await add(3)
    file = pem(FIRST, SECOND)
    ring.refresh()
    let isOver = false
    const appends: Promise<unknown>[] = []
    const change = goOver(log.db, ring, now()).then(() => {
      isOver = true
    })
    for (let i = 0; i < 50 || !isOver; i++) {
      appends.push(add(1 + (i % 3)), ...(i % 7 === 0 ? [checkpoint()] : []))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all([change, ...appends])
    expect(await verify(file, (await checkpoint()).note)).to.include({ heel: true })
    expect(appends.length).to.be.above(50)
  })

  it('that fails in the middle changes nothing, and is taken the next time; of two hubs one writes the line', async () => {
    await add(3)
    file = pem(FIRST, SECOND)
    ring.refresh()
    log.raw.exec("create trigger stuk before insert on access_log begin select raise(abort, 'vol'); end")
    expect(await goOver(log.db, ring, now()).catch((error: Error) => error.message)).to.contain('vol')
    log.raw.exec('drop trigger stuk')
    await add(2)
    expect(await verify()).to.include({ heel: true, omvang: 5 })
    const second = logKeyring(() => file)
    const both = [ring, second]
    for (const one of both) one.place(file[0] as LogKey)
    const changes = await Promise.all(both.map((one) => goOver(log.db, one, now())))
    expect(changes.toSorted()).to.eql([0, 1])
    await log.db.transaction().execute((tx) => appendLines(tx, second, [lineFor(1)], now()()))
    await add(1)
    expect(await verify()).to.include({ heel: true, omvang: 8 })
  })

  it('is found again at a start, killed before or after, and an older copy goes over anew to each', async () => {
    await add(10)
    log.raw.exec(`VACUUM INTO '${path('old')}'`)
    await rotate(FIRST, SECOND)
    ring = logKeyring(() => file)
    await takeUpKeys(log.db, ring, now())
    await add(1)
    await rotate(FIRST, SECOND, THIRD)
    expect(await verify()).to.include({ heel: true, omvang: 13 })
    const old = openLog(path('old'))
    file = retiring(FIRST, SECOND, THIRD)
    expect(await verifyLog(old.db, { ...heldAgainst(file.at(-1)!), endsUnder: 0, stateNote: null })).to.include({ heel: true })
    expect(await verify(file, null, old), 'as a hub’s log').to.have.nested.property('eersteFout.nummer', 11)
    const restored = logKeyring(() => file)
    await takeUpKeys(old.db, restored, now())
    await old.db.transaction().execute((tx) => appendLines(tx, restored, [lineFor(1)], now()()))
    const note = (await makeCheckpoint(old.db, restored, now()())).note
    expect(await verify(file, note, old)).to.include({ heel: true, omvang: 13 })
    await old.db.destroy()
  })

  it('is missed by an older copy of the keys: nothing starts under that', async () => {
    await rotated()
    await takeUpKeys(
      log.db,
      logKeyring(() => pem(FIRST, SECOND)),
      now(),
    )
    for (const keys of [pem(FIRST), pem(STRANGE), pem(FIRST, STRANGE)]) {
      const refused = await takeUpKeys(
        log.db,
        logKeyring(() => keys),
        now(),
      ).catch((error) => error)
      expect(refused).to.have.property('code', 'configuratie')
    }
    expect(await verify()).to.include({ heel: true, omvang: 46 })
  })

  const edits: [string, string, number][] = [
    ['a line before it is changed', "update access_log set persoon = 'p_x' where number = 7", 7],
    ['a line after it is changed', "update access_log set persoon = 'p_x' where number = 40", 40],
    ['it is removed', 'delete from access_log where number = 26', 26],
    [
      'it is removed and the rest moved up',
      'delete from access_log where number = 26; update access_log set number = number - 1 where number > 26',
      26,
    ],
    [
      'it names another key',
      `update access_log set controles = replace(controles, '${vkeyOf(SECOND)}', '${vkeyOf(STRANGE)}') where number = 26`,
      26,
    ],
    ['it is no such line any more', "update access_log set object = 'koppelsleutels' where number = 26", 26],
    [
      'it is emptied as if it were pruned',
      "update access_log set tijdstip = '', client = '', actie = '', object = null, uitkomst = '', controles = '', herkomst = '', trace_id = '', zout = x'' where number = 26",
      26,
    ],
    ['the end is cut off before it', 'delete from access_log where number > 25', 26],
  ]
  for (const [name, statement, number] of edits)
    it(`is of use to nobody who edits: ${name}`, async () => {
      const { after } = await rotated()
      await log.db.destroy()
      log = copyLog(path('log'), path('copy'))
      log.raw.exec(statement)
      expect(await verify(file, after.note)).to.have.nested.property('eersteFout.nummer', number)
    })

  /** The end from a line on is made anew by someone who has a key: seals, tree and checkpoint all fit. */
  async function forge(from: number, keys: readonly LogKey[], lines: Parameters<typeof appendLines>[2]) {
    await log.db.destroy()
    log = await newLog(path('forged'))
    const forger = logKeyring(() => pem(FIRST))
    await log.db.transaction().execute((tx) =>
      appendLines(
        tx,
        forger,
        Array.from({ length: from - 1 }, (_, i) => lineFor(i)),
        now()(),
      ),
    )
    await log.db.transaction().execute((tx) => appendLines(tx, forger, lines, now()()))
    if (keys.length > 1) await log.db.transaction().execute((tx) => appendLines(tx, keys.at(-1)!, [lineFor(1)], now()()))
    await makeCheckpoint(log.db, forger, now()())
  }

  it('that leaked and was retired makes no log any more: not without the change, and not with a change to a key of its own', async () => {
    await rotated()
    file = retiring(FIRST, SECOND)
    await forge(26, pem(FIRST), [lineFor(1), lineFor(2)])
    expect(await verify()).to.have.nested.property('eersteFout.nummer', 28)
    expect((await verify()) as object)
      .to.have.nested.property('eersteFout.reden')
      .that.contains(vkeyOf(SECOND))
    await rotateBack()
    await forge(26, pem(FIRST, STRANGE), [keyChangeLine(pem(FIRST)[0]!, pem(STRANGE)[0]!)])
    expect(await verify()).to.have.nested.property('eersteFout.nummer', 26)
    await rotateBack()
    await forge(26, pem(FIRST, STRANGE), [keyChangeLine(pem(FIRST)[0]!, pem(SECOND)[0]!)])
    expect(await verify(), 'the next line has no seal of the second key').to.have.nested.property('eersteFout.nummer', 27)
  })

  async function rotateBack() {
    await log.db.destroy()
    for (const end of ['', '-wal', '-shm']) rmSync(path('forged') + end, { force: true })
    log = openLog(path('log'))
  }

  it('that was retired signs no checkpoint over what came later, though its root is right', async () => {
    await rotated()
    await add(1)
    const root = await rootAt(log.db, 47)
    const note = signCheckpoint(pem(FIRST)[0]!, 47, root!)
    log.raw.prepare('insert into log_checkpoint values (47, ?, ?)').run('2026-11-22T09', note)
    expect(await verify()).to.have.nested.property('eersteFout.nummer', 47)
    expect(await verify(file, note)).to.have.nested.property('eersteFout.nummer', 47)
  })

  it('outlives pruning: the line of it stays, lines under both keys go, and what was tampered with under either is refused', async () => {
    await add(25, now(7)())
    file = pem(FIRST, SECOND)
    ring.refresh()
    await goOver(log.db, ring, now(7))
    await add(20, now(7)())
    await add(1)
    const prune = () => log.db.transaction().execute((tx) => pruneLines(tx, ring, { years: 5, policy: 'proef@1', at: now()() }))
    const seal = log.raw.prepare('select zegel from access_log where number = 40').get()?.zegel as Uint8Array
    log.raw.exec('update access_log set zegel = zeroblob(32) where number = 40')
    expect(await prune().catch((error) => error)).to.have.property('code', 'interne-fout')
    log.raw.prepare('update access_log set zegel = ? where number = 40').run(seal)
    expect((await prune()).pruned).to.equal(45)
    expect((await prune()).pruned).to.equal(0)
    const kept = log.raw.prepare("select number from access_log where tijdstip <> '' order by number").all()
    expect(kept.map(({ number }) => number)).to.eql([26, 47, 48])
    expect(await verify(file, (await lastCheckpoint(log.db))?.note ?? null)).to.include({ heel: true, omvang: 48 })
  })
})
