import { expect } from 'chai'
import { logKey, signCheckpoint } from '../../../stages/audit/log-key.ts'
import { openCheckpoint } from '../../../stages/audit/note.mjs'
import { sha256 } from '../../../stages/audit/tree-hash.mjs'
import { makeCheckpoint } from './checkpoints.ts'
import { refuseBehind } from './refuse-behind.ts'
import { ATTACKS, type Chance } from './testing/attacks.ts'
import { append, copyLog, newLog, testFolder, testKey } from './testing/log.ts'
import { SCHEMA_ATTACKS } from './testing/schema-attacks.ts'
import { verifyLog } from './verify.ts'

const SIZE = 300
const EDITS = Number(process.env.AUDIT_EDITS ?? 220)
const COPIES = Number(process.env.AUDIT_COPIES ?? 12)
const SEED = process.env.AUDIT_SEED ?? 'toegangslog'
const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))

/** Numbers that look random and are the same for the same seed. */
function chanceOf(seed: string): Chance {
  let count = 0
  return (below) => sha256(Buffer.from(`${seed} ${count++}`)).readUInt32BE() % below
}

describe('access log: verifying', () => {
  let folder: ReturnType<typeof testFolder>
  let stateNote: string
  const path = (name: string) => `${folder.folder}/${name}.sqlite`
  const options = () => ({ vkey: testKey.vkey, sealKey: testKey.sealKey, stateNote })
  const verifyCopy = async (change: (raw: ReturnType<typeof copyLog>['raw']) => void, from = 'log') => {
    const copy = copyLog(path(from), path('copy'))
    change(copy.raw)
    const verdict = await verifyLog(copy.db, options())
    await copy.db.destroy()
    return verdict
  }

  before(async () => {
    folder = testFolder()
    const log = await newLog(path('log'))
    await append(log.db, 1, 100, at(8))
    await makeCheckpoint(log.db, testKey, at(8))
    await append(log.db, 101, 270, at(9))
    await makeCheckpoint(log.db, testKey, at(9))
    log.raw.exec(`PRAGMA wal_checkpoint(TRUNCATE); VACUUM INTO '${path('yesterday')}'`)
    await append(log.db, 271, SIZE, at(10))
    stateNote = (await makeCheckpoint(log.db, testKey, at(10))).note
    await log.db.destroy()
  })
  after(() => folder.remove())

  it(`finds and names each of ${EDITS} edits by someone who writes the whole database (seed ${SEED})`, async function () {
    this.timeout(60_000 + EDITS * 500)
    const attacks = Object.entries({ ...ATTACKS, ...SCHEMA_ATTACKS })
    for (let done = 0, i = 0; done < EDITS; i++) {
      const [name, attack] = attacks[i % attacks.length] as (typeof attacks)[number]
      const copy = copyLog(path('log'), path('copy'))
      const expected = attack(copy.raw, SIZE, chanceOf(`${SEED} ${i}`))
      const verdict = await verifyLog(copy.db, options())
      await copy.db.destroy()
      if (expected === undefined) continue
      expect(verdict.heel ? 'heel' : verdict.eersteFout.nummer, `${name}, ${SEED} ${i}`).to.equal(expected)
      done += 1
    }
  })

  it('raises no false alarm: whatever the sizes, batches and checkpoints', async function () {
    this.timeout(120_000 + COPIES * 2000)
    const chance = chanceOf(SEED)
    for (let i = 0; i < COPIES; i++) {
      const log = await newLog(path(`whole${i}`))
      let size = 0
      let note: string | null = null
      for (let batch = chance(6); batch >= 0; batch--) {
        if (chance(5) > 0) size = await append(log.db, size + 1, size + 1 + chance(200), at(chance(24)))
        if (chance(2) === 0) note = (await makeCheckpoint(log.db, testKey, at(chance(24)))).note
      }
      const verdict = await verifyLog(log.db, { ...options(), stateNote: note })
      expect(verdict, `${SEED} ${i}`).to.deep.include({ heel: true, omvang: size })
      await log.db.destroy()
    }
    expect(await verifyCopy(() => {})).to.deep.include({ heel: true, omvang: SIZE })
  })

  it('names the first missing line when yesterday’s copy was put back', async () => {
    const verdict = await verifyCopy(() => {}, 'yesterday')
    expect(verdict).to.have.nested.property('eersteFout.nummer', 271)
    expect(verdict).to.have.nested.property('eersteFout.reden').that.includes('STATE_DIR')
  })

  /** A note with one letter of its signature changed. */
  const OTHER_LETTER = `substr(note, 1, length(note) - 21) || CASE substr(note, -21, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(note, -20)`

  it('finds what was done to tree, head and checkpoints', async () => {
    const edits: [string, number][] = [
      ["UPDATE log_node SET hash = x'00'", 1],
      ["UPDATE log_node SET hash = 'tekst'", 1],
      ['DELETE FROM log_node', 1],
      ["INSERT INTO log_node VALUES (8, 1, x'00')", SIZE],
      ['DELETE FROM log_head', SIZE],
      ["UPDATE log_head SET size = 'veel'", SIZE],
      ["UPDATE log_head SET size = x'0102'", SIZE],
      [
        'CREATE TABLE kop AS SELECT * FROM log_head; DROP TABLE log_head; ALTER TABLE kop RENAME TO log_head; INSERT INTO log_head SELECT * FROM log_head',
        SIZE,
      ],
      [
        'CREATE TABLE kop AS SELECT * FROM log_head; DROP TABLE log_head; ALTER TABLE kop RENAME TO log_head; UPDATE log_head SET id = 2',
        SIZE,
      ],
      ["UPDATE log_checkpoint SET hour = '' WHERE size = 100", 100],
      ['DELETE FROM log_checkpoint', 1],
      ['DELETE FROM log_checkpoint WHERE size = 300', 271],
      ['UPDATE log_head SET size = 301', SIZE + 1],
      ['UPDATE log_head SET size = 299', SIZE],
      ["UPDATE log_head SET frontier = x''", SIZE],
      ["UPDATE log_head SET frontier = 'tekst'", SIZE],
      ["UPDATE log_head SET zegel = x'00'", SIZE],
      [`UPDATE log_checkpoint SET note = ${OTHER_LETTER} WHERE size = 270`, 270],
      ["UPDATE log_checkpoint SET note = x'00' WHERE size = 100", 100],
      ['UPDATE log_checkpoint SET size = 101 WHERE size = 100', 101],
      ['UPDATE log_checkpoint SET size = 400 WHERE size = 100', SIZE + 1],
      ['DROP TABLE log_node', 1],
      ['ALTER TABLE access_log DROP COLUMN regel', 2],
      ['ALTER TABLE access_log RENAME TO elders', 1],
    ]
    for (const [sql, nummer] of edits)
      expect(await verifyCopy((raw) => raw.exec(sql)), sql).to.have.nested.property('eersteFout.nummer', nummer)
  }).timeout(60_000)

  it('finds a log with another past under the same key', async () => {
    const other = await newLog(path('fork'))
    await append(other.db, 1, SIZE + 20, at(8))
    await makeCheckpoint(other.db, testKey, at(8))
    const verdict = await verifyLog(other.db, options())
    expect(verdict).to.have.nested.property('eersteFout.reden').that.includes('STATE_DIR')
    const refused = await refuseBehind(other.db, stateNote, testKey.vkey).catch((error) => error)
    expect(refused).to.include({ code: 'configuratie' })
    await other.db.destroy()
  })

  it('names the first line of a fork: of what two hubs made of copies of one log, each with keys of the region', async () => {
    const chance = chanceOf(SEED)
    for (let i = 0; i < 10; i++) {
      const common = 1 + chance(400)
      const first = await newLog(path(`first${i}`))
      await append(first.db, 1, common)
      const notes = [(await makeCheckpoint(first.db, testKey, at(1))).note]
      first.raw.exec(`PRAGMA wal_checkpoint(TRUNCATE); VACUUM INTO '${path(`second${i}`)}'`)
      for (let more = 0; more < 3; more++) {
        await append(first.db, 1, 1 + chance(90))
        notes.push((await makeCheckpoint(first.db, testKey, at(2 + more))).note)
      }
      const second = copyLog(path(`second${i}`), path(`other${i}`))
      await append(second.db, 1, 1 + chance(300))
      await makeCheckpoint(second.db, testKey, at(6))
      const earlier = notes.map((note) => openCheckpoint(note, testKey.vkey)!)
      const state = { stateNote: notes.at(-1) as string, earlier }
      expect(await verifyLog(first.db, { ...options(), ...state })).to.have.property('heel', true)
      const verdict = await verifyLog(second.db, { ...options(), ...state })
      expect(verdict, `${SEED} ${i}`).to.have.nested.property('eersteFout.nummer', common + 1)
      await Promise.all([first.db.destroy(), second.db.destroy()])
    }
  }).timeout(60_000)

  it('judges the checkpoint of the state folder itself', async () => {
    const copy = copyLog(path('log'), path('copy'))
    const other = logKey(testKey.name, testKey.privateKey)
    const forged = signCheckpoint({ ...other, name: 'verwijsindex/elders' }, SIZE, sha256())
    for (const note of ['', 'onzin', stateNote.replace('300', '299'), forged]) {
      expect(await verifyLog(copy.db, { ...options(), stateNote: note })).to.have.nested.property('eersteFout.nummer', 0)
      expect(await refuseBehind(copy.db, note, testKey.vkey).catch((error) => error)).to.have.property('code', 'configuratie')
    }
    await copy.db.destroy()
  })

  it('lets a hub start on its own log, also when it is ahead of the state folder, and refuses an older one', async () => {
    const [log, yesterday] = [copyLog(path('log'), path('copy')), copyLog(path('yesterday'), path('old'))]
    await refuseBehind(log.db, stateNote, testKey.vkey)
    await refuseBehind(log.db, null, testKey.vkey)
    await append(log.db, 301, 700)
    await refuseBehind(log.db, stateNote, testKey.vkey)
    const refused = await refuseBehind(yesterday.db, stateNote, testKey.vkey).catch((error) => error)
    expect(refused.message).to.include('telt 270 regels').and.to.include('300')
    await Promise.all([log.db.destroy(), yesterday.db.destroy()])
  })
})
