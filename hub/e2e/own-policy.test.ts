import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>

const DEFAULT = JSON.parse(
  readFileSync(new URL('../../schemas/policies/peel-en-maas-1g1p.json', import.meta.url), 'utf8'),
) as Record<string, Json>

describe('a region’s own policy, without code', function () {
  this.timeout(30_000)
  const folder = mkdtempSync(join(tmpdir(), 'verwijsindex-reglement-'))
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  afterEach(() => test.stop())
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** A hub under the default policy with these members in place of its own. */
  const under = async (id: string, members: Record<string, unknown>) => {
    const policy = join(folder, `${id}.json`)
    writeFileSync(policy, JSON.stringify({ ...DEFAULT, id, ...members }))
    test = await startTestHub({ clock: '2026-11-22T09:00:00+01:00', policy })
    s = scenarioOn(test)
  }
  const guardian = [{ kenmerk: 'o1', gezag: 'ja', relatie: 'ouder' }]
  const both = async (persoon: object, extra: object = {}) => {
    for (const by of ['mee', 'rubicon']) {
      await s.register({ by, kenmerk: by, persoon: persoon as Json, gezagsdragers: guardian, ...extra })
      await s.consent(by, by, { gever: 'o1' })
    }
  }
  const moveTo = (instant: string) => {
    const shift = Date.parse(instant) - Date.now()
    test.hub.clock.domain = () => new Date(Date.now() + shift)
  }

  it('keeps no field that it does not name', async () => {
    const opslaan = ['persoon.bsn', 'persoon.geboortedatum', 'gezagsdragers', 'betrokkenheid.status', 'contact.functie']
    await under('karig', { velden: { ...DEFAULT.velden, opslaan } })
    const persoon = { bsn: aBsn(1), voornamen: 'Noor', geslachtsnaam: 'Berg', geboortedatum: '2019-05-06' }
    await both(persoon, { contact: { functie: 'consulent', telefoon: '0770000000' }, gezin: { kenmerk: 'g1' } })
    const { body } = await test.ask('mee', 'GET', `/registraties/${s.idOf('mee', 'mee')}`)
    expect(body.persoon).to.deep.equal({ geboortedatum: '2019-05-06' })
    expect(body.contact).to.deep.equal({ functie: 'consulent' })
    const rows = await test.hub.store.read((tx) => tx.registrations.listAll(0, 10))
    const kept = await test.hub.store.read((tx) => test.hub.contents.open(tx, rows))
    expect(JSON.stringify([...kept.values()].map(({ registration }) => registration))).not.to.match(/Noor|Berg|telefoon|g1/)
    expect(await s.matches('mee')).to.have.length(1)
  })

  it('tells no field that it does not name, not by a change either', async () => {
    await under('zwijgzaam', { velden: { ...DEFAULT.velden, vertellen: ['organisatie', 'contact'] } })
    await both({ bsn: aBsn(1), geboortedatum: '2019-05-06' })
    const [match] = await s.matches('mee')
    expect((match?.betrokkenen as Json[] | undefined)?.[0]).to.have.all.keys('organisatie', 'contact', 'grond')
    expect(match?.nogNiemandInBehandeling).to.equal(false)
    const { next } = await s.events('mee')
    const betrokkenheid = { status: 'intake', begindatum: '2026-02-02' }
    await s.register({
      by: 'rubicon',
      kenmerk: 'rubicon',
      versie: 2,
      persoon: { bsn: aBsn(1), geboortedatum: '2019-05-06' },
      gezagsdragers: guardian,
      betrokkenheid,
    })
    expect((await s.events('mee', next)).types).to.deep.equal([])
  })

  it('brings in the coördinatiepunt only when nobody made contact within the term', async () => {
    await under('eerst', { signaalroute: 'organisaties-eerst' })
    await both({ bsn: aBsn(1), geboortedatum: '2019-05-06' })
    expect(await s.matches('mee', '?status=open')).to.have.length(1)
    expect(await s.matches('coordinatiepunt')).to.deep.equal([])
    moveTo('2026-11-29T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    expect(await s.matches('coordinatiepunt')).to.deep.equal([])
    moveTo('2026-11-30T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    expect(await s.matches('coordinatiepunt')).to.have.length(1)
    expect((await s.events('coordinatiepunt')).types).to.deep.equal(['match.geopend'])
  })

  it('leaves the coördinatiepunt out when the organisations did make contact', async () => {
    await under('eerst', { signaalroute: 'organisaties-eerst' })
    await both({ bsn: aBsn(1), geboortedatum: '2019-05-06' })
    const [match] = await s.matches('mee')
    await s.must('mee', 'POST', `/matches/${match?.id}/opvolgingen`, { soort: 'contact', gesproken: true })
    moveTo('2026-12-30T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    expect(await s.matches('coordinatiepunt')).to.deep.equal([])
  })

  it('makes a family of one address when it chooses so, but for addresses that it excludes', async () => {
    const adres = { postcode: '5981 ab', huisnummer: 12 }
    const at = async (by: string, number: number, address: object) => {
      await s.register({
        by,
        kenmerk: `${by}-${number}`,
        persoon: { bsn: aBsn(number), geboortedatum: '2019-05-06', adres: address },
        gezagsdragers: guardian,
      })
      await s.consent(by, `${by}-${number}`, { gever: 'o1' })
    }
    for (const [opAdres, uitgeslotenAdressen, seen] of [
      [true, [], 1],
      [true, [{ postcode: '5981AB', huisnummer: 12 }], 0],
      [false, [], 0],
    ] as const) {
      await under('adres', { gezin: { ...DEFAULT.gezin, opAdres, uitgeslotenAdressen } })
      await at('mee', 1, adres)
      await at('rubicon', 2, { postcode: '5981AB', huisnummer: 12 })
      expect(await s.matches('mee'), JSON.stringify(uitgeslotenAdressen)).to.have.length(seen)
      if (seen === 1 || opAdres) await test.stop()
    }
  })

  it('counts only who signals, and asks a signature, where it says so', async () => {
    await under('streng', {
      match: { ...DEFAULT.match, matchVanaf: 'signaleert' },
      vorm: { ...DEFAULT.vorm, organisaties: { rubicon: ['schriftelijk'] } },
    })
    await both({ bsn: aBsn(1), geboortedatum: '2019-05-06' })
    expect(await s.matches('mee')).to.deep.equal([])
    await both({ bsn: aBsn(1), geboortedatum: '2019-05-06' }, { versie: 2, signaleert: true })
    expect(await s.matches('mee')).to.have.length(1)
    const [first] = (await s.must('rubicon', 'GET', `/registraties/${s.idOf('rubicon', 'rubicon')}/toestemmingen`)).body
      .toestemmingen
    for (const { id } of (await s.must('rubicon', 'GET', `/registraties/${s.idOf('rubicon', 'rubicon')}/toestemmingen`)).body
      .toestemmingen)
      await s.withdraw('rubicon', id)
    await s.consent('rubicon', 'rubicon', { gever: 'o1', vorm: 'mondeling' })
    expect(first.vorm).to.equal('schriftelijk')
    expect(await s.matches('mee', '?status=open')).to.deep.equal([])
  })
})
