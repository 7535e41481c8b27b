import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { skipElsewhere } from '../../deploy/engines/absent.ts'
import { keyFile } from '../edges/store/data-keys.ts'
import { storeFile } from '../edges/store/store-file.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]

describe('how long a registration is kept', function () {
  this.timeout(60_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  beforeEach(async () => {
    test = await startTestHub({ clock: '2026-12-01T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  afterEach(() => test.stop())

  const moveTo = (instant: string) => {
    const shift = Date.parse(instant) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
  }
  const sweepOn = async (day: string) => {
    moveTo(`${day}T12:00:00+01:00`)
    return sweep(test.hub, test.hub.clock.domain())
  }
  const both = async (person: object, extra: object = {}) => {
    for (const by of ['mee', 'rubicon']) {
      await s.register({ by, kenmerk: by, persoon: { bsn: aBsn(7), ...person }, gezagsdragers: GUARDIAN, ...extra })
      await s.consent(by, by, { gever: 'o1' })
    }
  }
  const status = async (by: string, path: string) => (await test.ask(by, 'GET', path)).status

  it('reminds, archives after two years and destroys after five more, each once and on its own day', async () => {
    await both({ geboortedatum: '2022-05-06' })
    const [match] = await s.matches('mee')
    const id = s.idOf('mee', 'mee')
    const warned = async () => (await s.events('mee')).types.filter((type) => type === 'registratie.verloopt').length
    await sweepOn('2028-10-01')
    expect(await warned()).to.equal(0)
    await sweepOn('2028-10-02')
    await sweepOn('2028-10-03')
    expect(await warned()).to.equal(1)
    moveTo('2028-11-30T23:59:59+01:00')
    expect(await status('mee', `/matches/${match?.id}`)).to.equal(200)
    moveTo('2028-12-01T00:00:00+01:00')
    expect(await s.matches('mee', '?status=open')).to.deep.equal([])
    await sweepOn('2029-01-10')
    const [closed] = await s.matches('mee', '?status=gesloten')
    expect(closed?.geslotenOp).to.equal('2028-11-30T23:00:00.000Z')
    expect(await status('mee', `/registraties/${id}`)).to.equal(200)
    await sweepOn('2033-11-30')
    expect(await status('mee', `/registraties/${id}`)).to.equal(200)
    expect((await sweepOn('2033-12-01')).vernietigd).to.equal(2)
    expect(await status('mee', `/registraties/${id}`)).to.equal(404)
    expect(await status('mee', `/matches/${match?.id}`)).to.equal(404)
    expect((await test.ask('mee', 'GET', '/registraties')).body.registraties).to.deep.equal([])
  })

  it('goes on for two years from the day it is registered anew, out of the archive too', async () => {
    await both({ geboortedatum: '2022-05-06' })
    await sweepOn('2028-11-20')
    for (const by of ['mee', 'rubicon'])
      await s.register({
        by,
        kenmerk: by,
        versie: 2,
        persoon: { bsn: aBsn(7), geboortedatum: '2022-05-06' },
        gezagsdragers: GUARDIAN,
      })
    await sweepOn('2029-01-10')
    expect(await s.matches('mee', '?status=open')).to.have.length(1)
    await sweepOn('2031-01-10')
    expect(await s.matches('mee', '?status=open')).to.have.length(0)
    for (const by of ['mee', 'rubicon'])
      await s.register({
        by,
        kenmerk: by,
        versie: 3,
        persoon: { bsn: aBsn(7), geboortedatum: '2022-05-06' },
        gezagsdragers: GUARDIAN,
      })
    expect(await s.matches('mee', '?status=open')).to.have.length(1)
  })

  it('destroys at once what was wrongly made or whose person died, and withdraws what was told', async () => {
    for (const afsluitreden of ['onterecht', 'overleden']) {
      const kenmerk = afsluitreden
      for (const by of ['mee', 'rubicon']) {
        await s.register({ by, kenmerk, persoon: { bsn: aBsn(8), geboortedatum: '2022-05-06' }, gezagsdragers: GUARDIAN })
        await s.consent(by, kenmerk, { gever: 'o1' })
      }
      const [match] = await s.matches('rubicon', '?status=open')
      const { next } = await s.events('rubicon')
      const id = s.idOf('mee', kenmerk)
      await s.must('mee', 'POST', `/registraties/${id}/beeindigingen`, { versie: 2, einddatum: '2026-12-01', afsluitreden })
      await test.untilProcessed()
      while ((await status('mee', `/registraties/${id}`)) === 200);
      expect((await s.events('rubicon', next)).types).to.include.oneOf(['match.ingetrokken', 'match.gesloten'])
      expect(await status('rubicon', `/matches/${match?.id}`)).to.equal(404)
    }
  })

  it('leaves a melding about nobody when its registration is destroyed, not about the next child that comes in', async () => {
    const registratie = await s.register({ by: 'mee', kenmerk: 'd', persoon: { bsn: aBsn(8), geboortedatum: '2018-05-06' } })
    const { id } = (await s.must('mee', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body
    const body = { versie: 2, einddatum: '2026-12-01', afsluitreden: 'onterecht' }
    await s.must('mee', 'POST', `/registraties/${registratie}/beeindigingen`, body)
    while ((await status('mee', `/registraties/${registratie}`)) !== 404) await new Promise((resolve) => setTimeout(resolve, 5))
    const contact = { functie: 'leerplichtambtenaar' }
    await s.register({ by: 'rubicon', kenmerk: 'e', persoon: { bsn: aBsn(9), geboortedatum: '2016-05-06' }, contact })
    const seen = (await s.must('coordinatiepunt', 'GET', `/meldingen/${id}`)).body
    expect(seen).to.include({ id, status: 'ontvangen' }).and.not.include.keys('contact', 'registratie')
  })

  it('destroys refused messages and results of files after their terms, each with its line', async () => {
    await test.ask('mee', 'POST', '/registraties', { body: aRegistration({ persoon: { bsn: '123' } }) })
    const headers = { 'content-type': 'application/json' }
    const file = await test.ask('mee', 'POST', '/registraties/_bestand?adapter=eigen', { headers, body: [aRegistration()] })
    const { leveringId } = file.body
    const kept = async () => [
      (await s.must('beheer', 'GET', '/quarantaine')).body.quarantaine.length,
      await status('mee', `/leveringen/${leveringId}`),
    ]
    await sweepOn('2027-03-01')
    expect(await kept()).to.eql([1, 200])
    expect((await sweepOn('2027-03-02')).berichten).to.equal(2)
    expect(await kept()).to.eql([0, 404])
    expect((await sweepOn('2027-03-03')).berichten).to.equal(0)
    const body = { actie: 'verwijderen' }
    const { logregels } = (await s.must('privacy-functionaris', 'POST', '/logregels/_zoek', body)).body
    expect(logregels.length).to.equal(2)
  })

  it('knows a message as long as its registration lives, and seven years when that is destroyed', async () => {
    const [gone, stays] = [aRegistration(), aRegistration({ persoon: { bsn: aBsn(11), geboortedatum: '2026-05-06' } })]
    const send = async (body: object) => (await test.ask('mee', 'POST', '/registraties', { body })).status
    const { id } = (await s.must('mee', 'POST', '/registraties', gone)).body
    expect(await send(stays)).to.equal(201)
    await test.untilProcessed()
    const ending = { versie: 2, einddatum: '2026-12-01', afsluitreden: 'onterecht' }
    await s.must('mee', 'POST', `/registraties/${id}/beeindigingen`, ending)
    while ((await status('mee', `/registraties/${id}`)) !== 404) await new Promise((resolve) => setTimeout(resolve, 5))
    await sweepOn('2033-11-30')
    expect([await send(gone), await send(stays)]).to.eql([200, 200])
    await sweepOn('2033-12-02')
    expect(await send(gone)).to.equal(201)
  })

  it('ends with the 23rd birthday, and for the adults with the family’s last young person', async () => {
    const mother = { voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' }
    await s.register({
      by: 'mee',
      kenmerk: 'kind',
      persoon: { bsn: aBsn(9), geboortedatum: '2005-01-15' },
      gezagsdragers: [{ kenmerk: 'o1', gezag: 'ja', ...mother }],
    })
    await s.register({ by: 'rubicon', kenmerk: 'moeder', persoon: { ...mother, rolInGezin: 'ouder' } })
    await s.register({ by: 'mee', kenmerk: 'ouder-dan-23', persoon: { bsn: aBsn(10), geboortedatum: '1999-01-01' } })
    await sweepOn('2028-01-14')
    expect(await status('mee', `/registraties/${s.idOf('mee', 'kind')}`)).to.equal(200)
    expect((await s.events('mee')).types.filter((type) => type === 'registratie.verloopt')).to.have.length(1)
    await sweepOn('2028-01-15')
    expect(await status('mee', `/registraties/${s.idOf('mee', 'kind')}`)).to.equal(404)
    expect(await status('rubicon', `/registraties/${s.idOf('rubicon', 'moeder')}`)).to.equal(404)
    expect(await status('mee', `/registraties/${s.idOf('mee', 'ouder-dan-23')}`)).to.equal(200)
  })

  it('gives one signal from the archive to who registers anew, where the policy has it', async () => {
    for (const [policy, expected] of [
      ['jeugdwet-7.1', ['match.geopend']],
      ['peel-en-maas-1g1p', []],
    ] as const) {
      await test.stop()
      test = await startTestHub({ clock: '2026-12-01T09:00:00+01:00', policy })
      s = scenarioOn(test)
      const persoon = { bsn: aBsn(7), geboortedatum: '2022-05-06' }
      await s.register({ by: 'rubicon', kenmerk: 'r', persoon })
      await sweepOn('2028-12-02')
      for (const [by, kenmerk] of [
        ['mee', 'm'],
        ['vorkmeer', 'v'],
      ] as const)
        await s.register({ by, kenmerk, persoon })
      const told = async (by: string) => (await s.events(by)).types.filter((type) => type.startsWith('match'))
      const own = (await told('mee')).slice(0, 1)
      expect(own, policy).to.deep.equal(expected)
      expect((await told('rubicon')).length, policy).to.equal(0)
      const closed = await s.matches('mee', '?status=gesloten')
      expect(
        closed.map(({ betrokkenen }) => (betrokkenen as { organisatie: { id: string } }[])[0]?.organisatie.id),
      ).to.deep.equal(expected.map(() => 'rubicon'))
      expect(await s.matches('vorkmeer', '?status=gesloten')).to.have.length(0)
    }
  })

  it('says so when a birth date known in part made it take the safest age', async () => {
    await s.register({
      by: 'mee',
      kenmerk: 'deel',
      persoon: { geslachtsnaam: 'X', geboortedatum: '2014' },
      gezagsdragers: GUARDIAN,
    })
    const { body } = await test.ask('mee', 'GET', `/registraties/${s.idOf('mee', 'deel')}`)
    expect(body.toestemming).to.deep.equal({ stand: 'onvoldoende', ontbreekt: ['jeugdige', 'o1'], aanname: 'veiligste-leeftijd' })
  })

  it('leaves no byte of key or envelope in database, WAL or key store', async function () {
    if (test.engine !== 'sqlite')
      skipElsewhere(this, 'it reads the files of SQLite; PostgreSQL keeps deleted rows in its own WAL for a while')
    for (let i = 0; i < 40; i++) {
      await s.register({
        by: 'mee',
        kenmerk: `d${i}`,
        persoon: { bsn: aBsn(100 + i), geboortedatum: '2022-05-06' },
        gezagsdragers: GUARDIAN,
      })
      await s.consent('mee', `d${i}`, { gever: 'o1' })
    }
    const gone = [3, 17, 18, 39].map((i) => s.idOf('mee', `d${i}`))
    const { dataDir, keysDir } = test.config
    await test.hub.store.scrub()
    const needles = bytesOf(dataDir, keysDir, gone)
    expect(found(needles, dataDir, keysDir)).to.have.length(needles.length)
    for (const [i, id] of gone.entries())
      await s.must('mee', 'POST', `/registraties/${id}/beeindigingen`, {
        versie: 2,
        einddatum: '2026-12-01',
        afsluitreden: i % 2 ? 'onterecht' : 'overleden',
      })
    await test.untilProcessed()
    for (const id of gone) while ((await status('mee', `/registraties/${id}`)) === 200);
    await test.hub.store.scrub()
    expect(found(needles, dataDir, keysDir)).to.deep.equal([])
  })
})

/** Of each registration: its wrapped key, its envelope, its tokens and its consents, in pieces of 32 bytes. */
function bytesOf(dataDir: string, keysDir: string, ids: string[]): Buffer[] {
  const store = new DatabaseSync(storeFile(dataDir), { readOnly: true })
  const keys = new DatabaseSync(keyFile(keysDir), { readOnly: true })
  const blobs = ids.flatMap((id) => {
    const { seq } = store.prepare('select seq from registration where id = ?').get(id) as { seq: number }
    const sealed = ['envelope', 'profile', 'consent'].flatMap((table) => {
      const own = store.prepare(`select sealed from ${table} where registration = ?`).all(seq) as { sealed: Uint8Array }[]
      expect(own).to.have.length(1)
      return own.map((row) => row.sealed)
    })
    const { wrapped } = keys.prepare('select wrapped from data_key where id = ?').get(id) as { wrapped: Uint8Array }
    return [wrapped, ...sealed]
  })
  store.close()
  keys.close()
  return blobs
    .flatMap((blob) => {
      const bytes = Buffer.from(blob)
      return Array.from({ length: Math.floor(bytes.length / 32) }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
    })
    .filter((piece, i, all) => all.findIndex((other) => other.equals(piece)) === i)
}

/** Those that lie in any file of these folders: database, journal and keys. */
function found(needles: Buffer[], ...dirs: string[]): Buffer[] {
  const files = dirs.flatMap((dir) =>
    readdirSync(dir).flatMap((name) => (name.endsWith('-shm') ? [] : [readFileSync(join(dir, name))])),
  )
  return needles.filter((needle) => files.some((file) => file.includes(needle)))
}
