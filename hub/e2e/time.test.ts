import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]

/** A hub whose calendar starts this long before a midnight in the Netherlands (winter time). */
async function hubBefore(day: string, seconds: number): Promise<{ test: TestHub; s: ReturnType<typeof scenarioOn> }> {
  const test = await startTestHub({ clock: new Date(Date.parse(`${day}T00:00:00+01:00`) - seconds * 1000).toISOString() })
  return { test, s: scenarioOn(test) }
}

/** Moves the hub's own calendar. */
function moveTo(test: TestHub, instant: string): void {
  const shift = Date.parse(instant) - Date.now()
  test.hub.clock.domain = () => new Date(Date.now() + shift)
}

async function within<T>(seconds: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(20)) {
    const found = await look()
    if (found !== undefined) return found
  }
  return undefined
}

describe('time and what may be told', function () {
  this.timeout(120_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  afterEach(() => test.stop())

  const two = async (geboortedatum: string) => {
    for (const by of ['mee', 'rubicon'])
      await s.register({ by, kenmerk: by, persoon: { bsn: aBsn(7), geboortedatum }, gezagsdragers: GUARDIAN })
  }
  const status = async (id: unknown) => (await test.ask('mee', 'GET', `/matches/${id}`)).status

  it('closes at the second of a twelfth birthday, before any sweep', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 3600))
    await two('2014-12-01')
    await s.consent('rubicon', 'rubicon', { gever: 'o1' })
    const [match] = await s.matches('mee')
    moveTo(test, '2026-11-30T23:59:59+01:00')
    expect(await status(match?.id)).to.equal(200)
    moveTo(test, '2026-12-01T00:00:00+01:00')
    expect(await status(match?.id)).to.equal(404)
    expect((await test.ask('mee', 'GET', '/matches')).body.matches).to.deep.equal([])
    expect(
      (await test.ask('mee', 'POST', `/matches/${match?.id}/opvolgingen`, { body: { soort: 'variant', variant: 1 } })).status,
    ).to.equal(404)
    const told = await within(10, async () => ((await s.events('mee')).types.includes('match.ingetrokken') ? true : undefined))
    expect(told).to.equal(true)
  })

  it('opens on a sixteenth birthday for who said yes, over a guardian’s no', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 3600))
    await two('2010-12-01')
    await s.consent('rubicon', 'rubicon', { gever: 'jeugdige' })
    await s.consent('rubicon', 'rubicon', { gever: 'o1', antwoord: 'nee' })
    moveTo(test, '2026-11-30T23:59:30+01:00')
    const early = await s.matches('mee')
    moveTo(test, '2026-12-01T00:00:00+01:00')
    const late = await within(10, async () => (await s.matches('mee'))[0])
    expect(early).to.deep.equal([])
    expect(late?.soort).to.equal('persoon')
  })

  it('follows a consent that names an hour, both ways, and an end date', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2019-01-01')
    const at = (hour: string) => `2026-11-30T${hour}:00+01:00`
    await s.consent('rubicon', 'rubicon', { gever: 'o1', geldigVanaf: at('23:00'), geldigTot: at('23:30') })
    moveTo(test, at('22:59'))
    expect(await s.matches('mee')).to.deep.equal([])
    moveTo(test, at('23:01'))
    const match = await within(10, async () => (await s.matches('mee'))[0])
    expect(match?.status).to.equal('open')
    moveTo(test, at('23:30'))
    expect(await status(match?.id)).to.equal(404)
    const told = await within(10, async () => ((await s.events('mee')).types.at(-1) === 'match.ingetrokken' ? true : undefined))
    expect(told).to.equal(true)
  })

  it('lets an override run for its hours, against a no, and end at once when it was wrong', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2019-01-01')
    await s.consent('rubicon', 'rubicon', { gever: 'o1', antwoord: 'nee' })
    const override = { ontvangers: ['mee'], reden: 'veiligheid', toelichting: 'acuut', oudersGeinformeerd: false }
    const make = () => s.must('rubicon', 'POST', '/doorbrekingen', { registratie: s.idOf('rubicon', 'rubicon'), ...override })
    await make()
    const [match] = await s.matches('mee')
    expect((match?.betrokkenen as { grond: object }[] | undefined)?.[0]?.grond).to.include({ soort: 'doorbreking' })
    expect(await s.matches('coordinatiepunt')).to.deep.equal([])
    const made = test.hub.clock.domain().getTime()
    moveTo(test, new Date(made + 72 * 3_600_000 - 60_000).toISOString())
    expect(await status(match?.id)).to.equal(200)
    // The hub's clock runs on meanwhile, so the beginning that it noted itself is what is counted from.
    const { doorbrekingen } = (await s.must('privacy-functionaris', 'GET', '/doorbrekingen')).body
    expect(Date.parse(doorbrekingen[0].tot) - Date.parse(doorbrekingen[0].vanaf)).to.equal(72 * 3_600_000)
    for (const late of [0, 1000]) {
      const at = new Date(Date.parse(doorbrekingen[0].tot) + late)
      test.hub.clock.domain = () => at
      expect(await status(match?.id), `${late} ms after its end`).to.equal(404)
      for (const query of ['', '?status=open', '?status=ingetrokken'])
        expect((await test.ask('mee', 'GET', `/matches${query}`)).text, query).not.to.match(/rubicon/i)
      const { gebeurtenissen } = (await s.must('mee', 'GET', '/gebeurtenissen?limiet=1000')).body
      for (const { dataref } of gebeurtenissen as { dataref: string }[])
        if (dataref.includes('/matches/')) expect(await status(dataref.split('/').at(-1)), dataref).to.equal(404)
    }
    const told = await within(10, async () => ((await s.events('mee')).types.at(-1) === 'match.ingetrokken' ? true : undefined))
    expect(told).to.equal(true)
    const again = (await make()).body.id
    const [second] = await s.matches('mee')
    expect(
      (await test.ask('rubicon', 'POST', `/doorbrekingen/${again}/toetsingen`, { body: { oordeel: 'terecht' } })).status,
    ).to.equal(403)
    await s.must('privacy-functionaris', 'POST', `/doorbrekingen/${again}/toetsingen`, { oordeel: 'onterecht' })
    expect(await status(second?.id)).to.equal(404)
    expect((await s.events('mee')).types.at(-1)).to.equal('match.ingetrokken')
  })

  it('tells once that the term for contact passed, to those who see the match and had none', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2019-01-01')
    for (const by of ['mee', 'rubicon']) await s.consent(by, by, { gever: 'o1' })
    const [match] = await s.matches('mee')
    expect(match?.opvolging).to.include({ uiterlijk: '2026-12-07' })
    const overdue = async (by: string) => (await s.events(by)).types.filter((type) => type === 'opvolging.verlopen').length
    const sweepAt = async (day: string) => {
      moveTo(test, `${day}T12:00:00+01:00`)
      await sweep(test.hub, test.hub.clock.domain())
    }
    await sweepAt('2026-12-07')
    expect(await overdue('mee')).to.equal(0)
    await sweepAt('2027-01-10')
    await sweepAt('2027-01-10')
    await sweepAt('2027-01-11')
    expect([await overdue('mee'), await overdue('rubicon'), await overdue('coordinatiepunt')]).to.deep.equal([1, 1, 1])
    expect((await test.hub.store.read((tx) => tx.matches.listOpen('', 10))).length).to.equal(1)
  })

  it('takes each transition once after the hub stood still for forty days', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2014-12-10')
    for (const by of ['mee', 'rubicon']) await s.consent(by, by, { gever: 'o1' })
    const before40 = await s.events('mee')
    moveTo(test, '2027-01-10T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    await sweep(test.hub, test.hub.clock.domain())
    expect((await s.events('mee', before40.next)).types).to.deep.equal(['match.ingetrokken'])
    await s.consent('rubicon', 'rubicon', { gever: 'jeugdige' })
    expect((await s.events('mee', before40.next)).types).to.deep.equal(['match.ingetrokken', 'match.geopend'])
  })

  it('does not put a registration before the policy as of days on which it was not there', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2014-11-11')
    await s.consent('rubicon', 'rubicon', { gever: 'o1', geldigVanaf: '2026-06-01' })
    // As after a standstill of a year, in which the child turned twelve.
    await test.hub.store.write((tx) => tx.state.set('kalender.laatste-dag', '2025-12-01'))
    await sweep(test.hub, test.hub.clock.domain())
    expect((await s.events('mee')).types).not.to.include('match.geopend')
  })

  it('counts a match as followed up for who may know of it, and no longer as overdue', async () => {
    ;({ test, s } = await hubBefore('2026-12-01', 7200))
    await two('2019-01-01')
    for (const by of ['mee', 'rubicon']) await s.consent(by, by, { gever: 'o1' })
    const [match] = await s.matches('mee')
    const post = (by: string, body: object) => s.must(by, 'POST', `/matches/${match?.id}/opvolgingen`, body)
    await post('mee', { soort: 'contact', gesproken: false })
    expect(await s.matches('rubicon', '?opgevolgd=true')).to.deep.equal([])
    const { next } = await s.events('rubicon')
    await post('mee', { soort: 'contact', gesproken: true, metOrganisaties: ['rubicon'] })
    expect((await s.events('rubicon', next)).types).to.deep.equal(['match.gewijzigd'])
    for (const by of ['mee', 'rubicon', 'coordinatiepunt']) {
      expect(await s.matches(by, '?opgevolgd=false'), by).to.deep.equal([])
      expect((await s.matches(by, '?opgevolgd=true'))[0]?.opvolging, by).to.nested.include({ 'contact.door': 'mee' })
    }
    moveTo(test, '2027-01-10T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    expect((await s.events('rubicon')).types).not.to.include('opvolging.verlopen')
  })
})
