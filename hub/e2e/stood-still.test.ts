import { expect } from 'chai'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'

type Json = Record<string, unknown>

const GUARDIAN = [{ kenmerk: 'o1', relatie: 'ouder', gezag: 'ja' }]
/** Which child, when it is born, who says yes, and what happens to its match on which day. */
const CHILDREN = [
  { child: 'twaalf', born: '2016-12-10', givers: ['o1'], event: 'match.ingetrokken', on: '2028-12-10' },
  { child: 'zestien', born: '2012-12-15', givers: ['jeugdige'], event: 'match.geopend', on: '2028-12-15' },
  { child: 'achttien', born: '2010-12-20', givers: ['jeugdige'], event: null, on: null },
  { child: 'einde', born: '2021-01-01', givers: ['o1'], event: 'match.ingetrokken', on: '2028-12-21', until: '2028-12-20' },
] as const

describe('a hub that stood still for forty days', function () {
  this.timeout(60_000)
  let test: TestHub
  let s: ReturnType<typeof scenarioOn>
  before(async () => {
    test = await startTestHub({ clock: '2026-12-12T09:00:00+01:00' })
    s = scenarioOn(test)
  })
  after(() => test.stop())

  const moveTo = (instant: string) => {
    const at = new Date(instant)
    test.hub.clock.domain = () => at
  }
  const register = async (child: string, geboortedatum: string) => {
    const persoon = { bsn: aBsn([...child].reduce((sum, letter) => sum * 3 + letter.charCodeAt(0), 0) % 100_000), geboortedatum }
    for (const by of ['mee', 'rubicon']) await s.register({ by, kenmerk: `${by}-${child}`, persoon, gezagsdragers: GUARDIAN })
  }
  const matchesAbout = async (child: string) => {
    const all = [...(await s.matches('mee', '?status=open')), ...(await s.matches('mee', '?status=gesloten'))]
    return all.filter((match) => (match.eigenKenmerken as string[]).includes(`mee-${child}`))
  }
  const disclosuresOf = async (child: string) => {
    const [row] = await test.hub.store.read((tx) => tx.registrations.byIds([s.idOf('mee', `mee-${child}`)]))
    const rows = await test.hub.store.read((tx) =>
      tx.matches.listDisclosures({
        receiver: 'mee',
        state: 'ingetrokken',
        followed: null,
        municipalities: null,
        after: 0,
        limit: 100,
      }),
    )
    return rows.filter(({ own }) => (JSON.parse(own) as number[]).includes(row?.seq ?? -1))
  }

  it('takes each transition once, each with its own date', async () => {
    await register('archief', '2020-05-05')
    await s.consent('rubicon', 'rubicon-archief', { gever: 'o1' })
    moveTo('2028-12-01T09:00:00+01:00')
    for (const { child, born, givers, ...rest } of CHILDREN) {
      await register(child, born)
      const until = 'until' in rest ? { geldigTot: rest.until } : {}
      for (const gever of givers) await s.consent('rubicon', `rubicon-${child}`, { gever, ...until })
    }
    await register('doorbreking', '2021-01-01')
    await s.must('rubicon', 'POST', '/doorbrekingen', {
      registratie: s.idOf('rubicon', 'rubicon-doorbreking'),
      ontvangers: ['mee'],
      reden: 'veiligheid',
      toelichting: 'Acuut.',
    })
    await sweep(test.hub, test.hub.clock.domain())
    const { next } = await s.events('mee')

    moveTo('2029-01-10T12:00:00+01:00')
    await sweep(test.hub, test.hub.clock.domain())
    await sweep(test.hub, test.hub.clock.domain())

    const { gebeurtenissen } = (await s.must('mee', 'GET', `/gebeurtenissen?na=${next}&limiet=1000`)).body
    const told = (gebeurtenissen as Json[])
      .filter(({ type }) => String(type).includes('.match.'))
      .map(({ type, time }) => `${String(type).replace(/^nl\.verwijsindex\.|\.v1$/g, '')} ${time}`)
    expect(told).to.deep.equal([
      'match.ingetrokken 2028-12-04T08:00:00.000Z',
      'match.ingetrokken 2028-12-09T23:00:00.000Z',
      'match.gesloten 2028-12-11T23:00:00.000Z',
      'match.geopend 2028-12-14T23:00:00.000Z',
      'match.ingetrokken 2028-12-20T23:00:00.000Z',
    ])
    expect((await matchesAbout('archief'))[0]).to.include({ status: 'gesloten', geslotenOp: '2028-12-11T23:00:00.000Z' })
    expect((await matchesAbout('zestien'))[0]).to.include({ status: 'open', geopendOp: '2028-12-14T23:00:00.000Z' })
    expect((await matchesAbout('zestien'))[0]?.opvolging).to.include({ uiterlijk: '2028-12-22' })
    expect(await matchesAbout('achttien')).to.have.length(1)
    expect((await disclosuresOf('doorbreking')).map(({ closedAt }) => closedAt)).to.deep.equal(['2028-12-04T08:00:00.000Z'])
    expect((await test.hub.accessLog.verify()).heel).to.equal(true)
  })
})
